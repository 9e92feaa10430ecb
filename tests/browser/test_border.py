"""Officers at the border: decide claims, follow verification cases, and check papers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from playwright.sync_api import ViewportSize, expect

from ooms.bootstrap import opened, own_issuer
from ooms.demo.nodes import RunningNode
from ooms.documents.trust import write_issuer
from tests.browser.people import Portal, Reader
from tests.journeys.walk import KVFTA, Walk
from tests.papers import jpeg, raster

VIET_NAM, KOREA = "VN-CUSTOMS", "KR-KCS"
_PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class Sold:
    """A certificate that Viet Nam has registered, and the paper of it."""

    certificate: dict[str, Any]
    exporter: str
    pdf: bytes


@pytest.fixture(scope="module")
def sold(nodes: dict[str, RunningNode]) -> Iterator[Sold]:
    """A Korean certificate, whose seal Viet Nam believes."""
    with closing(Walk(nodes, KVFTA)) as walk:
        certificate = walk.ready_to_apply().issued()
        login = next(reversed(nodes[KOREA].passwords))  # who was let in last: the walk's exporter
        pdf = document_of(nodes[KOREA], login, certificate["id"])
        trust_korea(nodes)
        yield Sold(certificate, walk.company["name"], pdf)


def document_of(node: RunningNode, login: str, certificate_id: str) -> bytes:
    """Fetch the sealed document as the exporter's program does."""
    with httpx2.Client(base_url=f"{node.office}/api/v1", timeout=30) as client:
        person = {"login": login, "password": node.passwords[login]}
        opened = client.post("/sessions", json=person).json()
        bearer = {"Authorization": f"Bearer {opened['token']}"}
        answer = client.get(f"/certificates/{certificate_id}/document", headers=bearer)
    assert answer.status_code == 200, answer.text
    return answer.content


def trust_korea(nodes: dict[str, RunningNode]) -> None:
    """Let Viet Nam believe the seals of Korea, as its operator does: offices read that once."""
    with opened(nodes[KOREA].config, environment={}) as (node, _):
        write_issuer(own_issuer(node), nodes[VIET_NAM].folder / "trust")
    nodes[VIET_NAM].stop()
    nodes[VIET_NAM].start()


def claimed(portal: Portal, sold: Sold, declaration: str) -> Any:
    """Claim goods of another description, and goods of a certificate that never came.

    They are declared on the day of the certificate: late in the evening it is tomorrow in Korea.
    """
    line = {"item_no": 1, "hs": KVFTA.hs, "quantity": "10", "unit": "C62"}
    body = {
        "declaration_number": declaration,
        "declared_on": sold.certificate["issued_on"],
        "office": "HAI PHONG",
        "importer": {"name": "PT NUSANTARA DAYA"},
        "lines": [
            line
            | {
                "line_no": 1,
                "certificate_number": sold.certificate["number"],
                "description": "FROZEN SHRIMPS",
                "exporter": sold.exporter,
                "value": "1250.00",
                "currency": "USD",
            },
            line | {"line_no": 2, "certificate_number": "K001-26-9999999", "agreement": "KVFTA"},
        ],
    }
    with closing(portal.api(VIET_NAM, "border")) as border:
        return border.post("/claims", body)


def test_claim_with_a_difference_is_decided_line_by_line(portal: Portal, sold: Sold):
    claim = claimed(portal, sold, "HPH-26-000101")
    officer = portal.person(VIET_NAM, "border")
    officer.look("border-claims")
    officer.page.get_by_role("link", name="HPH-26-000101").click()
    differs = officer.page.locator("#line-1-0 tr.office-differs")
    expect(differs).to_contain_text("FROZEN SHRIMPS")
    expect(differs).to_contain_text("Differs")
    officer.look("border-claim")
    deny(officer, 1, facts="The goods are shrimps.")
    officer.page.get_by_role("button", name="about line 1").click()
    officer.says("Not decided yet.")
    expect(officer.page.locator("#line-1-0")).to_contain_text("The goods are shrimps.")
    officer.look("border-claim-preview")
    officer.page.get_by_role("button", name="Decide line 1").click()
    officer.says("The line is decided.")
    deny(officer, 2, facts="No certificate came.")
    officer.page.get_by_role("button", name="Decide line 2").click()
    expect(officer.page.locator("#line-2-0")).to_contain_text("Preference denied")
    officer.look("border-claim-decided")
    with closing(portal.api(VIET_NAM, "border")) as border:
        told = border.get(f"/claims/{claim['id']}")

    assert [one["decision"] for one in told["lines"]] == ["DENIED", "DENIED"]


