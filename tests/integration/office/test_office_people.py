"""Users: made, shut out, let in with a second factor; every session listed and ended."""

import hashlib
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import text

from ooms.access.model import Role
from ooms.people.schemas import UserIn
from tests.offices import PASSWORD

NEW = {"login": "seo", "name": "Seo Yuna", "role": "OFFICER", "password": PASSWORD}


@pytest.fixture
def clerk(offices):
    return offices.person("KR-KCS", "clerk", Role.OPERATOR)


def log_in(offices, login, password=PASSWORD, **more):
    body = {"login": login, "password": password} | more
    return offices.clients["KR-KCS"].post("/api/v1/sessions", json=body)


def code_of(offices, address, *, steps=0):
    """The code that an authenticator app shows now, from the address that it read."""
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    return pyotp.TOTP(secret).at(int(offices.world.clock.now().timestamp()) + 30 * steps)


def with_second_factor(offices, person):
    address = person.post("/account/second-factor")["address"]
    person.post("/account/second-factor/confirmation", {"code": code_of(offices, address)})
    offices.world.clock.advance(seconds=31)
    return address


def test_user_is_made_listed_and_shut_out(offices, clerk):
    made = clerk.post("/users", NEW)
    officer = offices.log_in("KR-KCS", "seo")
    listed = clerk.get("/users?role=OFFICER")["items"]
    clerk.post(f"/users/{made['id']}/disabling", {"reason": "left the office"})
    shut_out = officer.try_get("/applications")
    refused = log_in(offices, "seo")
    clerk.post(f"/users/{made['id']}/enabling")

    assert [one["login"] for one in listed] == ["seo"]
    assert (shut_out.status_code, refused.status_code) == (401, 401)
    assert log_in(offices, "seo").status_code == 201


def test_nobody_shuts_himself_out(clerk):
    own = clerk.get("/account")["id"]

    refused = clerk.try_post(f"/users/{own}/disabling", {"reason": "by mistake"})

    assert (refused.status_code, refused.json()["code"]) == (409, "RUL-STATE")


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaa", "Password1234", "0123456789", "seo-yuna!"]
)
def test_password_that_is_easy_to_guess_is_refused(clerk, password):
    refused = clerk.try_post("/users", NEW | {"password": password})

    assert refused.json()["errors"][0]["code"] == "AUT-PASSWORD"


def test_reset_password_is_shown_once_and_ends_every_session(offices, clerk, officer):
    user = officer.get("/account")["id"]
    fresh = clerk.post(f"/users/{user}/password")["password"]

    assert officer.try_get("/applications").status_code == 401
    assert log_in(offices, "kim").status_code == 401
    assert log_in(offices, "kim", fresh).status_code == 201
    assert fresh not in str(clerk.get(f"/users/{user}"))


def test_own_password_is_changed_by_who_knows_it(offices, officer):
    wrong = officer.try_post("/account/password", {"old": "guessed it", "new": "a heron in reeds"})
    officer.post("/account/password", {"old": PASSWORD, "new": "a heron in reeds"})

    assert wrong.json()["errors"][0]["pointer"] == "/old"
    assert officer.try_get("/account").status_code == 401
    assert log_in(offices, "kim", "a heron in reeds").status_code == 201


def test_sessions_are_listed_and_ended_one_by_one(offices, clerk, officer):
    offices.world.clock.advance(seconds=1)
    elsewhere = offices.log_in("KR-KCS", "kim")
    user = officer.get("/account")["id"]
    newest = clerk.get(f"/users/{user}/sessions")["items"][0]
    clerk.post(f"/users/{user}/sessions/{newest['id']}/end")
    own = officer.get("/account/sessions")["items"]
    officer.post(f"/account/sessions/{own[0]['id']}/end")

    assert newest["means"] == "PASSWORD"
    assert elsewhere.try_get("/account").status_code == 401
    assert len(own) == 1
    assert officer.try_get("/account").status_code == 401


def test_guesses_at_the_old_password_have_to_wait(strict_offices):
    officer = strict_offices.person("KR-KCS", "kim", Role.OFFICER)
    guess = {"old": "guessed it", "new": "a heron in reeds"}
    seen = [officer.try_post("/account/password", guess).status_code for _ in range(4)]

    assert seen == [422, 422, 422, 429]


def test_kept_answers_tell_nothing_of_passwords(offices, clerk):
    clerk.post("/users", NEW, key="one")
    kept = offices.offices["KR-KCS"].works.read(
        lambda work: work.transaction.execute(text("SELECT * FROM ooms_idempotency")).all()
    )
    body = UserIn.model_validate(NEW).model_dump_json()
    plain = hashlib.sha256(f"POST /api/v1/users\n{body}".encode()).hexdigest()

    assert [one for one in kept if plain in str(one)] == []
    assert [one for one in kept if PASSWORD in str(one)] == []


