"""The other lists of the desk: rulings from application to objection, refusals, retention."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import Page

from ooms.demo.nodes import RunningNode
from tests.approvals import COMPANY, GRANT
from tests.browser.people import Portal
from tests.journeys.walk import KVFTA, Walk

KOREA = "KR-KCS"


@pytest.fixture(scope="module")
def exporter(nodes: dict[str, RunningNode]) -> str:
    """A company that may apply, and the user name of somebody of it."""
    with closing(Walk(nodes, KVFTA)) as walk:
        walk.ready_to_apply().issued()
    return next(reversed(nodes[KOREA].passwords))


def fill_in(page: Page) -> None:
    """Write an application that lacks the code of its goods."""
    page.get_by_label("Name of the applicant").fill("HANBIT ELECTRONICS CO., LTD.")
    page.get_by_label("Country of the applicant").fill("KR")
    page.get_by_label("Who exports or makes the goods").fill("HANBIT ELECTRONICS CO., LTD.")
    page.get_by_label("Agreement").select_option("AKFTA")
    page.get_by_label("Country from which the goods come").fill("KR")
    page.get_by_label("Description of the goods").fill("STATIC CONVERTERS, MODEL SC-500")
    page.get_by_label("What is done to make them").fill("assembly\ntesting")
    page.get_by_label("What it is about").select_option("ORIGIN")
    page.get_by_label("What is asked").fill("Does assembly from Japanese boards confer origin?")


def test_company_applies_for_a_ruling_and_an_officer_rules(portal: Portal, exporter: str):
    company = portal.person(KOREA, exporter, scripts=False)
    page = company.page
    page.get_by_role("link", name="Advance rulings").click()
    page.get_by_role("link", name="Apply for an advance ruling").click()
    fill_in(page)
    page.get_by_role("button", name="Apply").click()
    company.says("There is a problem")
    page.get_by_label("Subheading").fill("850440")
    page.get_by_role("button", name="Apply").click()
    company.says("The application for an advance ruling is with the office.")
    address = page.url.removeprefix(company.address).partition("?")[0]

    officer = portal.person(KOREA, "officer")
    officer.open("/rulings")
    officer.look("rulings")
    officer.open(address)
    officer.page.get_by_label("Origin").fill("KR")
    officer.page.get_by_label("Criterion").fill("CTH")
    officer.page.get_by_label("Answer").first.fill("The converters originate in Korea.")
    officer.page.get_by_label("Reasons").fill("All foreign materials change their heading.")
    officer.look("ruling-to-decide")
    officer.page.get_by_role("button", name="Rule", exact=True).click()
    officer.says("The ruling shows where it stands now")
    officer.look("ruling-in-force")
    company.open(address)
    page.get_by_text("Object to the ruling").first.click()
    page.get_by_label("What you object").fill("The criterion is WO.")
    page.get_by_role("button", name="Object to the ruling").click()
    company.says("by another officer than who ruled")


def test_application_for_a_ruling_is_a_page_without_barriers(portal: Portal, exporter: str):
    company = portal.person(KOREA, exporter)
    company.open("/rulings/new")
    company.look("ruling-new")


def test_officer_finds_the_other_lists_in_one_place(portal: Portal, exporter: str):
    officer = portal.person(KOREA, "officer")
    officer.page.get_by_role("link", name="More lists").click()
    officer.look("desk-more")
    officer.page.get_by_role("link", name="Refusals of all offices").click()
    officer.look("desk-refusals")
    officer.open("/desk/first-certificates?number=CN-1")
    officer.says("No first certificate of this number is known here.")
    officer.look("desk-first-certificates")


def test_supervisor_holds_a_certificate_beyond_its_period(portal: Portal, exporter: str):
    with closing(portal.api(KOREA, "officer")) as officer:
        (certificate,) = officer.get("/certificates")["items"]
    supervisor = portal.person(KOREA, "supervisor")
    supervisor.open(f"/operator/retention?certificate={certificate['id']}")
    supervisor.page.get_by_label("Why").fill("A trial is pending.")
    supervisor.page.get_by_role("button", name="Hold it").click()
    supervisor.says("The certificate is held, with all that it rests on.")
    supervisor.look("operator-retention")
    supervisor.page.get_by_role("button", name="Lift the hold").click()
    supervisor.says("The hold is lifted.")


def test_officer_follows_an_approved_exporter(portal: Portal, exporter: str):
    with (
        closing(portal.api(KOREA, exporter)) as company,
        closing(portal.api(KOREA, "officer")) as desk,
    ):
        request = company.post("/approved-exporters/requests", COMPANY)
        desk.post(f"/approved-exporters/requests/{request['id']}/decision", GRANT)
    officer = portal.person(KOREA, "officer")
    officer.open("/desk/approved")
    officer.look("desk-approved-list")
    officer.page.locator("a[href^='/desk/approved/']").first.click()
    officer.page.get_by_text("Begin a check").first.click()
    officer.page.get_by_label("Ground").first.select_option(index=1)
    officer.page.get_by_label("What is looked at").fill("The books of 2026.")
    officer.page.get_by_role("button", name="Begin a check").click()
    officer.says("Still open.")
    officer.look("desk-approved")
