"""Signing in over pages: the cookie, the way back, and what no other site can do."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from fastapi.testclient import TestClient

from ooms.access.model import Role
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.offices import PASSWORD, Offices

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, "KR-KCS")


@pytest.fixture
def browser(offices: Offices) -> TestClient:
    """A browser that follows no redirect by itself."""
    offices.person("KR-KCS", "choi", Role.SUPERVISOR)
    client = offices.clients["KR-KCS"]
    client.follow_redirects = False
    return client


def _sign_in(browser, **fields):
    given = {"login": "choi", "password": PASSWORD} | fields
    return browser.post("/sign-in", data=given, headers=HERE)


def test_session_lies_in_a_cookie_that_no_script_reads(browser):
    answer = _sign_in(browser, back="/account")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/account"
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert browser.get("/account").status_code == 200


def test_cookie_opens_pages_and_never_the_interface(browser):
    _sign_in(browser)

    assert browser.get("/api/v1/account").status_code == 401


def test_signing_out_ends_the_session_itself(browser):
    _sign_in(browser)
    token = browser.cookies["session"]
    browser.post("/sign-out", headers=HERE)

    again = browser.get("/api/v1/account", headers={"Authorization": f"Bearer {token}"})
    assert again.status_code == 401


def test_form_from_another_site_is_refused(browser):
    _sign_in(browser)
    answer = browser.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert browser.get("/account").status_code == 200


def test_way_back_after_signing_in_stays_in_the_office(browser):
    assert _sign_in(browser, back="//elsewhere/x").headers["Location"] == "/desk/queue"


def test_page_asks_to_sign_in_and_leads_back(browser):
    answer = browser.get("/account?x=1")

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?back=/account")


def test_unknown_page_is_a_page_and_unknown_route_a_problem(browser):
    page, route = browser.get("/nowhere"), browser.get("/api/v1/nowhere")

    assert page.status_code == route.status_code == 404
    assert page.headers["Content-Type"].startswith("text/html")
    assert route.headers["Content-Type"] == "application/problem+json"


def test_styles_are_small_on_the_wire_and_kept_for_good(browser):
    address = browser.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = browser.get(address)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]


def test_pages_allow_nothing_inline(browser):
    page = browser.get("/sign-in")

    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "<script>" not in page.text
    assert "style=" not in page.text


def test_authenticator_app_counts_once_a_code_proves_it(offices, browser):
    _sign_in(browser)
    shown = browser.post("/account/second-factor", data={"form-key": "a"}, headers=HERE).text
    (written,) = re.findall(r'name="address" value="([^"]+)"', shown)
    address = html.unescape(written)
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    given = {"address": address, "form-key": "b"}
    path = "/account/second-factor/confirmation"
    wrong = browser.post(path, data=given | {"code": "12"}, headers=HERE)
    code = pyotp.TOTP(secret).at(offices.world.clock.now())
    right = browser.post(path, data=given | {"code": code, "form-key": "c"}, headers=HERE)

    assert secret[:4] in shown
    assert wrong.status_code == 422
    assert secret[:4] in wrong.text
    assert right.headers["Location"] == "/account?done=second-factor-set"
    browser.cookies.clear()
    assert _sign_in(browser).status_code == 401
