"""An exporter applies through the pages: with a mouse, by keyboard only, and without scripts."""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from ooms.demo import goods
from ooms.demo.api import Person
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.people import Portal, Reader
from tests.journeys.walk import _tax_id

_serials = count(701)
KOREA, VIET_NAM = "KR-KCS", "VN-CUSTOMS"
SHEET = b"hs,number,unit\n850440,200,C62\n850440,a few,C62\n"


@dataclass(frozen=True, slots=True)
class Company:
    """A company of Korea whose converters originate for Viet Nam."""

    login: str
    name: str

    def api(self, portal: Portal) -> Person:
        return portal.api(KOREA, self.login)


@pytest.fixture
def company(portal: Portal) -> Company:
    serial = next(_serials)
    made = {"name": f"SEORIM {serial} CO., LTD.", "tax_id": _tax_id(serial)}
    login = f"seorim-{serial}"
    portal.nodes[KOREA].passwords[login] = secrets.token_urlsafe(12)
    person = {
        "login": login,
        "name": "Park Jiwoo",
        "role": "EXPORTER",
        "password": portal.nodes[KOREA].passwords[login],
    }
    with closing(portal.api(KOREA, "operator")) as operator:
        registered = operator.post("/exporters", goods.EXPORTER | made)
        operator.post("/users", person | {"exporter_id": registered["id"]})
    with closing(portal.api(KOREA, login)) as exporter:
        product = exporter.post("/products", goods.CONVERTER)
        wanted = {"agreement": "AKFTA", "importing_party": "VN", "price": goods.PRICE}
        exporter.post(f"/products/{product['id']}/determinations", wanted)
    return Company(login, str(made["name"]))


@pytest.fixture
def broker(portal: Portal, company: Company) -> str:
    """The login of a broker whom the company lets act for its goods and certificates."""
    login = f"{company.login}-broker"
    passwords = portal.nodes[KOREA].passwords
    passwords[login] = secrets.token_urlsafe(12)
    person = {"login": login, "name": "Choi Yuna", "role": "BROKER", "password": passwords[login]}
    with closing(portal.api(KOREA, "operator")) as operator:
        operator.post("/users", person)
    days = {"valid_from": "2026-01-01", "valid_until": "2099-01-01"}
    with closing(company.api(portal)) as exporter:
        (own,) = exporter.get("/exporters")["items"]
        delegation = days | {"broker": login, "scopes": ["GOODS", "CERTIFICATES"]}
        exporter.post(f"/exporters/{own['id']}/delegations", delegation)
    return login


def begin(reader: Reader, hands: Hands) -> None:
    """Begin a draft to Viet Nam."""
    hands.follow("Start an application")
    hands.pick("To which country do the goods go?", "Vietnam")
    hands.press("Go on")
    hands.tick("AKFTA")
    hands.press("Begin the draft")
    reader.says("0 of 5 done")


def fill_in(reader: Reader, hands: Hands) -> None:
    """Fill in every section of the draft that is open."""
    name_the_papers(reader, hands)
    describe_the_goods(hands)
    tell_the_way(hands)
    reader.says("4 of 5 done")


def name_the_papers(reader: Reader, hands: Hands) -> None:
    """Name the buyer and the invoice."""
    hands.follow("Buyer")
    hands.write("Name", "HAI PHONG POWER TRADING")
    hands.pick("Country", "Vietnam")
    hands.write("Address", "8 Market Road")
    hands.write("City", "Hai Phong")
    hands.press("Keep and go on")
    hands.follow("Invoices")
    hands.write("Number", f"SR-{secrets.token_hex(3).upper()}")
    hands.day("Day", datetime.now(UTC).date())
    hands.write("Currency", "USD")
    hands.write("Total", "50000.00")
    hands.press("Keep and go on")
    hands.follow("Go on")
    reader.says("2 of 5 done")


