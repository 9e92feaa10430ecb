"""What a company sees of itself: likely errors, questions, figures, the letter of a month."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ooms.company_letters.writing import write_due
from ooms.compliance.loader import load_self_checks
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.offices import PASSWORD, Offices, an_application, determined

HERE = {"Sec-Fetch-Site": "same-origin"}
SELF = "/company/compliance"
PRICE = {"basis": "FOB", "amount": "1", "currency": "USD"}


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, "KR-KCS")


@pytest.fixture
def hanbit(offices: Offices):
    return offices.company("hanbit")


@pytest.fixture
def browser(offices: Offices, hanbit) -> TestClient:
    client = offices.clients["KR-KCS"]
    client.post("/sign-in", data={"login": "hanbit", "password": PASSWORD}, headers=HERE)
    return client


def test_every_page_of_a_company_opens(browser):
    paths = ("", "/self-check", "/figures", "/figures?year=2025", "/letter", "/letter?month=x")
    answers = {path: browser.get(f"{SELF}{path}").status_code for path in paths}

    assert set(answers.values()) == {200}, answers


def test_list_of_an_industry_asks_more_than_the_list_of_all(browser):
    every = browser.get(f"{SELF}/self-check").text
    textiles = browser.get(f"{SELF}/self-check", params={"industry": "TEXTILES"}).text

    assert "spinner" not in every
    assert "spinner" in textiles


def test_stale_finding_is_told_before_anybody_uses_it(browser, hanbit):
    found = determined(hanbit)
    hanbit.post(f"/products/{found['product_id']}/price", PRICE)

    page = browser.get(SELF).text

    assert "1 origin finding is stale" in page
    assert f"/determinations/{found['id']}" in page


def test_draft_is_judged_before_it_is_handed_in(browser, hanbit):
    hanbit.post("/applications", an_application(determined(hanbit)))

    assert browser.get(SELF).status_code == 200


def test_letter_of_the_office_is_listed_and_handed_out(offices, browser, hanbit):
    found = determined(hanbit)
    hanbit.post(f"/products/{found['product_id']}/price", PRICE)
    offices.world.clock.advance(days=41)
    office = offices.offices["KR-KCS"]
    write_due(office.company_letters, office.works)
    browser.post("/sign-in", data={"login": "hanbit", "password": PASSWORD}, headers=HERE)
    (link,) = re.findall(rf'href="({SELF}/letters/[^"]+)"', browser.get(SELF).text)

    letter = browser.get(link)

    assert "The letter of 2026-Q4, sealed on" in browser.get(SELF).text
    assert letter.headers["content-type"] == "application/pdf"


def test_contest_of_no_list_is_refused_on_the_page(browser):
    sent = {"edition_id": "0", "statement": "", "form-key": "once"}
    answer = browser.post(f"{SELF}/figures/contest", data=sent, headers=HERE)

    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_signed_list_is_kept_and_found_again(browser):
    asked = [one.code for one in load_self_checks().of(industry="FOOD", agreement="")]
    form = {"industry": "FOOD", "agreement": "", "form-key": "signed-once"}
    form |= {f"answers.{code}.said": "YES" for code in asked}

    half = browser.post(
        f"{SELF}/self-check", data=form | {"answers.MIXED_LOTS.said": ""}, headers=HERE
    )
    done = browser.post(
        f"{SELF}/self-check", data=form | {"form-key": "signed-twice"}, headers=HERE
    )

    assert half.status_code == 422
    assert 'href="#answers-MIXED_LOTS-said"' in half.text
    assert "Your self-check is signed and kept." in done.text
    assert "Signed by Hanbit" in done.text