def test_importer_is_told_before_a_denial_and_answers(portal: Portal, sold: Sold):
    claimed(portal, sold, "HPH-26-000104")
    officer = portal.person(VIET_NAM, "border")
    officer.open("/border/claims")
    officer.page.get_by_role("link", name="HPH-26-000104").click()
    line = officer.page.locator("#line-1-0")
    line.get_by_text("Tell the importer before a denial, line 1").click()
    line.get_by_label("Ground of the denial to come").select_option("OFFICER")
    line.get_by_label("Facts that it would rest on").fill("The goods are shrimps.")
    line.get_by_label("What the importer may hand in against it").fill("A report of analysis.")
    line.get_by_role("button", name="Show the notice").click()
    officer.says("It is intended to deny preference")
    line.get_by_role("button", name="Send the notice").click()
    officer.says("The importer is told, and may answer.")
    officer.says("It is not decided before.")
    officer.look("border-claim-notice")
    deny(officer, 1, facts="The goods are shrimps.")
    officer.page.get_by_role("button", name="Decide line 1").click()
    officer.says("the prior notice is open until")
    line.get_by_label("What the importer answers").fill("They are fillets of shrimps.")
    line.get_by_label("The importer says that nothing more will come").check()
    line.get_by_role("button", name="Keep what the importer answers").click()
    officer.says("The importer's answer is kept.")
    officer.open("/border/prior-notices")
    officer.says("To be decided now (1)")
    officer.look("border-prior-notices")
    officer.page.get_by_role("link", name="HPH-26-000104").click()
    deny(officer, 1, facts="The goods are shrimps.")
    officer.page.get_by_role("button", name="Decide line 1").click()

    officer.says("The line is decided.")
    officer.says("Decided as announced")


def test_claim_is_entered_and_a_completion_asked_without_scripts(portal: Portal, sold: Sold):
    officer = portal.person(VIET_NAM, "border", scripts=False)
    page = officer.open("/border/claims/new")
    page.get_by_label("Number of the declaration").fill("HPH-26-000102")
    page.get_by_label("At import").check()
    page.get_by_label("Number of the certificate").fill(sold.certificate["number"])
    page.get_by_label("Tariff code").fill(KVFTA.hs)
    page.get_by_label("Quantity").fill("5")
    page.get_by_label("Unit").fill("C62")
    page.get_by_label("Description").fill("FROZEN SHRIMPS")
    page.get_by_role("button", name="Check the claim").click()
    officer.says("The claim is checked.")
    page.get_by_text("Ask for a completion, line 1").click()
    page.get_by_label("It does not agree with the import declaration").check()
    page.get_by_role("button", name="Ask for the completion").click()

    officer.says("The importer is asked to complete the proof.")
    officer.says("Asked for, no answer yet")


def test_verification_case_is_opened_and_followed(portal: Portal, sold: Sold):
    claim = claimed(portal, sold, "HPH-26-000103")
    officer = portal.person(VIET_NAM, "border")
    page = officer.open(f"/border/claims/{claim['id']}")
    page.get_by_role("link", name="Open a verification case from line 1").click()
    officer.look("border-case-new")
    page.get_by_role("button", name="Open the case").click()
    officer.says("The case is opened.")
    case = page.url.partition("?")[0].removeprefix(officer.address)
    draft(officer)
    head = portal.person(VIET_NAM, "supervisor")
    head.open(case)
    head.look("border-case-to-approve")
    step(head, "Approve the draft", {})
    officer.open(case)
    post_letter(officer)
    step(officer, "Let the request go", {})

    officer.says("The partner is asked")
    officer.says("days left")
    officer.look("border-case")
    officer.open("/border/verifications")
    officer.says("With the partner")
    officer.look("border-cases")