def describe_the_goods(hands: Hands) -> None:
    """Describe what is sold, by the determination that it rests on."""
    hands.follow("Goods")
    hands.follow("Add goods")
    hands.tick("STATIC CONVERTERS")
    hands.write("Number", "500")
    hands.pick("Unit of the number", "pieces (C62)")
    hands.write("Gross weight", "1250.5")
    hands.pick("Unit of the gross weight", "kilograms (KGM)")
    hands.write("Number of packages", "50")
    hands.pick("Kind of packages", "cartons (CT)")
    hands.press("Keep and go on")
    hands.follow("Go on")


def tell_the_way(hands: Hands) -> None:
    """Tell when and how the goods left."""
    today = datetime.now(UTC).date()
    hands.follow("Shipment and transport")
    hands.day("Day on which the goods left", today)
    hands.pick("Means of transport", "Sea")
    hands.write("Name of the vessel, or number of the flight, train or truck", "HMM PROMISE")
    hands.write("Voyage", "045W")
    hands.day("Day of departure", today)
    hands.write("Port of loading, by its UN/LOCODE", "KRPUS")
    hands.write("Port of loading, in words", "BUSAN")
    hands.write("Port of discharge, by its UN/LOCODE", "VNHPH")
    hands.write("Port of discharge, in words", "HAI PHONG")
    hands.press("Keep and go on")


def hand_in(reader: Reader, hands: Hands) -> str:
    """Hand the application in, and return its key."""
    hands.follow("Check your answers")
    hands.follow("Go on to the declaration")
    hands.tick("I declare this for")
    hands.press("Hand the application in")
    reader.says("The application is handed in.")
    return reader.page.url.partition("?")[0].rpartition("/")[2]


def issued(portal: Portal, application_id: str) -> Any:
    """Let an officer approve an application and issue its certificate, by his program."""
    with closing(portal.api(KOREA, "officer")) as officer:
        path = f"/applications/{application_id}"
        officer.post(f"{path}/review", {})
        officer.post(f"{path}/decision", {"decision": "APPROVED"})
        return officer.post("/certificates", {"application_id": application_id})


def look_at_the_use(exporter: Reader, certificate_id: str) -> None:
    """See how much of a certificate is used, and take its document along."""
    exporter.open("/company/applications")
    exporter.look("company-applications")
    exporter.open("/company/certificates")
    exporter.look("company-certificates")
    exporter.open(f"/company/certificates/{certificate_id}")
    exporter.says("used 40 %")
    exporter.look("company-certificate-used")
    with exporter.page.expect_download() as handed:
        exporter.page.get_by_role("link", name="The certificate as a sealed document").click()
    assert handed.value.suggested_filename.endswith(".pdf")


def claim(portal: Portal, number: str, pieces: str, *, exporter: str) -> None:
    """Let the importing customs grant preference for some pieces."""
    line = {
        "line_no": 1,
        "certificate_number": number,
        "item_no": 1,
        "hs": "850440",
        "quantity": pieces,
        "unit": "C62",
        "exporter": exporter,
    }
    body = {"declaration_number": f"HPH-{secrets.token_hex(4)}", "lines": [line]}
    with closing(portal.api(VIET_NAM, "border")) as border:
        made = border.post("/claims", body)
        if made["lines"][0]["decision"] == "REFERRED":
            decision = {"verdict": "GRANTED", "facts": "The certificate covers the goods."}
            border.post(f"/claims/{made['id']}/lines/1/decisions", decision)


def test_exporter_follows_goods_from_the_draft_to_the_registration(
    portal: Portal, company: Company
):
    exporter = portal.person(KOREA, company.login)
    hands = Mouse(exporter.page)
    exporter.look("company-applications-empty")
    begin(exporter, hands)
    exporter.look("company-tasks")
    fill_in(exporter, hands)
    hands.follow("Export declarations and remarks")
    hands.write("Numbers of the export declarations", "020-10-26-0000701")
    exporter.look("company-papers")
    hands.press("Keep and go on")
    exporter.says("5 of 5 done")
    hands.follow("Check your answers")
    exporter.look("company-check")
    exporter.page.go_back()
    application_id = hand_in(exporter, hands)
    exporter.look("company-application")

    certificate = issued(portal, application_id)
    exporter.open(f"/company/certificates/{certificate['id']}")
    exporter.says("Registered by the partner")
    exporter.look("company-certificate")
    claim(portal, certificate["number"], "200", exporter=company.name)
    with closing(company.api(portal)) as program:
        program.await_(f"/certificates/{certificate['id']}", lambda seen: bool(seen["use"]))
    look_at_the_use(exporter, certificate["id"])


