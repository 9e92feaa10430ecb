"""Pages that ask who one is once more: what was typed is kept, and sent on afterwards."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from fastapi.testclient import TestClient

from ooms.access.model import Role
from ooms.portal.sign_in.devices import device_named
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.offices import PASSWORD, Offices

HERE = {"Sec-Fetch-Site": "same-origin"}
NEW = {
    "form-key": "key-of-the-form",
    "login": "seo",
    "name": "Seo <Yuna>",
    "role": "OFFICER",
    "password": "a heron in reeds",
}


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    access = {"fresh_proof_minutes": 15, "second_factor_roles": ["SUPERVISOR"]}
    yield from opened(request, tmp_path, "KR-KCS", access=access)


@pytest.fixture
def browser(offices: Offices) -> TestClient:
    client = offices.clients["KR-KCS"]
    client.follow_redirects = False
    return client


def _signed_in(offices: Offices, browser: TestClient, role: Role) -> None:
    offices.person("KR-KCS", "ops", role)
    browser.post("/sign-in", data={"login": "ops", "password": PASSWORD}, headers=HERE)


def _hidden(page: str) -> dict[str, str]:
    """What the first form of a page hides; the last one of each page chooses a language."""
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)[:-1]
    return {html.unescape(name): html.unescape(value) for name, value in found}


def _post(browser: TestClient, path: str, **fields: Any) -> Any:
    return browser.post(path, data=fields, headers=HERE)


def test_form_that_needs_a_proof_is_kept_and_sent_on(offices, browser):
    _signed_in(offices, browser, Role.OPERATOR)
    offices.world.clock.advance(minutes=16)
    asked = browser.post("/operator/users/new", data=NEW, headers=HERE)
    wrong = _post(browser, "/account/proof", **_hidden(asked.text), password="guess")
    right = _post(browser, "/account/proof", **_hidden(wrong.text), password=PASSWORD)
    waiting = _hidden(right.text)
    sent = browser.post("/operator/users/new", data=waiting, headers=HERE)

    assert "Prove that it is you" in asked.text
    assert "Nothing you typed is lost" in asked.text
    assert wrong.status_code == 422
    assert NEW.items() <= waiting.items()
    assert sent.status_code == 303
    assert "Seo &lt;Yuna&gt;" in browser.get("/operator/users").text


def test_role_that_needs_a_second_factor_is_led_through_it(offices, browser):
    _signed_in(offices, browser, Role.SUPERVISOR)
    led = browser.get("/desk/queue").headers["Location"]
    page = browser.get(led)
    shown = _post(browser, "/account/second-factor", **_hidden(page.text))
    fields = _hidden(shown.text)
    secret = parse_qs(urlsplit(fields["address"]).query)["secret"][0]
    code = pyotp.TOTP(secret).at(offices.world.clock.now())
    done = _post(browser, "/account/second-factor/confirmation", **fields, code=code)

    assert led == "/account/second-factor?back=/desk/queue"
    assert "Your role needs a second factor" in page.text
    assert done.headers["Location"].startswith("/desk/queue")
    assert browser.get("/desk/queue").status_code == 200


def test_proof_leads_back_inside_the_office_alone(offices, browser):
    _signed_in(offices, browser, Role.OPERATOR)
    answer = _post(browser, "/account/proof", password=PASSWORD, back="//elsewhere/x")

    assert answer.headers["Location"] == "/account"


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
            "Chrome, Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("our-erp/2.1", "our-erp/2.1"),
        ("", ""),
    ],
    ids=str,
)
def test_device_is_named_in_words(agent, named):
    assert device_named(agent) == named
