"""A fresh proof of who calls, before what can hardly be taken back."""

import pytest

from ooms.access.model import FRESH, Action, Role
from tests.integration.databases import BACKENDS, SQLITE
from tests.integration.office.conftest import opened
from tests.integration.office.test_office_logins import code_at, second_factor_of, told
from tests.offices import PASSWORD, an_application, approved, determined

STALE = {"minutes": 16}
NEW = {"login": "seo", "name": "Seo Yuna", "role": "OFFICER", "password": PASSWORD}


@pytest.fixture(params=BACKENDS)
def offices(request, tmp_path):
    """Korea as it is shipped: a proof is fresh for fifteen minutes."""
    access = {"fresh_proof_minutes": 15, "failures_allowed": 3}
    yield from opened(request, tmp_path, "KR-KCS", access=access)


@pytest.fixture(params=[SQLITE])
def demanding_offices(request, tmp_path):
    """Korea asks its officers for a second factor."""
    access = {"fresh_proof_minutes": 15, "second_factor_roles": ["OFFICER"]}
    yield from opened(request, tmp_path, "KR-KCS", access=access)


@pytest.fixture
def clerk(offices):
    return offices.person("KR-KCS", "clerk", Role.OPERATOR)


def an_issue(exporter, officer):
    application = approved(exporter, officer, an_application(determined(exporter)))
    return {"application_id": application["id"]}


def test_officer_proves_himself_again_before_a_late_issue(offices, exporter, officer):
    body = an_issue(exporter, officer)
    offices.world.clock.advance(**STALE)
    refused = officer.try_post("/certificates", body, key="one")
    officer.post("/account/proof", {"password": PASSWORD})
    issued = officer.try_post("/certificates", body, key="one")

    assert (refused.status_code, refused.json()["code"]) == (401, "AUT-PROOF")
    assert "POST /account/proof" in refused.json()["detail"]
    assert refused.headers["WWW-Authenticate"] == (
        'Bearer error="insufficient_user_authentication", max_age=900'
    )
    assert issued.status_code == 201


def test_program_that_opens_a_session_anew_is_proven(offices, clerk):
    offices.world.clock.advance(**STALE)

    assert clerk.try_post("/users", NEW).json()["code"] == "AUT-PROOF"
    assert offices.log_in("KR-KCS", "clerk").try_post("/users", NEW).status_code == 201


def test_reading_and_other_work_need_no_fresh_proof(offices, exporter, officer, clerk):
    offices.world.clock.advance(**STALE)

    assert clerk.try_get("/users").status_code == 200
    assert officer.try_get("/certificates").status_code == 200
    assert determined(exporter)["verdict"]


def test_one_time_code_proves_too_and_is_taken_once(offices, officer):
    secret = second_factor_of(offices, officer)
    offices.world.clock.advance(**STALE)
    code = code_at(offices, secret)
    proved = officer.post("/account/proof", {"code": code})
    again = officer.try_post("/account/proof", {"code": code})

    assert proved["means"] == "PASSWORD_AND_CODE"
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "/code")


def test_setting_a_second_factor_up_needs_a_fresh_proof(offices, officer):
    offices.world.clock.advance(**STALE)
    refused = officer.try_post("/account/second-factor")
    officer.post("/account/proof", {"password": PASSWORD})

    assert refused.json()["code"] == "AUT-PROOF"
    assert officer.try_post("/account/second-factor").status_code == 200


def test_nothing_shown_proves_nothing(officer):
    refused = officer.try_post("/account/proof", {})

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/password")


def test_wrong_proofs_wait_as_wrong_log_ins_do(offices, officer):
    wrong = [officer.try_post("/account/proof", {"password": "guess"}) for _ in range(4)]
    right = officer.try_post("/account/proof", {"password": PASSWORD})

    assert [one.status_code for one in wrong] == [422, 422, 422, 429]
    assert wrong[0].json()["errors"][0]["code"] == "AUT-PASSWORD"
    assert (right.status_code, right.json()["code"]) == (429, "AUT-THROTTLED")


def test_trail_tells_of_proofs_and_once_of_failed_ones(offices, officer):
    auditor = offices.person("KR-KCS", "han", Role.AUDITOR)
    officer.try_post("/account/proof", {"password": "guessed it"})
    officer.try_post("/account/proof", {"password": "guessed it"})
    officer.post("/account/proof", {"password": PASSWORD})
    (refused,), (proved,) = told(auditor, "session.proof_refused"), told(auditor, "session.proved")

    assert (refused["who"], refused["reason_code"]) == ("kim", "AUT-SESSION")
    assert (proved["who"], proved["facts"]["means"]) == ("kim", "PASSWORD")
    assert "guessed it" not in str(auditor.get("/audit?limit=200"))


def test_code_raises_the_session_where_a_second_factor_is_due(demanding_offices):
    officer = demanding_offices.person("KR-KCS", "kim", Role.OFFICER)
    due = officer.get("/account/second-factor")
    before = officer.try_get("/applications").status_code
    second_factor_of(demanding_offices, officer)

    assert due == {"is_set_up": False, "is_due": True, "is_held": False, "is_shown": False}
    assert (before, officer.try_get("/applications").status_code) == (403, 200)
    told_now = {"is_set_up": True, "is_due": False, "is_held": True, "is_shown": True}
    assert officer.get("/account/second-factor") == told_now


def test_sessions_tell_device_and_proof(offices, officer):
    (row,) = officer.get("/account/sessions")["items"]

    assert row["device"] == "testclient"
    assert row["proved_at"] == row["created_at"]


def test_actions_that_need_a_fresh_proof_are_these():
    assert {
        Action.ISSUE,
        Action.TAKE_BACK,
        Action.CANCEL_APPROVAL,
        Action.MANAGE_USERS,
        Action.KEEP_FACTORS,
    } == FRESH