def test_application_is_made_without_scripts(portal: Portal, company: Company):
    exporter = portal.person(KOREA, company.login, scripts=False)
    hands = Mouse(exporter.page)
    begin(exporter, hands)
    fill_in(exporter, hands)

    application_id = hand_in(exporter, hands)

    with closing(company.api(portal)) as program:
        assert program.get(f"/applications/{application_id}")["state"] == "SUBMITTED"


def test_application_is_made_by_keyboard_only(portal: Portal, company: Company):
    exporter = portal.person(KOREA, company.login)
    hands = Keyboard(exporter.page)
    begin(exporter, hands)
    fill_in(exporter, hands)

    application_id = hand_in(exporter, hands)

    with closing(company.api(portal)) as program:
        assert program.get(f"/applications/{application_id}")["state"] == "SUBMITTED"


def test_broker_applies_for_a_company_by_keyboard_only(
    portal: Portal, company: Company, broker: str
):
    person = portal.person(KOREA, broker)
    hands = Keyboard(person.page)
    person.look("company-choose")
    hands.tick(company.name)
    hands.press("Go on")
    person.says(f"You act for {company.name}")
    begin(person, hands)
    fill_in(person, hands)

    application_id = hand_in(person, hands)

    hands.follow("Self-check")
    person.says("Only what the company lets you see is looked at here")
    person.look("compliance-of-a-broker")
    with closing(company.api(portal)) as program:
        assert program.get(f"/applications/{application_id}")["state"] == "SUBMITTED"


def test_what_is_wrong_is_told_at_its_field_and_at_its_cell(portal: Portal, company: Company):
    exporter = portal.person(KOREA, company.login)
    hands = Mouse(exporter.page)
    begin(exporter, hands)
    hands.follow("Check your answers")
    exporter.says("Some of this would be refused.")
    exporter.look("company-check-holes")
    exporter.page.go_back()
    hands.follow("Buyer")
    hands.press("Keep and go on")
    expect(exporter.page.locator(".govuk-error-summary")).to_be_focused()
    exporter.look("company-buyer-refused")
    exporter.page.get_by_role("link", name="Back to the tasks").click()
    hands.follow("Goods")
    exporter.look("company-goods")
    hands.follow("Add goods")
    exporter.look("company-line")
    exporter.page.get_by_role("link", name="Back to the goods").click()
    hands.follow("Add goods from a sheet")
    sheet = FilePayload(name="goods.csv", mimeType="text/csv", buffer=SHEET)
    exporter.page.get_by_label("Sheet", exact=True).set_input_files(sheet)
    hands.press("Add the lines")
    exporter.says("Correct these cells")
    expect(exporter.page.locator("tbody td").nth(1)).to_have_text("number")
    exporter.look("company-sheet-refused")


