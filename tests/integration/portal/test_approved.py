"""Approved exporters after their approval, by pages: checks, orders, hearings, their end."""

from __future__ import annotations

import pytest

from ooms.access.model import Role
from tests.approvals import approved_exporter
from tests.integration.portal.desks import Desk, words_of


@pytest.fixture
def approval(offices, officer):
    return approved_exporter(offices.company(), officer)


def codes(officer, name):
    scheme = officer.get("/approved-exporters/scheme")["scheme"]
    return [one["code"] for one in scheme[name]]


def test_check_and_order_are_kept_on_the_page(officer, approval):
    desk, path = Desk(officer), f"/desk/approved/{approval['id']}"
    check = {"follow.trigger": codes(officer, "triggers")[0], "follow.text": "the books of 2026"}
    desk.do(f"{path}/follow", check | {"follow.papers_by": "2026-12-20"})
    desk.do(f"{path}/result", {"result.words": "one page was missing"})
    order = {"order.ground": codes(officer, "orders")[0], "order.text": "keep every page"}
    desk.do(f"{path}/order", order | {"order.due_on": "2026-12-31"})
    page = words_of(desk.open(path))

    assert approval["number"] in words_of(desk.open("/desk/approved"))
    assert "one page was missing" in page
    assert "In force, something is to be set right" in page
    assert "Accept what was set right" in page


def test_cancellation_is_proposed_by_one_and_decided_by_another(offices, officer, approval):
    desk, path = Desk(officer), f"/desk/approved/{approval['id']}"
    supervisor = Desk(offices.person("KR-KCS", "choi", Role.SUPERVISOR))
    ground = codes(officer, "cancellations")[0]
    unsaid = desk.send(f"{path}/hearing", {"hearing.ground": ground})
    called = {"hearing.ground": ground, "hearing.text": "the books were invented"}
    desk.do(f"{path}/hearing", called | {"hearing.hearing_on": "2026-12-21"})
    said = {"record.text": "The books were lost.", "record.confirmed_by": "Park Jiwoo"}
    desk.do(f"{path}/record", said)
    early = supervisor.send(
        f"{path}/cancellation",
        {"cancellation.outcome": "NOT_PROVEN", "cancellation.reason": "no proof"},
    )

    assert unsaid.status_code == 422
    assert 'href="#hearing-text"' in unsaid.text
    assert "Decide after the hearing" in words_of(supervisor.open(path))
    assert "agreed to by Park Jiwoo" in words_of(desk.open(path))
    assert early.status_code == 409
