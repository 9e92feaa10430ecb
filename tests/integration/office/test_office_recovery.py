"""Recovery codes: made once shown a factor, used once, and factors that an operator takes away."""

import pytest
from sqlalchemy import text

from ooms.access.model import Role
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.integration.office.test_office_logins import log_in, second_factor_of, told
from tests.offices import PASSWORD


@pytest.fixture(params=[SQLITE])
def hasty_offices(request, tmp_path):
    yield from opened(request, tmp_path, "KR-KCS", access={"fresh_proof_minutes": 15})


@pytest.fixture
def auditor(offices):
    return offices.person("KR-KCS", "han", Role.AUDITOR)


@pytest.fixture
def clerk(offices):
    return offices.person("KR-KCS", "ops", Role.OPERATOR)


def with_codes(offices, person):
    """Set an authenticator app up, and return the recovery codes that follow."""
    second_factor_of(offices, person)
    return person.post("/account/recovery-codes")["codes"]


def let_in(offices, code, login="kim"):
    return log_in(offices, login, recovery_code=code)


def test_recovery_code_lets_in_once_however_it_is_typed(offices, officer, auditor):
    codes = with_codes(offices, officer)
    typed = codes[0].replace("-", " ").lower().replace("o", "0")
    first, again = let_in(offices, typed), let_in(offices, codes[0])
    second = let_in(offices, codes[1])
    used = told(auditor, "user.recovery_code_used")

    assert len(set(codes)) == 10
    assert (first.status_code, again.status_code, second.status_code) == (201, 401, 201)
    assert again.json()["code"] == "AUT-SECOND-FACTOR"
    assert [one["facts"]["left"] for one in used] == ["9", "8"]
    assert officer.get("/account/factors")["recovery_codes_left"] == 8
    assert told(auditor, "session.opened")[-1]["facts"]["means"] == "RECOVERY_CODE"


def test_code_needs_the_password_and_wrong_ones_make_wait(strict_offices):
    officer = strict_offices.person("KR-KCS", "kim", Role.OFFICER)
    codes = with_codes(strict_offices, officer)
    alone = log_in(strict_offices, "kim", "guessed it", recovery_code=codes[0])
    wrong = [let_in(strict_offices, "A" * 24).status_code for _ in range(4)]
    right = let_in(strict_offices, codes[0])

    assert alone.json()["code"] == "AUT-SESSION"
    assert set(wrong) == {401, 429}
    assert right.json()["code"] == "AUT-THROTTLED"


def test_password_alone_makes_no_codes(offices, officer):
    refused = officer.try_post("/account/recovery-codes")

    assert (refused.status_code, refused.json()["code"]) == (409, "RUL-STATE")


def test_codes_ask_for_a_fresh_proof_and_replace_those_before(hasty_offices):
    offices = hasty_offices
    officer = offices.person("KR-KCS", "kim", Role.OFFICER)
    before = with_codes(offices, officer)
    offices.world.clock.advance(minutes=16)
    stale = officer.try_post("/account/recovery-codes")
    officer.post("/account/proof", {"recovery_code": before[0]})
    fresh = officer.post("/account/recovery-codes")["codes"]

    assert stale.json()["code"] == "AUT-PROOF"
    assert let_in(offices, before[1]).status_code == 401
    assert let_in(offices, fresh[0]).status_code == 201


def test_wrong_code_of_a_proof_is_told_at_its_field(offices, officer):
    with_codes(offices, officer)
    refused = officer.try_post("/account/proof", {"recovery_code": "A" * 24})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/recovery_code"


def test_database_holds_no_code_in_words(offices, officer):
    codes = with_codes(offices, officer)
    works = offices.offices["KR-KCS"].works
    rows = works.read(
        lambda work: work.transaction.execute(text("SELECT * FROM ooms_recovery_code")).all()
    )

    assert len(rows) == 10
    assert [one for one in codes if one in str(rows) or one.replace("-", "") in str(rows)] == []


def test_lost_app_is_replaced_by_its_owner(offices, officer):
    codes = with_codes(offices, officer)
    token = let_in(offices, codes[0]).json()["token"]
    officer.headers["Authorization"] = f"Bearer {token}"
    officer.post("/account/second-factor/removal")
    bare = log_in(offices, "kim").status_code
    second_factor_of(offices, officer)

    assert bare == 201
    assert log_in(offices, "kim").json()["code"] == "AUT-SECOND-FACTOR"


def test_operator_takes_every_factor_away_and_the_holder_reads_so(offices, officer, clerk, auditor):
    codes = with_codes(offices, officer)
    user = officer.get("/account")["id"]
    unreasoned = clerk.try_post(f"/users/{user}/factors/removal", {})
    clerk.post(f"/users/{user}/factors/removal", {"reason": "telephone and paper stolen"})
    none_left = clerk.try_post(f"/users/{user}/factors/removal", {"reason": "again"})
    ended = officer.try_get("/account")
    back = offices.log_in("KR-KCS", "kim")
    newest = back.get("/account/factors/history")["items"][0]
    (entry,) = told(auditor, "user.factors_removed")

    assert unreasoned.status_code == 422
    assert none_left.status_code == 409
    assert ended.status_code == 401
    assert let_in(offices, codes[0]).status_code == 401
    assert (newest["by_another"], newest["reason"]) == (True, "telephone and paper stolen")
    assert (entry["who"], entry["facts"]["codes"]) == ("ops", "10")
    assert clerk.get(f"/users/{user}/factors")["has_app"] is False


def test_repeat_is_known_again_after_the_key_was_rolled(offices, clerk):
    office = offices.offices["KR-KCS"]
    body = {"login": "lee", "name": "Lee", "role": "OFFICER", "password": PASSWORD}
    first = clerk.post("/users", body, key="once")
    keys = office.access._keys  # rolled in the file while the office stands still
    rolled = type(keys)("rolled", {"rolled": b"n" * 32, **keys.keys})
    office.access._keys = rolled  # as above
    again = clerk.post("/users", body, key="once")
    other = clerk.try_post("/users", body | {"name": "Leah"}, key="once")

    assert again == first
    assert other.json()["code"] == "DUP-IDEMPOTENCY-KEY"
