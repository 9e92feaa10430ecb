"""Pages of the border without a browser: what they say, and that nothing is lost on the way."""

from __future__ import annotations

import re

import pytest

from tests.integration.databases import SQLITE
from tests.integration.office import test_office_verifications as story
from tests.integration.office.test_office_border_desk import claimed, paper_of, trust_korea
from tests.integration.portal.desks import Desk, words_of

agreed, people, issued = story.agreed, story.people, story.issued
pytestmark = pytest.mark.parametrize("agreed", [SQLITE], indirect=True)


@pytest.fixture
def border(people):
    return Desk(people["asker"])


@pytest.fixture
def claim(people, issued):
    return claimed(people["asker"], issued["number"], "HPH-1", description="FROZEN SHRIMPS")


def test_claim_that_waits_stands_in_the_list_with_its_reason(border, claim):
    listed = words_of(border.open("/border/claims"))
    granted = words_of(border.open("/border/claims?decision=GRANTED"))

    assert claim["declaration_number"] in listed
    assert "declared description FROZEN SHRIMPS" in listed
    assert claim["declaration_number"] not in granted


def test_difference_is_marked_in_words_on_the_line(border, claim):
    page = border.open(f"/border/claims/{claim['id']}")
    row = re.search(r"<tr[^>]*office-differs.*?</tr>", page, flags=re.DOTALL)

    assert row is not None
    assert words_of(row[0]) == (
        "Description FROZEN SHRIMPS STATIC CONVERTERS, MODEL SC-500 Differs"
    )
    assert "REF-DESCRIPTION" in page


def test_denial_is_shown_as_the_importer_will_read_it_then_decided(border, claim):
    path = f"/border/claims/{claim['id']}/lines/1/0/decision"
    fields = {
        "d1-0.verdict": "DENIED",
        "d1-0.ground": "OFFICER",
        "d1-0.facts": "The goods are shrimps.",
        "d1-0.security.amount": "12",
    }
    preview = border.send(path, fields | {"step": "preview"})
    incomplete = border.send(path, fields | {"step": "decide", "d1-0.facts": ""})
    decided = border.send(path, fields | {"step": "decide"})
    page = words_of(border.open(f"/border/claims/{claim['id']}"))

    assert "Not decided yet." in preview.text
    assert "The goods are shrimps." in preview.text
    assert incomplete.status_code == 422
    assert 'href="#d1-0-facts"' in incomplete.text
    assert decided.headers["Location"].endswith("?done=line-decided#line-1-0")
    assert "Preference denied" in page


def test_claim_is_entered_line_by_line(border, issued):
    head = {"declaration_number": "HPH-9", "office": "HAI PHONG", "claim_type": "AT_IMPORT"}
    line = {
        "lines.0.certificate_number": issued["number"],
        "lines.0.hs": story.HS,
        "lines.0.quantity": "10",
        "lines.0.unit": "C62",
    }
    more = border.send("/border/claims/new", head | line | {"step": "add", "line-count": "1"})
    check = {"step": "check", "line-count": "2"}
    slips = {"lines.0.hs": "12", "lines.0.invoice": "HB-1", "lines.0.invoice_dated": "soon"}
    wrong = border.send("/border/claims/new", head | line | slips | check)
    worth = {"lines.0.value": "10.50", "lines.0.currency": "EUR"}
    entered = border.send("/border/claims/new", head | line | worth | check)
    claim = words_of(border.open(entered.headers["Location"]))

    assert "Line 2" in more.text
    assert (wrong.status_code, 'href="#lines-0-hs"' in wrong.text) == (422, True)
    assert 'href="#lines-0-invoice_dated"' in wrong.text
    assert "Value 10.50 EUR" in claim
    assert "HPH-9" in claim
    assert "Preference granted" in claim


