"""Log-ins in the audit trail, and second factors that lie sealed in the database."""

from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import text

from ooms.access.model import Role
from ooms.access.repository import AccessRows
from tests.offices import PASSWORD


@pytest.fixture
def auditor(offices):
    return offices.person("KR-KCS", "han", Role.AUDITOR)


def log_in(offices, login, password=PASSWORD, **more):
    body = {"login": login, "password": password} | more
    return offices.clients["KR-KCS"].post("/api/v1/sessions", json=body)


def told(auditor, what):
    """What the trail tells, the oldest first."""
    return auditor.get(f"/audit?what={what}")["items"][::-1]


def second_factor_of(offices, person):
    """Set a second factor up, and return its secret."""
    address = person.post("/account/second-factor")["address"]
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    person.post("/account/second-factor/confirmation", {"code": code_at(offices, secret)})
    offices.world.clock.advance(seconds=31)
    return secret


def code_at(offices, secret):
    return pyotp.TOTP(secret).at(int(offices.world.clock.now().timestamp()))


def stored_factors(offices):
    rows = "SELECT user_id, secret, key_id FROM ooms_second_factor"
    works = offices.offices["KR-KCS"].works
    return works.read(lambda work: work.transaction.execute(text(rows)).all())


def test_each_log_in_is_recorded_with_its_means(offices, auditor, officer):
    secret = second_factor_of(offices, officer)
    log_in(offices, "kim", code=code_at(offices, secret))
    opened = told(auditor, "session.opened")

    assert [(one["who"], one["facts"]["means"]) for one in opened] == [
        ("han", "PASSWORD"),
        ("kim", "PASSWORD"),
        ("kim", "PASSWORD_AND_CODE"),
    ]
    assert opened[1]["subject"] == f"user/{officer.get('/account')['id']}"
    assert opened[1]["facts"]["address"] == "testclient"


def test_log_out_is_recorded_with_its_session(offices, auditor, officer):
    own = officer.get("/account/sessions")["items"][0]["id"]
    officer.post(f"/account/sessions/{own}/end")

    (ended,) = told(auditor, "user.session_ended")
    assert (ended["who"], ended["facts"]["session"]) == ("kim", own)


def test_refused_log_ins_make_one_entry_a_window(offices, auditor, officer):
    for _ in range(4):
        log_in(offices, "kim", "guessed it")
    within = told(auditor, "session.refused")
    offices.world.clock.advance(minutes=16)
    log_in(offices, "kim", "guessed it")
    later = told(auditor, "session.refused")

    assert [(one["who"], one["reason_code"]) for one in within] == [("(nobody)", "AUT-SESSION")]
    assert within[0]["facts"] == {"login": "kim", "means": "PASSWORD", "address": "testclient"}
    assert len(later) == 2


def test_logins_that_nobody_has_share_one_entry(offices, auditor):
    for number in range(4):
        log_in(offices, f"my-password-{number}", "guessed it")

    (entry,) = told(auditor, "session.refused")
    assert entry["subject"] == "user/unknown"
    assert "my-password" not in str(entry)


def test_wrong_code_and_waiting_are_told_apart(strict_offices):
    auditor = strict_offices.person("KR-KCS", "han", Role.AUDITOR)
    officer = strict_offices.person("KR-KCS", "kim", Role.OFFICER)
    second_factor_of(strict_offices, officer)
    log_in(strict_offices, "kim")
    for _ in range(5):
        log_in(strict_offices, "kim", code="000000")

    reasons = [one["reason_code"] for one in told(auditor, "session.refused")]
    assert reasons == ["AUT-SECOND-FACTOR", "AUT-THROTTLED"]


def test_trail_of_log_ins_holds_no_secret(offices, auditor, officer):
    secret = second_factor_of(offices, officer)
    code = code_at(offices, secret)
    token = log_in(offices, "kim", code=code).json()["token"]
    log_in(offices, "kim", "guessed it")
    trail = str(auditor.get("/audit?limit=200"))

    assert [one for one in (PASSWORD, "guessed it", secret, code, token) if one in trail] == []


def test_second_factor_lies_sealed_in_the_database(offices, officer):
    secret = second_factor_of(offices, officer)
    ((_, stored, key_id),) = stored_factors(offices)

    assert secret not in stored
    assert key_id


def test_plain_second_factor_of_before_is_sealed_at_the_next_start(offices, officer):
    secret = second_factor_of(offices, officer)
    office = offices.offices["KR-KCS"]
    office.works.do(
        lambda work: work.transaction.execute(
            text("UPDATE ooms_second_factor SET key_id = '', secret = :plain"), {"plain": secret}
        )
    )
    opened_plain = log_in(offices, "kim", code=code_at(offices, secret)).status_code
    sealed = [office.works.do(office.access.reseal) for _ in range(2)]
    offices.world.clock.advance(seconds=30)

    assert opened_plain == 201
    assert sealed == [1, 0]
    assert secret not in str(stored_factors(offices))
    assert log_in(offices, "kim", code=code_at(offices, secret)).status_code == 201


def test_lost_key_stops_its_log_ins_and_the_operator_mends_it(offices, officer):
    secret = second_factor_of(offices, officer)
    office, user = offices.offices["KR-KCS"], officer.get("/account")["id"]
    office.works.do(
        lambda work: work.transaction.execute(text("UPDATE ooms_second_factor SET key_id = 'gone'"))
    )
    resealed = office.works.do(office.access.reseal)
    refused = log_in(offices, "kim", code=code_at(offices, secret))
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    clerk.post(f"/users/{user}/second-factor/removal")

    assert resealed == 0
    assert (refused.status_code, refused.json()["code"]) == (500, "SYS-SECRETS-KEY")
    assert log_in(offices, "kim").status_code == 201
    assert office.works.read(lambda work: AccessRows(work.transaction).second_factor(user)) is None
