"""One certificate through the pages of two nodes, from hand to hand, by keyboard only."""

from __future__ import annotations

import re
import secrets
from contextlib import closing
from datetime import UTC, datetime

from ooms.demo import goods
from tests.browser import test_company as story
from tests.browser.hands import Keyboard
from tests.browser.people import Portal, Reader
from tests.browser.test_company import KOREA, VIET_NAM, Company, begin, fill_in, hand_in
from tests.browser.test_products import company as company_of

GOODS = "STATIC CONVERTERS, MODEL SC-500"
#: A message goes and its answer comes within seconds; looked for four times a second.
LOOKS, PAUSE = 120, 250


company = story.company


def apply(portal: Portal, company: Company) -> Reader:
    """Let the exporter hand an application in, and return his browser."""
    exporter = portal.person(KOREA, company.login)
    hands = Keyboard(exporter.page)
    begin(exporter, hands)
    fill_in(exporter, hands)
    hands.follow("Export declarations and remarks")
    hands.write("Numbers of the export declarations", "020-10-26-0000801")
    hands.press("Keep and go on")
    hand_in(exporter, hands)
    return exporter


def until(reader: Reader, words: str) -> None:
    """Look again until a page says something that the partner has to say first."""
    for _ in range(LOOKS):
        if words in reader.page.locator("main").inner_text():
            return
        reader.page.wait_for_timeout(PAUSE)
        reader.page.reload()
    raise AssertionError(f"{reader.page.url} never said {words!r}")


def test_certificate_goes_through_the_pages_of_both_nodes(portal: Portal, company: Company):
    exporter = apply(portal, company)
    number = issue(portal, company)
    exporter.open("/company/certificates")
    Keyboard(exporter.page).follow(number)
    until(exporter, "Registered by the partner")
    code = exporter.page.locator("dt:has-text('Code for looking it up') + dd").inner_text()

    grant(claim(portal, company, number, pieces="200", description=GOODS))

    until(exporter, "used 40 %")
    exporter.look("journey-used")
    check_in_public(portal, number, code)
    read_what_was_sent(portal)
    deny_a_doubtful_claim(portal, company, number)


def issue(portal: Portal, company: Company) -> str:
    """Let the officer take, approve and issue what waits first, and return its number."""
    officer = portal.person(KOREA, "officer")
    hands = Keyboard(officer.page)
    hands.press(re.compile(f"^Take the application of {re.escape(company.name)}"))
    officer.says("You have the application now.")
    officer.says("5 of 5 passed")
    hands.press("Approve")
    officer.says("The application is approved.")
    hands.press("Issue the certificate")
    officer.says("The certificate is issued.")
    return officer.heading().removeprefix("Certificate ")


def claim(
    portal: Portal, company: Company, number: str, *, pieces: str, description: str
) -> Reader:
    """Let the importing office enter a claim of some pieces."""
    border = portal.person(VIET_NAM, "border")
    hands = Keyboard(border.page)
    hands.follow("Enter a claim by hand")
    hands.write("Number of the declaration", f"HPH-{pieces}")
    hands.write("Number of the certificate", number)
    hands.write("Tariff code", "850440")
    hands.write("Quantity", pieces)
    hands.write("Unit", "C62")
    hands.write("Description", description)
    hands.write("Exporter", company.name)
    hands.press("Check the claim")
    border.says("The claim is checked.")
    return border


def grant(border: Reader) -> None:
    """See preference granted by the rules, or grant it.

    Before midnight in Viet Nam it is the next day in Korea: what Korea dates so is not valid yet
    in Viet Nam, and an officer decides.
    """
    if "An officer decides" in border.page.locator("main").inner_text():
        hands = Keyboard(border.page)
        hands.tick("Grant preference")
        hands.write("Facts that the decision rests on", "It is dated by the clock of Korea.")
        hands.press("Decide line 1")
    border.says("Preference granted")


def check_in_public(portal: Portal, number: str, code: str) -> None:
    """Let anybody check the certificate by its number and its code."""
    anybody = portal.guest(KOREA)
    anybody.open("/verify")
    hands = Keyboard(anybody.page)
    hands.write("Number of the certificate", number)
    hands.write("Code on the certificate", code)
    hands.press("Check")
    anybody.says("Yes: this office issued it.")