def test_file_of_claims_tells_what_became_of_each(border, issued):
    rows = (
        "declaration_number,line_no,certificate_number,item_no,hs,quantity,unit\n"
        f"HPH-1,1,{issued['number']},1,{story.HS},10,C62\n"
        f"HPH-2,1,{issued['number']},1,12,10,C62\n"
    )
    answer = border.send("/border/claims/files", files={"file": ("claims.csv", rows)})
    told = words_of(answer.text)

    assert "1 declaration was checked. 1 was refused." in told
    assert "Line 1: Preference granted" in told


def test_case_is_opened_from_a_line_and_moved_step_by_step(border, people, claim):
    form = border.open(f"/border/verifications/new?claim={claim['id']}&line=1")
    fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form))
    fields |= {"reason": "CLAIM_CHECK", "because": "the goods differ"}
    fields |= {
        "partner": "KR-KCS",
        "agreement": "KVFTA",
        "importer": "ORIENT POWER TRADING",
        "exporter": "HANBIT ELECTRONICS CO., LTD.",
        "producer": "",
    }
    opened = border.send("/border/verifications/new", fields)
    case = opened.headers["Location"].partition("?")[0]
    border.send(f"{case}/steps/inquiry", {"words": "Send the papers."})
    border.send(f"{case}/steps/conclusion", {"is_resolved": "false", "words": "nothing came"})
    draft = {
        "letter": "Please verify.",
        "doubts.0.kind": "CRITERION",
        "doubts.0.text": "the materials come from elsewhere",
        "questions.0.id": "Q1",
        "questions.0.text": "Where were the boards made?",
        "questions.1.id": "Q2",
    }
    drafted = border.send(f"{case}/steps/draft", draft)
    head = Desk(people["head"])
    approved = head.send(f"{case}/steps/approval")
    border.send(f"{case}/steps/request")
    page = words_of(border.open(case))
    board = words_of(border.open("/border/verifications"))

    assert drafted.status_code == approved.status_code == 303
    assert "days left" in page
    assert "Our own last day, at 70 % of the period" in page
    assert "The request was approved by minh" in page
    assert "With the partner (1)" in board


def test_line_is_suspended_by_choosing_a_case_of_its_certificate(border, people, issued, claim):
    path, _sent = story.requested(people, issued)
    page = border.open(f"/border/claims/{claim['id']}")

    assert f'<option value="{path.rpartition("/")[2]}"' in page


@pytest.mark.parametrize("name", ["determination", "result", "visit", "notice", "draft"])
def test_every_kind_of_step_has_its_page(border, people, issued, name):
    path, _sent = story.requested(people, issued)
    page = border.open(f"/border{path}/steps/{name}")

    assert "<h1" in page


def test_paper_is_answered_with_what_was_registered(agreed, people, issued, border, claim):
    trust_korea(agreed)
    paper = paper_of(people, issued)
    answer = border.send("/border/paper", files={"file": ("co.pdf", paper, "application/pdf")})
    told = words_of(answer.text)
    typed = words_of(border.send("/border/paper", {"number": issued["number"].lower()}).text)
    nothing = border.send("/border/paper")

    assert "Is it authentic? Yes Is it unaltered? Yes" in told
    assert "What is sealed on the paper is what was registered." in told
    assert claim["declaration_number"] in told
    assert "Compare the paper in your hand" in typed
    assert nothing.status_code == 422


def test_restrictions_and_tips_are_kept_and_ended(border):
    who = {"role": "EXPORTER", "name": "SHADOW LTD.", "ground": "papers of others"}
    border.send("/border/restrictions", who)
    tip = {
        "kind": "WRONG_CODE",
        "subject.kind": "EXPORTER",
        "subject.key": "SHADOW LTD.",
        "text": "told by phone",
        "source": "an importer",
        "received_on": "2026-11-20",
    }
    kept = border.send("/border/watch/tips", tip)

    assert "SHADOW LTD." in border.open("/border/restrictions")
    assert kept.status_code == 303
    assert "The goods are declared under a wrong code" in border.open("/border/watch")