def test_photograph_of_a_printed_certificate_leads_to_what_was_registered(
    portal: Portal, sold: Sold
):
    claim = claimed(portal, sold, "HPH-26-000104")
    officer = portal.person(VIET_NAM, "border")
    officer.page.set_viewport_size(_PHONE)
    page = officer.open("/border/paper")
    photograph = jpeg(raster(sold.pdf, dpi=200))
    page.get_by_label("Photograph the paper").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photograph}
    )
    page.get_by_role("button", name="Check it").click()

    officer.says("What is sealed on the paper is what was registered.")
    officer.says(sold.certificate["number"])
    expect(page.get_by_role("link", name=claim["declaration_number"])).to_be_visible()
    officer.look("border-paper-result")
    officer.open("/border/paper")
    officer.look("border-paper")


def test_lists_of_persons_and_tips_are_kept(portal: Portal):
    officer = portal.person(VIET_NAM, "border")
    page = officer.open("/border/restrictions")
    page.get_by_label("As whom").select_option("EXPORTER")
    page.get_by_label("Name").fill("SHADOW LTD.")
    page.get_by_label("Why", exact=True).fill("Papers of others.")
    page.get_by_role("button", name="Put on the list").click()
    officer.says("The restriction is on the list.")
    officer.look("border-restrictions")
    officer.open("/border/watch")
    officer.look("border-watch")
    officer.open("/border/claims/files")
    officer.look("border-file")


def deny(officer: Reader, line: int, *, facts: str) -> None:
    """Fill in a denial of a line."""
    part = officer.page.locator(f"#line-{line}-0")
    part.get_by_label("Deny preference").check()
    part.get_by_label("Ground of a denial").select_option("OFFICER")
    part.get_by_label("Facts that the decision rests on").fill(facts)


def step(officer: Reader, words: str, fields: dict[str, str]) -> None:
    """Take a step of a case."""
    officer.page.get_by_role("link", name=words).click()
    for label, text in fields.items():
        officer.page.get_by_label(label).fill(text)
    officer.page.get_by_role("button", name=words).click()
    officer.says("Done. The case shows where it stands now.")


def draft(officer: Reader) -> None:
    """Ask the importer, who sends nothing, and write down what the partner is asked."""
    page = officer.page
    step(officer, "Ask the importer for papers", {"In words": "Send the papers of this import."})
    page.get_by_role("link", name="Say what the importer's papers came to").click()
    settled = page.get_by_role("group", name="Do they settle the doubt?")
    settled.get_by_label("No", exact=True).check()
    page.get_by_label("In words").fill("Nothing came.")
    page.get_by_role("button", name="Say what").click()
    page.get_by_role("link", name="Draft what the partner is asked").click()
    page.get_by_label("Letter to the partner").fill("Please verify the goods named below.")
    page.get_by_label("Doubt 1", exact=True).select_option("CRITERION")
    page.get_by_label("What suggests doubt 1").fill("The goods differ.")
    page.get_by_label("Question 1").fill("What was exported?")
    officer.look("border-case-draft")
    page.get_by_role("button", name="Draft what").click()


def post_letter(officer: Reader) -> None:
    """Have the letter sealed, and note that it was posted today."""
    step(officer, "Print and seal the letter", {})
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date().isoformat()
    page = officer.page
    page.get_by_label("Posted on").fill(today)
    page.get_by_label("How").select_option("EMS")
    page.get_by_label("Number of the posting").fill("EMS-1")
    page.get_by_role("button", name="Note the posting").click()
    officer.says("The posting is noted.")
