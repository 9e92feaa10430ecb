"""Pages of notices around denials, at the border and at the issuing office, without a browser."""

from __future__ import annotations

import re

import pytest

from ooms.decisions.loader import load_law
from ooms.jobs import remind_of_notices
from tests.integration.office import test_office_denials as story
from tests.integration.office.conftest import exporter, importer, officer
from tests.integration.office.test_office_claims import a_claim
from tests.integration.portal.desks import Desk, words_of

__all__ = ["exporter", "importer", "officer"]
issued, denied = story.issued, story.denied


@pytest.fixture
def border(importer):
    return Desk(importer)


@pytest.mark.usefixtures("denied")
def test_denial_that_was_told_is_explained_and_accepted_by_pages(border):
    listed = border.open("/border/denials?state=TOLD")
    (path,) = re.findall(r'href="(/border/denials/[^"?]+)"', listed)
    shown = words_of(border.open(path))
    nothing = border.send(f"{path}/explanation", {"explanation.words": ""})
    said = {"explanation.words": "A slip.", "explanation.received_on": "2026-11-21"}
    kept = border.send(f"{path}/explanation", said)
    decision = {
        "decision.is_accepted": "true",
        "decision.words": "The model was mistyped.",
        "decision.refund.amount": "80.00",
        "decision.refund.currency": "USD",
    }
    decided = border.send(f"{path}/decision", decision)
    after = words_of(border.open(path))

    assert "the plates say SC-900" in shown
    assert "stands in for the law of VN" in shown
    assert "This period was not read in the text itself." in shown
    assert nothing.status_code == 422
    assert "Error:" in nothing.text
    assert (kept.status_code, decided.status_code) == (303, 303)
    assert "Explanation accepted" in after
    assert "The model was mistyped." in after


def test_denial_goes_by_letter_from_its_page(offices, importer, border, issued):
    claim = importer.post("/claims", a_claim(issued["number"]))
    story.unanswerable(offices, issued)
    importer.post(f"/claims/{claim['id']}/lines/1/decisions", story.DENIED)
    (path,) = re.findall(r'href="(/border/denials/[^"?]+)"', border.open("/border/denials"))
    sealed = border.send(f"{path}/letter")
    letter = importer.client.get(f"{path}/letter", headers=border._headers())
    posting = {f"posting.{name}": value for name, value in story.POSTING.items()}
    posted = border.send(f"{path}/posting", posting)
    shown = words_of(border.open(path))

    assert (sealed.status_code, posted.status_code) == (303, 303)
    assert letter.content.startswith(b"%PDF-")
    assert "by letter, EE 77 VN" in shown


@pytest.mark.usefixtures("denied")
def test_issuing_office_and_exporter_read_why_it_was_denied(offices, exporter, officer, issued):
    offices.run()
    listed = words_of(Desk(officer).open("/desk/denials"))
    sheet = words_of(Desk(officer).open(f"/desk/certificates/{issued['id']}"))
    own = words_of(Desk(exporter).open(f"/company/certificates/{issued['id']}"))

    assert issued["number"] in listed
    assert all("the plates say SC-900" in page for page in (listed, sheet, own))
    assert "Enforcement Decree 45(2)" in listed
    assert "Your issuing office may explain a slip to that customs." in own


def test_notice_that_ended_is_shown_above_the_claims(offices, importer, issued):
    office = offices.offices["VN-CUSTOMS"]
    office.reasons.law = load_law("KR", calendar=office.gateway.calendar("KR"))
    claim = importer.post("/claims", a_claim(issued["number"]))
    told = {"ground": "FORGED", "facts": "the seal is none of the issuer's"}
    importer.post(f"/claims/{claim['id']}/lines/1/prior-notices", told)
    early = words_of(Desk(importer).open("/border/prior-notices"))
    offices.world.clock.advance(days=31)
    remind_of_notices(office)
    border = Desk(offices.log_in("VN-CUSTOMS", "linh"))

    listed = words_of(border.open("/border/prior-notices"))

    assert "Still running (1)" in early
    assert "To be decided now (1)" in listed
    assert f"{claim['declaration_number']} line 1, {issued['number']}" in listed
    assert "reminded 1 time" in listed
    assert "1 notice before a denial is to be decided now" in words_of(
        border.open("/border/claims")
    )
