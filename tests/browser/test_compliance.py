"""A company checks itself: questions, likely errors, figures, the letter of a month."""

from __future__ import annotations

import pytest

from tests.browser.people import Portal
from tests.browser.test_products import KOREA, company


@pytest.fixture
def login(portal: Portal) -> str:
    return company(portal)[0]


def test_company_asks_itself_the_questions_of_its_industry(portal: Portal, login: str):
    exporter = portal.person(KOREA, login, scripts=False)
    exporter.open("/company/compliance")
    exporter.page.get_by_role("link", name="Questions to ask yourself").click()
    exporter.page.get_by_label("Industry").select_option("TEXTILES")
    exporter.page.get_by_role("button", name="Show the list").click()

    exporter.says("Can you show where each yarn and fabric was made")
    exporter.says("From your data here:")


def test_company_signs_its_answers_and_sees_what_changed(portal: Portal, login: str):
    exporter = portal.person(KOREA, login)
    for said in ("No, not yet", "Yes"):
        exporter.open("/company/compliance/self-check?industry=FOOD")
        for group in exporter.page.get_by_role("radio", name=said).all():
            group.check()
        exporter.page.get_by_role("button", name="Sign and keep").click()

    exporter.says("Your self-check is signed and kept.")
    exporter.says("Otherwise than before:")
    exporter.look("compliance-kept")


@pytest.mark.parametrize("name", ["", "/self-check", "/figures", "/letter", "/kept"])
def test_page_about_oneself_has_no_barrier(portal: Portal, login: str, name: str):
    exporter = portal.person(KOREA, login)
    exporter.open(f"/company/compliance{name}")
    exporter.look(f"compliance{name.replace('/', '-')}")
