"""Who holds a second factor shows it before he keeps factors, or does what needs a fresh proof."""

from __future__ import annotations

import pytest

from ooms.access.factor_duty import FactorDuty
from ooms.access.model import Role
from ooms.passkeys.held import PasskeysHeld
from tests.authenticator import Authenticator
from tests.integration.databases import BACKENDS, SQLITE
from tests.integration.office.conftest import opened
from tests.integration.office.test_office_logins import code_at, second_factor_of
from tests.integration.office.test_office_passkeys import ORIGIN, SETTINGS, made
from tests.offices import PASSWORD

DUE = (403, "AUT-SECOND-FACTOR-DUE")
NEW = {"login": "seo", "name": "Seo Yuna", "role": "OFFICER", "password": PASSWORD}


@pytest.fixture(params=BACKENDS)
def offices(request, tmp_path):
    yield from opened(request, tmp_path, "KR-KCS", **SETTINGS)


@pytest.fixture(params=[SQLITE])
def plain_offices(request, tmp_path):
    """Offices of one database, where the rule is the same as on both."""
    yield from opened(request, tmp_path, "KR-KCS", **SETTINGS)


@pytest.fixture
def device():
    return Authenticator(ORIGIN)


def refusal(answer):
    return answer.status_code, answer.json()["code"]


def proved_by(person, device):
    options = person.post("/account/proof/challenge")["options"]
    return person.post("/account/proof/passkey", {"credential": device.sign(options)})


def test_stolen_password_adds_no_factor_beside_a_passkey(offices, officer, device):
    passkey = made(officer, device).json()["id"]
    thief = offices.log_in("KR-KCS", "kim")
    thief.post("/account/proof", {"password": PASSWORD})
    tried = [
        thief.try_post("/account/second-factor"),
        thief.try_post("/account/second-factor/confirmation", {"code": "000000"}),
        thief.try_post("/account/second-factor/removal"),
        thief.try_post("/account/passkeys/challenge"),
        thief.try_post(f"/account/passkeys/{passkey}/removal"),
        thief.try_post("/account/recovery-codes"),
    ]
    proved_by(thief, device)

    assert [refusal(one) for one in tried] == [DUE] * len(tried)
    assert "POST /account/proof" in tried[0].json()["detail"]
    assert thief.try_post("/account/second-factor").status_code == 200


def test_password_proves_nothing_grave_for_who_has_a_passkey(plain_offices, device):
    made(plain_offices.person("KR-KCS", "clerk", Role.OPERATOR), device)
    clerk = plain_offices.log_in("KR-KCS", "clerk")
    before = clerk.get("/account/second-factor")
    clerk.post("/account/proof", {"password": PASSWORD})
    refused, listed = clerk.try_post("/users", NEW), clerk.try_get("/users")
    proved_by(clerk, device)
    plain_offices.world.clock.advance(minutes=16)
    stale = clerk.try_post("/users", NEW)
    clerk.post("/account/proof", {"password": PASSWORD})

    assert (before["is_held"], before["is_shown"]) == (True, False)
    assert (refusal(refused), listed.status_code) == (DUE, 200)
    assert refusal(stale) == (401, "AUT-PROOF")
    assert clerk.try_post("/users", NEW).status_code == 201


def test_session_older_than_the_app_shows_a_code_first(plain_offices):
    officer = plain_offices.person("KR-KCS", "kim", Role.OFFICER)
    older = plain_offices.log_in("KR-KCS", "kim")
    secret = second_factor_of(plain_offices, officer)
    refused = older.try_post("/account/recovery-codes")
    older.post("/account/proof", {"code": code_at(plain_offices, secret)})

    assert refusal(refused) == DUE
    assert len(older.post("/account/recovery-codes")["codes"]) == 10


def test_recovery_codes_alone_count_as_a_factor_until_used(plain_offices):
    officer = plain_offices.person("KR-KCS", "kim", Role.OFFICER)
    second_factor_of(plain_offices, officer)
    codes = officer.post("/account/recovery-codes")["codes"]
    officer.post("/account/second-factor/removal")
    later = plain_offices.log_in("KR-KCS", "kim")
    refused = later.try_post("/account/second-factor")
    for code in codes:
        later.post("/account/proof", {"recovery_code": code})
    last = plain_offices.log_in("KR-KCS", "kim")

    assert refusal(refused) == DUE
    assert later.try_post("/account/second-factor").status_code == 200
    assert last.get("/account/second-factor")["is_held"] is False
    assert last.try_post("/account/second-factor").status_code == 200


def test_passkey_of_another_address_holds_nobody_up(plain_offices, device):
    made(plain_offices.person("KR-KCS", "kim", Role.OFFICER), device)
    office = plain_offices.offices["KR-KCS"]
    office.access.duty = FactorDuty(office.access.policy, PasskeysHeld("moved.example"))
    officer = plain_offices.log_in("KR-KCS", "kim")

    assert officer.get("/account/second-factor")["is_held"] is False
    assert officer.try_post("/account/passkeys/challenge").status_code == 200
