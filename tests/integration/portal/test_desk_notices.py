"""Notices of error as officers handle them by pages, and the consents of a case."""

from __future__ import annotations

from ooms.access.model import Role
from tests.integration.office.test_office_error_notices import filed, issued
from tests.integration.portal.desks import Desk, words_of
from tests.offices import determined

LIST = "/desk/error-notices"


def test_notice_is_acknowledged_passed_on_and_closed_by_pages(offices):
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    notice = filed(exporter, issued(exporter, officer, determined(exporter)))
    desk, page = Desk(officer), f"{LIST}/{notice['id']}"
    given = words_of(desk.open(f"{LIST}?state=FILED"))
    early = desk.send(f"{page}/closing", {"closing.words": "done"})
    desk.do(f"{page}/acknowledgement")
    desk.do(f"{page}/passing-on")
    wordless = desk.send(f"{page}/closing")
    desk.do(f"{page}/closing", {"closing.words": "the new certificate was issued"})
    done = words_of(desk.open(page))

    assert "K001-26-0000001" in given
    assert "A slip in this certificate alone" in given
    assert "HANBIT ELECTRONICS CO., LTD." in given
    assert (early.status_code, wordless.status_code) == (409, 422)
    assert 'href="#closing-words"' in wordless.text
    assert "it is the one that is wrong The exporter has a draft. By letter" in done
    assert "the new certificate was issued" in done
    assert "Box 7, line 1 should say SC-510" in done
    assert "What can be done" not in done


def test_supervisor_reads_a_notice_and_decides_nothing(offices):
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    notice = filed(exporter, issued(exporter, officer, determined(exporter)))
    reader = Desk(offices.person("KR-KCS", "choi", Role.SUPERVISOR))
    page = words_of(reader.open(f"{LIST}/{notice['id']}"))
    refused = reader.send(f"{LIST}/{notice['id']}/acknowledgement")

    assert "The model was mistyped" in page
    assert "Acknowledge the notice" not in page
    assert refused.status_code == 403


def test_consent_that_has_ended_or_is_taken_back_is_told_so(offices):
    exporter, officer = offices.company(), offices.person("KR-KCS", "kim", Role.OFFICER)
    consent = {"classes": ["OTHER"], "partner": "VN-CUSTOMS", "purpose": "VERIFICATION_CASE"}
    ended = exporter.post("/consents", consent | {"valid_until": "2026-11-25"})
    gone = exporter.post("/consents", consent | {"classes": ["PRODUCTION_COST"]})
    exporter.post("/consents", consent | {"valid_from": "2027-01-01"})
    exporter.post(f"/consents/{gone['id']}/withdrawal", {"reason": "they asked too much"})
    before = words_of(Desk(officer).open("/desk/consents"))
    released = words_of(Desk(officer).open("/desk/releases"))
    offices.world.clock.advance(days=5)
    after = words_of(Desk(offices.log_in("KR-KCS", "kim")).open("/desk/consents"))

    assert ended["valid_until"] == "2026-11-25"
    assert "before 25 November 2026 Holds" in before
    assert "before 25 November 2026 Has ended" in after
    assert "from 1 January 2027 Does not hold yet" in after
    assert "they asked too much" in before
    assert "Nothing was released yet." in released