def test_completion_and_what_a_company_may_ask_for_are_pages(portal: Portal, company: Company):
    with closing(company.api(portal)) as program:
        earlier = program.get("/determinations")["items"][0]
        content = goods.application(
            agreement="AKFTA",
            form_type="AK",
            country="CN",
            determination=earlier["id"],
            invoice="SR-26-0000702",
            today=datetime.now(UTC).date(),
        )
        buyer = content["buyer"] | {"country": "VN"}
        made = program.post("/applications", content | {"import_country": "VN", "buyer": buyer})
        program.post(f"/applications/{made['id']}/submission", {})
    with closing(portal.api(KOREA, "officer")) as officer:
        officer.post(f"/applications/{made['id']}/review", {})
        lack = {"box": "2", "reason_code": "PAPERS", "text": "The street of the buyer is missing."}
        officer.post(f"/applications/{made['id']}/completions", {"lacks": [lack]})
    exporter = portal.person(KOREA, company.login)
    hands = Mouse(exporter.page)
    exporter.open(f"/company/applications/{made['id']}")
    exporter.says("The street of the buyer is missing.")
    exporter.look("company-completion")
    hands.follow("Check and hand back in")
    hands.follow("Go on to the declaration")
    hands.write("What you completed", "The street is there now.")
    hands.tick("I declare this for")
    exporter.look("company-declaration")
    hands.press("Hand the application back in")
    exporter.says("The application is handed in.")
    with closing(portal.api(KOREA, "officer")) as officer:
        path = f"/applications/{made['id']}"
        officer.post(f"{path}/decision", {"decision": "APPROVED"})
        certificate = officer.post("/certificates", {"application_id": made["id"]})
    about = f"/company/certificates/{certificate['id']}"
    for path, name in (
        (f"{about}/apply", "company-ask"),
        (f"{about}/apply?kind=CORRECTION", "company-ask-why"),
        (f"{about}/error", "company-error"),
        ("/company/error-notices", "company-error-notices"),
        ("/company/inquiries", "company-inquiries"),
        ("/company/consents", "company-consents"),
        ("/company/applications/copy", "company-copy"),
    ):
        exporter.open(path)
        exporter.look(name)


def apply_for_approval(exporter: Reader) -> str:
    """Apply for approval, with one manager and every paper, and return the interface's path."""
    exporter.page.get_by_label("For all goods of the company").check()
    manager = exporter.page.get_by_role("group", name="Origin manager 1")
    manager.get_by_label("Name").fill("Lee Minho")
    manager.get_by_label("Qualified as").select_option(label="Licensed customs broker")
    manager.get_by_label("No").check()
    manager.get_by_label("In post from").fill("2026-01-01")
    for box in exporter.page.get_by_role("group", name="Papers").get_by_role("textbox").all():
        box.fill("file 7")
    Mouse(exporter.page).press("Apply for approval")
    exporter.says("The application for approval is with the office.")
    key = exporter.page.url.partition("?")[0].rpartition("/")[2]
    return f"/approved-exporters/requests/{key}"


def call_to_a_hearing(portal: Portal, request: str) -> None:
    """Let an officer approve, and then propose to cancel what he approved."""
    with closing(portal.api(KOREA, "officer")) as officer:
        granted = officer.post(
            f"{request}/decision", {"decision": "APPROVED", "reason": "all is met"}
        )
        day = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
        called = {"ground": "RECORDS", "text": "Two pages were missing.", "hearing_on": day}
        officer.post(f"/approved-exporters/{granted['granted'][0]}/hearing", called)


def test_company_is_approved_and_looks_after_its_approval(portal: Portal, company: Company):
    exporter = portal.person(KOREA, company.login)
    hands = Mouse(exporter.page)
    hands.follow("Approval as exporter")
    hands.follow("Apply for approval")
    hands.press("Apply for approval")
    exporter.look("company-approval-refused")
    request = apply_for_approval(exporter)
    with closing(portal.api(KOREA, "officer")) as officer:
        officer.post(f"{request}/completion", {"text": "Send the register of 2026."})
    exporter.page.reload()
    exporter.look("company-approval-completion")
    hands.write("Your answer", "It is in file 9.")
    hands.press("Send the answer")
    call_to_a_hearing(portal, request)
    exporter.open("/company/approvals")
    exporter.look("company-approvals")
    exporter.page.locator("tbody a").first.click()
    hands.write("What you say to it", "They were with the auditor.")
    hands.press("Send the statement")
    exporter.says("They were with the auditor.")
    exporter.page.get_by_text("Tell who manages origin from now on", exact=True).click()
    exporter.look("company-approved")
    exporter.open("/company/approvals/renewal")
    exporter.look("company-approval-renewal")
