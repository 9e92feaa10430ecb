"""Signing in at an identity provider by pages: the button, the way there, and the way back."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ooms.access.model import Role
from tests.integration.databases import SQLITE
from tests.integration.office import test_office_sign_on as sign_on
from tests.offices import Offices

CALLBACK = "http://localhost:8080/sign-in/with/national/callback"
DOOR = "/sign-in/with/national"


@pytest.fixture(scope="module")
def provider_address() -> Iterator[str]:
    port = sign_on.free_port()
    command = [sys.executable, str(sign_on.SERVER), str(port), CALLBACK]
    with sign_on.serving(command, address=f"http://127.0.0.1:{port}") as address:
        yield address


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path, provider_address) -> Iterator[Offices]:
    changes = {"redirect_uri": CALLBACK, "label": "National login"}
    with sign_on.an_office(request, tmp_path, provider_address, **changes) as opened:
        opened.clients["KR-KCS"].follow_redirects = False
        yield opened


@pytest.fixture
def provider(offices, provider_address) -> sign_on.Provider:
    return sign_on.Provider(provider_address, offices.world.clock)


@pytest.fixture
def browser(offices: Offices) -> TestClient:
    return offices.clients["KR-KCS"]


@pytest.fixture
def linked(offices: Offices) -> None:
    clerk = offices.person("KR-KCS", "clerk", Role.OPERATOR)
    user = offices.person("KR-KCS", "kim", Role.OFFICER).get("/account")["id"]
    clerk.post(f"/users/{user}/identities", {"provider": "national", "subject": "person-1"})


def _path(address: str) -> str:
    return address.removeprefix("http://localhost:8080")


def test_button_leads_to_the_provider_and_back_to_the_page(browser, provider, linked):
    page = browser.get("/sign-in?back=/account").text
    begun = browser.get(f"{DOOR}?back=/account")
    back = browser.get(_path(provider.consent(begun.headers["Location"])))

    assert "Sign in with National login" in page
    assert f"{DOOR}?back=/account" in page
    assert (back.status_code, back.headers["Location"]) == (303, "/account")
    assert browser.get("/account").status_code == 200


def test_cookie_of_the_way_there_is_for_the_way_back_alone(browser, provider, linked):
    begun = browser.get(DOOR)
    cookie = begun.headers["Set-Cookie"].lower()
    back = browser.get(_path(provider.consent(begun.headers["Location"])))

    assert f"path={DOOR};" in cookie
    assert "httponly" in cookie
    assert back.headers["Location"] == "/desk/queue"
    assert "ooms-sign-on" not in browser.cookies


def test_way_back_in_another_browser_lets_nobody_in(browser, provider, linked):
    back = _path(provider.consent(browser.get(DOOR).headers["Location"]))
    browser.cookies.clear()
    refused = browser.get(back)

    assert refused.status_code == 401
    assert "AUT-SIGN-ON" in refused.text
    assert "session" not in browser.cookies


def test_person_whom_nobody_linked_is_told_what_to_do(browser, provider):
    refused = browser.get(_path(provider.consent(browser.get(DOOR).headers["Location"])))

    assert refused.status_code == 401
    assert "AUT-UNLINKED" in refused.text
    assert "person-1" in refused.text
    assert "Give an operator the words above" in refused.text


def test_way_back_from_the_provider_stays_in_the_office(browser, provider, linked):
    begun = browser.get(f"{DOOR}?back=//elsewhere/x")
    back = browser.get(_path(provider.consent(begun.headers["Location"])))

    assert back.headers["Location"] == "/desk/queue"


def test_unknown_provider_is_a_page(browser):
    refused = browser.get("/sign-in/with/nowhere")

    assert refused.status_code == 404
    assert "REF-UNKNOWN" in refused.text
