"""Companies, lists of applicants, outages, notices and consents in officers' browsers."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import FilePayload

from ooms.demo.nodes import RunningNode
from tests.browser.people import Portal, Reader
from tests.journeys.walk import KVFTA, Walk

KOREA = "KR-KCS"
CONSENT = {"classes": ["OTHER"], "partner": "VN-CUSTOMS", "purpose": "VERIFICATION_CASE"}


@pytest.fixture(scope="module")
def exporter(nodes: dict[str, RunningNode]) -> str:
    """A company with an issued certificate, and the user name of somebody of it."""
    with closing(Walk(nodes, KVFTA)) as walk:
        walk.ready_to_apply().issued()
    return next(reversed(nodes[KOREA].passwords))


def press(reader: Reader, name: str) -> None:
    reader.page.get_by_role("button", name=name, exact=True).click()


def to_the_company(officer: Reader) -> None:
    officer.open("/desk/companies?words=hanbit")
    officer.page.get_by_role("link", name="HANBIT", exact=False).first.click()


def test_officer_keeps_a_card_and_a_fact_without_scripts(portal: Portal, exporter: str):
    officer = portal.person(KOREA, "officer", scripts=False)
    to_the_company(officer)
    page = officer.page
    page.get_by_text("Keep a signature card").click()
    page.get_by_label("Name on the card").fill("Park Jiwoo")
    press(officer, "Keep the card")
    officer.says("There is a problem")
    specimen: FilePayload = {"name": "specimen.png", "mimeType": "image/png", "buffer": b"ink"}
    page.get_by_label("File with the specimen").set_input_files(specimen)
    page.get_by_label("May sign from").fill("2026-01-01")
    press(officer, "Keep the card")
    officer.says("The signature card is kept.")
    page.get_by_text("State a fact").first.click()
    page.get_by_label("What kind of fact").select_option("JUDGMENT")
    page.get_by_label("Of which day").fill("2026-11-20")
    page.get_by_label("On what evidence").fill("Boxes were open at the gate.")
    press(officer, "State the fact")
    officer.says("The fact is stated.")


def test_company_and_lists_are_pages_without_barriers(portal: Portal, exporter: str):
    with closing(portal.api(KOREA, exporter)) as company:
        company.post("/consents", CONSENT)
    officer, supervisor = portal.person(KOREA, "officer"), portal.person(KOREA, "supervisor")
    officer.open("/desk/companies")
    officer.look("desk-companies")
    to_the_company(officer)
    officer.look("desk-company")
    officer.open("/desk/companies/new")
    officer.look("desk-company-new")
    officer.open("/desk/consents")
    officer.look("desk-consents")
    officer.open("/desk/releases")
    officer.look("desk-releases")
    officer.open("/desk/applicants")
    officer.page.locator("form[action='/desk/applicants/ON_SITE/proposal'] button").click()
    officer.says("The list is proposed.")
    address = officer.page.url.removeprefix(officer.address).partition("?")[0]
    supervisor.open(address)
    press(supervisor, "Fix the list")
    supervisor.says("The list is fixed.")
    supervisor.look("desk-applicant-list")
    supervisor.open("/desk/applicants")
    supervisor.look("desk-applicants")


def test_paper_of_an_outage_has_its_way_by_pages(portal: Portal, exporter: str):
    supervisor = portal.person(KOREA, "supervisor")
    supervisor.open("/desk/number-blocks")
    page = supervisor.page
    page.get_by_label("Office").select_option(index=1)
    page.get_by_label("Agreement").select_option("KVFTA")
    page.get_by_label("How many numbers").fill("2")
    page.get_by_label("Why they are set aside").fill("The computing center moves.")
    press(supervisor, "Set them aside")
    supervisor.says("The numbers are set aside.")
    supervisor.open("/desk/number-blocks")
    supervisor.look("desk-number-blocks")
    officer = portal.person(KOREA, "officer")
    officer.open("/desk/number-blocks")
    officer.page.locator("a[href^='/desk/number-blocks/']").first.click()
    officer.page.get_by_label("Number", exact=True).select_option(index=1)
    officer.page.get_by_label("Spoiled").check()
    officer.page.get_by_label("Why it carries no certificate").fill("Ink was spilled.")
    press(officer, "Account for it")
    officer.says("The number is accounted for.")
    officer.look("desk-number-block")
    to_the_company(officer)
    officer.page.get_by_role("link", name="Enter an application that came on paper").click()
    press(officer, "Enter the application")
    officer.says("There is a problem")
    officer.look("desk-paper-application")


def test_notice_of_an_error_is_handled_to_its_end(portal: Portal, exporter: str):
    with closing(portal.api(KOREA, exporter)) as company:
        certificate = company.get("/certificates")["items"][0]
        stated = {"says": "SC-500", "right": "SC-510", "box": "7"}
        notice = company.post(
            "/error-notices",
            {
                "certificate_id": certificate["id"],
                "errors": [stated],
                "learned_on": certificate["issued_on"],
                "cause": "CLERICAL",
                "explanation": "The model was mistyped",
            },
        )
        company.post(f"/error-notices/{notice['id']}/filing", {})
    officer = portal.person(KOREA, "officer")
    officer.open("/desk/error-notices")
    officer.look("desk-error-notices")
    officer.page.locator("a[href^='/desk/error-notices/']").first.click()
    press(officer, "Acknowledge the notice")
    officer.says("Received by customs")
    officer.look("desk-error-notice")
    press(officer, "Tell the partners")
    officer.page.get_by_label("What came of the notice").fill("A new certificate was issued.")
    press(officer, "Close the notice")
    officer.says("The notice is closed.")
