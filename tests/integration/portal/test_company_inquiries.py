"""A company answers what a partner's customs asks, with papers known by their digests."""

from __future__ import annotations

import hashlib

import pytest

from tests.integration.databases import SQLITE
from tests.integration.office import test_office_verifications as story
from tests.integration.portal.desks import Desk, words_of

agreed, people, issued = story.agreed, story.people, story.issued
pytestmark = pytest.mark.parametrize("agreed", [SQLITE], indirect=True)
SHEET = b"%PDF-1.7 a process sheet"


@pytest.fixture
def inquiry(agreed, people, issued):
    """What Korea asks the company, since Viet Nam verifies its certificate."""
    story.requested(people, issued)
    case = story.received(agreed, people)
    return people["officer"].post(
        f"/verifications/received/{case['id']}/inquiries",
        {
            "company_id": case["companies"][0],
            "role": "EXPORTER",
            "certificate_number": issued["number"],
            "words": "Send the papers of origin.",
            "questions": [{"id": "Q1", "text": "Where were the boards made?"}],
            "starts_on": "2026-12-01",
        },
    )


def test_inquiry_is_answered_with_a_paper_by_its_digest(people, issued, inquiry):
    desk = Desk(people["exporter"])
    page = f"/company/inquiries/{inquiry['id']}"
    listed = words_of(desk.open("/company/inquiries"))
    asked = words_of(desk.open(page))

    answer = {
        "words": "Here it is.",
        "answer.Q1": "In Busan.",
        "papers.0.title": "process sheet",
        "papers.0.kind": "PRODUCTION_RECORD",
        "papers.0.classes": ["PRODUCTION_PROCESS", "OTHER"],
    }
    file = {"papers.0.file": ("sheet.pdf", SHEET, "application/pdf")}
    sent = desk.send(page, answer, files=file)
    told = people["exporter"].get(f"/verifications/inquiries/{inquiry['id']}")

    assert issued["number"] in listed
    assert "To be answered" in listed
    assert "Where were the boards made?" in asked
    assert sent.status_code == 303, sent.text
    assert told["answers"] == [{"id": "Q1", "text": "In Busan."}]
    assert told["papers"][0]["sha256"] == hashlib.sha256(SHEET).hexdigest()
    assert sorted(told["papers"][0]["classes"]) == ["OTHER", "PRODUCTION_PROCESS"]
    assert "process sheet" in words_of(desk.open(page))


def test_answer_without_words_is_asked_for_again(people, inquiry):
    desk = Desk(people["exporter"])

    refused = desk.send(f"/company/inquiries/{inquiry['id']}", {"answer.Q1": "In Busan."})

    assert refused.status_code == 422
    assert 'href="#words"' in refused.text
    assert "In Busan." in refused.text