def test_other_sessions_are_ended_at_once(offices, officer):
    offices.world.clock.advance(seconds=1)
    elsewhere = offices.log_in("KR-KCS", "kim")
    officer.post("/account/sessions/others/end")

    assert elsewhere.try_get("/account").status_code == 401
    assert len(officer.get("/account/sessions")["items"]) == 1


def test_nobody_ends_anothers_session_as_his_own(offices, clerk, officer):
    theirs = clerk.get("/account/sessions")["items"][0]["id"]

    assert officer.try_post(f"/account/sessions/{theirs}/end").status_code == 404
    assert clerk.try_get("/account").status_code == 200


def test_second_factor_is_asked_for_once_it_is_confirmed(offices, officer):
    address = with_second_factor(offices, officer)
    without = log_in(offices, "kim")
    wrong = log_in(offices, "kim", code="000000")
    code = code_of(offices, address)
    opened = log_in(offices, "kim", code=code)
    again = log_in(offices, "kim", code=code)

    assert address.startswith("otpauth://totp/Seoul%20Main%20Customs:kim?")
    assert (without.status_code, without.json()["code"]) == (401, "AUT-SECOND-FACTOR")
    assert wrong.json()["code"] == "AUT-SECOND-FACTOR"
    assert opened.status_code == 201
    assert again.json()["code"] == "AUT-SECOND-FACTOR", "a code opens one session"


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 201), (1, 201), (2, 401)])
def test_code_may_be_one_step_off_no_more(offices, officer, steps, status):
    address = with_second_factor(offices, officer)
    offices.world.clock.advance(seconds=90)

    assert log_in(offices, "kim", code=code_of(offices, address, steps=steps)).status_code == status


def test_wrong_password_does_not_tell_of_a_second_factor(offices, officer):
    with_second_factor(offices, officer)

    assert log_in(offices, "kim", "guessed it").json()["code"] == "AUT-SESSION"


def test_lost_second_factor_is_taken_away_by_the_operator(offices, clerk, officer):
    user = officer.get("/account")["id"]
    with_second_factor(offices, officer)
    clerk.post(f"/users/{user}/second-factor/removal")

    assert officer.try_get("/account").status_code == 401
    assert log_in(offices, "kim").status_code == 201


def test_role_that_needs_a_second_factor_sets_it_up_first(strict_offices):
    officer = strict_offices.person("KR-KCS", "kim", Role.OFFICER)
    before = officer.try_get("/applications")
    address = with_second_factor(strict_offices, officer)
    same_session = officer.try_get("/applications")
    token = log_in(strict_offices, "kim", code=code_of(strict_offices, address)).json()["token"]
    officer.headers["Authorization"] = f"Bearer {token}"

    assert (before.status_code, before.json()["code"]) == (403, "AUT-SECOND-FACTOR-DUE")
    assert same_session.status_code == 200, "the code that confirms it counts here too"
    assert officer.try_get("/applications").status_code == 200


def test_failures_make_an_account_wait_and_time_forgives(strict_offices):
    strict_offices.person("KR-KCS", "ops", Role.OPERATOR)
    failed = [log_in(strict_offices, "ops", "guessed it").status_code for _ in range(3)]
    waiting = log_in(strict_offices, "ops")
    other_account = log_in(strict_offices, "somebody")
    strict_offices.world.clock.advance(minutes=16)

    assert failed == [401, 401, 401]
    assert (waiting.status_code, waiting.json()["code"]) == (429, "AUT-THROTTLED")
    assert waiting.headers["Retry-After"] == "900"
    assert other_account.status_code == 429, "the address waits too"
    assert log_in(strict_offices, "ops").status_code == 201


def test_auditor_reads_the_trail_page_by_page(offices, clerk):
    auditor = offices.person("KR-KCS", "han", Role.AUDITOR)
    made = [clerk.post("/users", NEW | {"login": f"seo{number}"})["id"] for number in range(3)]
    first = auditor.get("/audit?what=user.&limit=2")
    rest = auditor.get(f"/audit?what=user.&limit=2&cursor={first['next']}")
    one = auditor.get(f"/audit?subject=user/{made[0]}&who=clerk")
    verified = auditor.get("/audit/verification")

    walked = [entry["subject"] for entry in first["items"] + rest["items"]]
    assert walked == [f"user/{key}" for key in reversed(made)]
    assert [entry["facts"] for entry in one["items"]] == [{"login": "seo0", "role": "OFFICER"}]
    assert verified == {"entries": 5, "digest": first["items"][0]["digest"]}
    assert auditor.try_get("/audit?cursor=x").status_code == 422
    assert auditor.get("/audit?until=2020-01-01T00:00:00Z")["items"] == []
