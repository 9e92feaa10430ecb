"""Outages on the desk's pages: numbers set aside, a paper entered, approved and registered."""

from __future__ import annotations

import pytest

from ooms.access.model import Role
from tests.integration.portal.desks import Desk, words_of
from tests.offices import determined

LIST = "/desk/number-blocks"
BLOCK = {"block.office": "K001", "block.agreement": "AKFTA", "block.count": "2"}
WHY = {"block.reason": "the computing center moves"}
LINE = "content.lines.0."


@pytest.fixture
def block(offices):
    supervisor = Desk(offices.person("KR-KCS", "choi", Role.SUPERVISOR))
    refused = supervisor.send(LIST, BLOCK | {"block.count": "many"})
    assert refused.status_code == 422
    assert 'href="#block-count"' in refused.text
    return supervisor.do(LIST, BLOCK | WHY)


def a_paper(determination):
    """What somebody types who has the paper before him."""
    return {
        "lines": "1",
        "received_on": "2026-11-21",
        "reason": "the system stood still",
        "form": "AKFTA/AK",
        "content.import_country": "VN",
        "content.buyer.name": "ORIENT POWER TRADING",
        "content.buyer.country": "VN",
        "content.buyer.address": "8 Market Road",
        "content.invoices.0.number": "HB-2026-1120",
        "content.invoices.0.dated": "2026-11-20",
        f"{LINE}determination_id": determination["id"],
        f"{LINE}quantities.0.kind": "NUMBER",
        f"{LINE}quantities.0.value": "500",
        f"{LINE}quantities.0.unit": "C62",
        f"{LINE}quantities.1.kind": "GROSS_WEIGHT",
        f"{LINE}quantities.1.value": "1250.5",
        f"{LINE}quantities.1.unit": "KGM",
        f"{LINE}packages.0.count": "50",
        f"{LINE}packages.0.kind": "CT",
        f"{LINE}marks": "SC-500 / C/NO. 1-50",
        "content.shipped_on": "2026-11-20",
        "content.transport.mode": "1",
        "content.transport.departure_date": "2026-11-20",
        "content.transport.conveyance": "HMM PROMISE",
        "content.transport.loading": "KRPUS",
        "content.transport.discharge": "VNHPH",
        "declarations": "41234-26-112233X",
    }


def test_paper_is_entered_approved_and_registered_by_pages(offices, officer, block):
    exporter = offices.company()
    determination, desk = determined(exporter), Desk(officer)
    form = f"/desk/companies/{determination['exporter_id']}/paper-application"
    empty = desk.send(form, {"lines": "1"})
    roomy = desk.send(form, a_paper(determination) | {"more": "1"})
    case = desk.do(form, a_paper(determination))
    desk.do(f"{case}/approval")
    paper = {"paper.number": "K001-26-0000001", "paper.issued_on": "2026-11-21"}
    told_by = {"paper.application_id": case.rpartition("/")[2], "paper.reason": "by hand"}
    certificate = desk.do(f"{block}/certificates", paper | told_by)
    without = {"without.number": "K001-26-0000002", "without.fate": "SPOILED"}
    wordless = desk.send(f"{block}/numbers-without", without)
    desk.do(f"{block}/numbers-without", without | {"without.reason": "ink was spilled"})
    page = words_of(desk.open(block))

    assert (empty.status_code, roomy.status_code, wordless.status_code) == (422, 200, 422)
    assert 'href="#form"' in empty.text
    assert 'name="content.lines.1.description"' in roomy.text
    assert "ORIENT POWER TRADING" in roomy.text
    assert "K001-26-0000001" in words_of(desk.open(certificate))
    assert "K001-26-0000001 Registered 21 November 2026 by hand" in page
    assert "K001-26-0000002 Spoiled ink was spilled" in page
    assert "every number, since" in words_of(desk.open(LIST))


def test_who_may_not_set_numbers_aside_is_not_asked_to(officer, block):
    desk = Desk(officer)

    assert "Set them aside" not in words_of(desk.open(LIST))
    assert desk.send(LIST, BLOCK | WHY).status_code == 403
    assert "no application under this agreement" in words_of(desk.open(block)).lower()
