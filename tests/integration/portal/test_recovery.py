"""What people do on pages about lost factors: codes, names of passkeys, and the operator's part."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ooms.access.model import Role
from tests.authenticator import Authenticator
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.integration.office.test_office_logins import second_factor_of
from tests.integration.office.test_office_passkeys import ORIGIN, SETTINGS, made
from tests.integration.portal.desks import Desk, words_of
from tests.offices import PASSWORD, Offices

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, "KR-KCS", **SETTINGS)


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li><code>([A-Z2-7-]{29})</code></li>", page)


def test_codes_are_shown_once_and_let_in_at_the_door(offices, officer):
    desk = Desk(officer)
    bare = words_of(desk.open("/account/recovery-codes"))
    second_factor_of(offices, officer)
    made_codes = codes_on(desk.send("/account/recovery-codes").text)
    later = desk.open("/account/recovery-codes")
    typed = {"login": "kim", "password": PASSWORD, "recovery_code": made_codes[0]}
    door = offices.clients["KR-KCS"].post(
        "/sign-in", data=typed, headers=HERE, follow_redirects=False
    )
    account = words_of(desk.open("/account"))

    assert "You have no second factor yet" in bare
    assert len(made_codes) == 10
    assert codes_on(later) == []
    assert door.status_code == 303
    assert "9 codes are left" in account
    assert "A recovery code was used" in account


def test_passkey_is_renamed_and_an_operator_takes_it_away(offices, officer):
    made(officer, Authenticator(ORIGIN))
    desk, clerk = Desk(officer), Desk(offices.person("KR-KCS", "ops", Role.OPERATOR))
    (passkey,) = officer.get("/account/passkeys")["items"]
    page = f"/account/passkeys/{passkey['id']}/name"
    unnamed = desk.send(page, {"name": ""})
    desk.send(page, {"name": "blue key"})
    user = f"/operator/users/{officer.get('/account')['id']}"
    listed = words_of(clerk.open(user))
    unsaid = clerk.send(f"{user}/passkeys/removal", {"passkey-id": passkey["id"]})
    said = {"passkey-id": passkey["id"], "passkey.reason": "left in a taxi"}
    taken = clerk.send(f"{user}/passkeys/removal", said)
    again = Desk(offices.log_in("KR-KCS", "kim"))

    assert unnamed.status_code == 422
    assert 'href="#name"' in unnamed.text
    assert "blue key" in listed
    assert 'href="#passkey-reason"' in unsaid.text
    assert taken.headers["Location"].endswith("done=passkey-taken")
    assert "Somebody else changed how you sign in." in words_of(again.open("/account"))
    assert "left in a taxi" in words_of(again.open("/account"))


def test_operator_takes_all_factors_away_with_a_reason(offices, officer):
    second_factor_of(offices, officer)
    clerk = Desk(offices.person("KR-KCS", "ops", Role.OPERATOR))
    user = f"/operator/users/{officer.get('/account')['id']}"
    unsaid = clerk.send(f"{user}/factors/removal")
    clerk.send(f"{user}/factors/removal", {"factors.reason": "house burned"})

    assert 'href="#factors-reason"' in unsaid.text
    assert "Take every second factor away" not in clerk.open(user)
    assert offices.log_in("KR-KCS", "kim").get("/account/factors")["has_app"] is False


def test_page_asks_for_the_factor_that_a_password_hides(offices, officer):
    made(officer, Authenticator(ORIGIN))
    second_factor_of(offices, officer)
    codes = codes_on(Desk(officer).send("/account/recovery-codes").text)
    officer.post("/account/second-factor/removal")
    later = Desk(offices.log_in("KR-KCS", "kim"))
    asked = later.send("/account/second-factor", {"back": "/account"})
    nothing = later.send("/account/proof", {"back": "/account"})
    shown = {"back": "/account/second-factor", "recovery_code": codes[0], "kept.back": "/account"}
    proven = later.send("/account/proof", shown)

    assert "signed in without it" in words_of(asked.text)
    assert "Recovery code" in words_of(asked.text)
    assert "Or with a passkey" in words_of(asked.text)
    assert 'type="password"' not in asked.text
    assert nothing.status_code == 422
    assert 'href="#password"' in nothing.text
    assert 'id="password"' in nothing.text
    assert 'action="/account/second-factor"' in proven.text, "what was sent is handed back"
    assert "otpauth" in later.send("/account/second-factor", {"back": "/account"}).text
