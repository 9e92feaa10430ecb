"""Officers take from the queue, check, complete, refuse by four eyes, issue, answer partners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from ooms.demo.api import Json
from tests.approvals import COMPANY
from tests.browser.people import Portal, Reader
from tests.journeys.walk import KVFTA, Walk


@pytest.fixture
def walk(portal: Portal) -> Iterator[Walk]:
    """A company of its own that is ready to apply for goods that go to Viet Nam."""
    with closing(Walk(portal.nodes, KVFTA)) as walk:
        yield walk.ready_to_apply()


def page_of(walk: Walk) -> str:
    return f"/desk{walk.application}"


def press(reader: Reader, name: str) -> None:
    reader.page.get_by_role("button", name=name, exact=True).click()


def test_officer_goes_from_the_queue_to_an_issued_certificate(portal: Portal, walk: Walk):
    walk.apply()
    officer = portal.person("KR-KCS", "officer")
    officer.open("/desk/queue?whose=UNASSIGNED&agreement=KVFTA")
    officer.look("desk-queue")
    row = officer.page.get_by_role("row").filter(has_text=walk.company["name"])
    expect(row).to_contain_text("days left")
    row.get_by_role("button", name="Take").click()
    officer.says("You have the application now.")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(walk.company["name"])
    officer.says("5 of 5 passed")
    officer.look("desk-application")

    officer.page.get_by_text("How it was judged, step by step").first.click()
    officer.says("How each material counts")
    papers = officer.page.locator("section", has=officer.page.locator("#check-PAPERS"))
    papers.get_by_text("Confirm or deny").click()
    papers.get_by_label("It passes").check()
    papers.get_by_label("What it rests on").fill("invoice and declaration seen")
    papers.get_by_role("button", name="Keep").click()
    officer.says("Your finding is kept.")
    press(officer, "Ask every register now")
    officer.says("No register stands in the way of the issue.")
    press(officer, "Approve")
    officer.says("The application is approved.")
    press(officer, "Issue the certificate")

    officer.says("The certificate is issued.")
    find_again(officer, walk, number=officer.heading().removeprefix("Certificate "))


def find_again(officer: Reader, walk: Walk, *, number: str) -> None:
    """Find a certificate by its number, spelled otherwise, and in the register."""
    certificate = walk.officer.get(f"/certificates?number={number.replace('-', '%20').lower()}")
    walk.registered(certificate["items"][0])
    officer.page.reload()
    officer.says("Registered by the partner")
    officer.look("desk-certificate")
    officer.open(f"/desk/certificates?number={number.replace('-', '').lower()}")
    officer.look("desk-certificates")
    officer.page.get_by_role("link", name=number).click()
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(number)
    officer.open("/desk/register?agreement=KVFTA")
    officer.says(number)
    officer.look("desk-register")
    officer.open("/desk/daily-lists")
    officer.look("desk-daily-lists")


def test_completion_round_shows_what_changed_in_words(portal: Portal, walk: Walk):
    content = walk.content()
    walk.apply(content)
    officer = portal.person("KR-KCS", "officer")
    officer.open(page_of(walk))
    press(officer, "Take this application")
    officer.page.get_by_role("link", name="Ask the exporter to complete it, box by box").click()
    press(officer, "Ask the exporter")
    expect(officer.page.locator(".govuk-error-summary")).to_be_focused()
    first = officer.page.get_by_role("group", name="What is lacking: 1")
    first.get_by_label("Box of the form").select_option(index=4)
    first.get_by_label("Reason").select_option("BOX_EMPTY")
    first.get_by_label("What is to be done").fill("Name the vessel")
    officer.look("desk-completion")
    press(officer, "Add more rows")
    expect(first.get_by_label("What is to be done")).to_have_value("Name the vessel")
    press(officer, "Ask the exporter")
    officer.says("The exporter is asked to complete the application.")
    officer.says("The clock stands still")

    content["transport"]["conveyance"] = "HMM DIGNITY"
    walk.exporter.post(f"{walk.application}/content", content)
    walk.exporter.post(f"{walk.application}/submission", {"answer": "The vessel is named"})
    officer.open(page_of(walk))

    changed = officer.page.get_by_role("row").filter(has_text="HMM DIGNITY")
    expect(changed).to_contain_text("Transport, vessel or vehicle")
    expect(changed).to_contain_text("changed")
    officer.says("The vessel is named")
    officer.look("desk-completed")


def test_refusal_takes_four_eyes_on_the_pages(portal: Portal, walk: Walk):
    walk.apply()
    walk.review()
    officer = portal.person("KR-KCS", "officer")
    officer.open(page_of(walk))
    press(officer, "Propose to refuse")
    expect(officer.page.locator(".govuk-error-summary")).to_be_focused()
    officer.look("desk-refusal-refused")
    officer.page.get_by_label("Ground of refusal").select_option("PAPERS")
    officer.page.get_by_label("Facts, and what the exporter can do").fill("Another's invoice")
    press(officer, "Propose to refuse")
    officer.says("The refusal is proposed.")

    supervisor = portal.person("KR-KCS", "supervisor")
    supervisor.open("/desk/queue?state=REFUSAL_PROPOSED")
    supervisor.page.get_by_role("link", name=walk.company["name"]).first.click()
    supervisor.says("Officer proposes to refuse:")
    supervisor.look("desk-refusal-proposed")
    supervisor.page.get_by_label("What is to be looked at again").fill("Ask for the right one")
    press(supervisor, "Return to the officer")
    supervisor.says("The proposed refusal went back to its officer.")
    officer.open(page_of(walk))
    officer.page.get_by_label("Ground of refusal").select_option("PAPERS")
    officer.page.get_by_label("Facts, and what the exporter can do").fill("Still another's")
    press(officer, "Propose to refuse")
    supervisor.open(page_of(walk))
    press(supervisor, "Refuse for good")

    supervisor.says("The application is refused.")
    supervisor.says("There is nothing for you to decide now.")
    assert walk.exporter.get(walk.application)["state"] == "REFUSED"


def test_supervisor_assigns_and_officer_announces_a_visit(portal: Portal, walk: Walk):
    walk.apply()
    supervisor = portal.person("KR-KCS", "supervisor")
    supervisor.open("/desk/queue?agreement=KVFTA&whose=UNASSIGNED")
    supervisor.look("desk-queue-supervisor")
    row = supervisor.page.get_by_role("row").filter(has_text=walk.company["name"])
    row.get_by_role("combobox").select_option(label="Officer")
    row.get_by_role("button", name="Assign").click()
    supervisor.says("The application is assigned.")

    officer = portal.person("KR-KCS", "officer")
    officer.open("/desk/queue?whose=MINE")
    row = officer.page.get_by_role("row").filter(has_text=walk.company["name"])
    row.get_by_role("button", name="Take").click()
    officer.page.get_by_role("link", name="Schedule a visit on site").click()
    officer.page.get_by_label("Ground").select_option("NOT_THE_MAKER")
    officer.page.get_by_label("What is looked at, and where").fill("The plant in Busan")
    officer.page.get_by_label("Day of the visit").fill(str(walk.today + timedelta(days=10)))
    officer.look("desk-visit")
    press(officer, "Give notice")

    officer.says("The visit is scheduled and its notice given.")
    officer.says("On-site check")
    officer.look("desk-visited")


def test_partners_request_is_answered_with_consent_and_approval(portal: Portal, walk: Walk):
    certificate = walk.issued()
    received = walk.officer.post("/verifications/received", asked_by_letter(walk, certificate))
    officer = portal.person("KR-KCS", "officer")
    officer.open("/desk/verifications")
    officer.look("desk-verifications")
    officer.page.get_by_role("link", name=received["asked"]["case_number"]).click()
    press(officer, "Take this case on")
    officer.says("Taken on")

    ask_company(officer, walk, number=certificate["number"])
    answer_inquiry(walk)
    officer.page.reload()
    officer.says("missing:")

    draft_result(officer, walk)
    press(officer, "Keep the draft")
    officer.says("Result drafted")
    press(officer, "Sort the papers and hand the result to headquarters")
    officer.says("waits for approval")

    supervisor = portal.person("KR-KCS", "supervisor")
    supervisor.open(f"/desk/verifications/{received['id']}")
    supervisor.look("desk-verification-approval")
    press(supervisor, "Approve the result")
    supervisor.says("Approved: ready to reply")
    officer.page.reload()
    press(officer, "Print and seal the letter")
    fill_posting(officer, walk)
    press(officer, "Note the posting")
    press(officer, "Let the reply go")

    expect(officer.page.get_by_text("Replied", exact=True)).to_be_visible()
    officer.look("desk-verification-replied")
    officer.says(re.compile("Papers that are withheld"))


def ask_company(officer: Reader, walk: Walk, *, number: str) -> None:
    """Notify the exporter and ask it about its certificate."""
    officer.page.get_by_text("Ask a company").click()
    officer.page.get_by_label("Company", exact=True).select_option(label=walk.company["name"])
    officer.page.get_by_role("group", name="Asked as").get_by_label("Exporter").check()
    officer.page.get_by_label("About certificate").select_option(number)
    officer.page.get_by_label("Notice and what is asked").fill("Hand in the production record")
    first_day = officer.page.get_by_label("First day of the investigation")
    first_day.fill(str(walk.today + timedelta(days=60)))
    press(officer, "Notify and ask")
    officer.says("The company is notified and asked.")
    officer.look("desk-verification")


def draft_result(officer: Reader, walk: Walk) -> None:
    """Fill in what was found, and how."""
    officer.page.get_by_text("Draft the result").click()
    form = officer.page.locator("form[action$='/result']")
    form.get_by_label("Is the certificate authentic?").select_option("YES")
    form.get_by_label("Do the goods originate?").select_option("YES")
    form.get_by_label("Facts").fill("The boards are made here")
    form.get_by_label("Legal basis of the finding").fill("KVFTA 3.4")
    form.get_by_label("Q1: Who made the boards?").fill("The exporter")
    form.get_by_label("By papers").check()
    form.get_by_label("Who was investigated").fill(walk.company["name"])
    form.get_by_label("From").fill(str(walk.today))
    form.get_by_label("To", exact=True).fill(str(walk.today))
    form.get_by_label("Legal basis of the investigation").fill("FTA Customs Special Act 18")


def fill_posting(officer: Reader, walk: Walk) -> None:
    """Say how the sealed letter travels."""
    officer.says("not posted yet")
    officer.page.get_by_label("Posted on").fill(str(walk.today))
    officer.page.get_by_label("How it travels").select_option("EMS")
    officer.page.get_by_label("Tracking number").fill("EM000000001KR")


def asked_by_letter(walk: Walk, certificate: Json) -> Json:
    """What Viet Nam asks by letter about an item of the certificate."""
    item = {"item_no": 1, "hs": walk.sale.hs, "description": walk.sale.description}
    asked = {
        "number": certificate["number"],
        "issuing_country": "KR",
        "issued_on": certificate["issued_on"],
        "items": [item],
    }
    return {
        "partner": "VN-CUSTOMS",
        "case_number": f"HP-{certificate['number']}",
        "agreement": walk.sale.agreement,
        "asked_on": str(walk.today - timedelta(days=3)),
        "received_on": str(walk.today),
        "certificates": [asked],
        "doubts": [{"kind": "CRITERION", "text": "the price is below that of its materials"}],
        "questions": [{"id": "Q1", "text": "Who made the boards?"}],
        "basis": "KVFTA 3.21",
    }


def answer_inquiry(walk: Walk) -> None:
    """Let the company answer with a paper that it consents to nobody's seeing."""
    inquiry = walk.exporter.get("/verifications/inquiries")["items"][0]
    paper = {
        "sha256": "ab" * 32,
        "size": 1000,
        "media_type": "application/pdf",
        "title": "Production record",
        "kind": "PRODUCTION_RECORD",
        "classes": ["PRODUCTION_PROCESS"],
    }
    answer = {"words": "Here it is", "papers": [paper]}
    walk.exporter.post(f"/verifications/inquiries/{inquiry['id']}/answer", answer)


def test_exporter_is_approved_on_one_page(portal: Portal, walk: Walk):
    applied = walk.exporter.post("/approved-exporters/requests", COMPANY)
    officer = portal.person("KR-KCS", "officer")
    officer.open("/desk/queue")
    officer.page.get_by_role("link", name="Applications for approval as exporter").click()
    officer.look("desk-approvals")
    officer.page.get_by_role("link", name=walk.company["name"]).click()
    officer.page.get_by_label("Approve", exact=True).check()
    officer.page.get_by_label("Ground of the decision").select_option("REQUIREMENTS_MET")
    press(officer, "Decide")
    expect(officer.page.locator(".govuk-error-summary")).to_be_focused()
    officer.look("desk-approval")
    officer.page.get_by_label("Reason in words").fill("Every requirement is met")
    press(officer, "Decide")

    officer.says("Done. The case shows where it stands now.")
    path = f"/approved-exporters/requests/{applied['id']}"
    assert walk.officer.get(path)["state"] == "APPROVED"