def read_what_was_sent(portal: Portal) -> None:
    """Let the operator see that the partner signed for the message."""
    operator = portal.person(KOREA, "operator")
    hands = Keyboard(operator.page)
    hands.follow("Messages to VN-CUSTOMS")
    hands.follow(re.compile("^CO_ISSUE"))
    operator.says("Signed answers")


def deny_a_doubtful_claim(portal: Portal, company: Company, number: str) -> None:
    """Let the importing office deny a claim of goods that the certificate does not cover."""
    border = claim(portal, company, number, pieces="10", description="FROZEN SHRIMPS")
    hands = Keyboard(border.page)
    hands.tick("Deny preference")
    hands.pick("Ground of a denial", "OFFICER")
    hands.write("Facts that the decision rests on", "The goods are shrimps.")
    hands.press("Decide line 1")
    border.says("The line is decided.")
    border.says("Preference denied")


def applied(portal: Portal, company: Company) -> str:
    """Let the exporter's program hand an application in, and return its key."""
    with closing(company.api(portal)) as exporter:
        content = goods.application(
            agreement="AKFTA",
            form_type="AK",
            country="ID",
            determination=exporter.get("/determinations")["items"][0]["id"],
            invoice="HB-2026-0901",
            today=datetime.now(UTC).date(),
        )
        content["buyer"] |= {"country": "VN"}
        made = exporter.post("/applications", content | {"import_country": "VN"})
        exporter.post(f"/applications/{made['id']}/submission", {})
    return str(made["id"])


def test_refusal_takes_two_people_at_their_keyboards(portal: Portal, company: Company):
    application_id = applied(portal, company)
    officer = portal.person(KOREA, "officer")
    at_officers = Keyboard(officer.page)
    at_officers.press(re.compile(f"^Take the application of {re.escape(company.name)}"))
    at_officers.pick("Ground of refusal", "Required papers are missing or do not agree")
    at_officers.write("Facts, and what the exporter can do", "Send the invoice of this sale.")
    at_officers.press("Propose to refuse")
    supervisor = portal.person(KOREA, "supervisor")
    at_supervisors = Keyboard(supervisor.page)
    at_supervisors.follow(re.compile(f"^{re.escape(company.name)}"))
    at_supervisors.press("Refuse for good")

    exporter = portal.person(KOREA, company.login)
    exporter.open(f"/company/applications/{application_id}")
    exporter.says("Send the invoice of this sale.")


def test_trail_and_figures_are_read_by_keyboard(portal: Portal):
    password = portal.nodes[KOREA].passwords["auditor"] = secrets.token_urlsafe(12)
    somebody = {"login": "auditor", "name": "Seo Yuna", "role": "AUDITOR", "password": password}
    with closing(portal.api(KOREA, "operator")) as operator:
        operator.post("/users", somebody)
    auditor = portal.person(KOREA, "auditor")
    hands = Keyboard(auditor.page)
    hands.follow("Check the whole chain")
    auditor.says("the chain holds")
    hands.follow("Figures")

    auditor.says("Hours to issue")


def test_producer_files_costs_by_keyboard(portal: Portal):
    _, exporter = company_of(portal)
    login, _ = company_of(portal, "PRODUCER")
    producer = portal.person(KOREA, login)
    producer.open("/company/cost-statements/new")
    hands = Keyboard(producer.page)
    hands.pick("Country", "South Korea")
    hands.write("Tax number", exporter["tax_id"])
    hands.write("Description, as on invoices", GOODS)
    hands.write("HS code", "850440")
    hands.write("Name", "printed circuits")
    hands.write("HS code", "853400")
    hands.write("Value in one unit", "35")
    hands.write("What is done to the product here", "assembly")
    hands.pick("Agreement", "AKFTA")
    hands.pick("Buyer's country", "Vietnam")
    hands.write("Price of one unit", "100")
    hands.press("File the statement")

    producer.says("The cost statement is filed.")
