"""Approved exporters after their approval, by pages: checks, orders, hearings, their end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ooms.access.model import Role
from tests.approvals import approved_exporter
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.integration.portal.test_border import Desk, words_of
from tests.offices import Offices


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, "KR-KCS", "VN-CUSTOMS")


@pytest.fixture
def officer(offices):
    return offices.person("KR-KCS", "kim", Role.OFFICER)


@pytest.fixture
def approval(offices, officer):
    return approved_exporter(offices.company(), officer)


def codes(officer, name):
    scheme = officer.get("/approved-exporters/scheme")["scheme"]
    return [one["code"] for one in scheme[name]]


def done(desk, path, fields):
    answer = desk.send(path, fields)
    assert answer.status_code == 303, words_of(answer.text)


def test_check_and_order_are_kept_on_the_page(officer, approval):
    desk, path = Desk(officer), f"/desk/approved/{approval['id']}"
    check = {"follow.trigger": codes(officer, "triggers")[0], "follow.text": "the books of 2026"}
    done(desk, f"{path}/follow", check | {"follow.papers_by": "2026-12-20"})
    done(desk, f"{path}/result", {"result.words": "one page was missing"})
    order = {"order.ground": codes(officer, "orders")[0], "order.text": "keep every page"}
    done(desk, f"{path}/order", order | {"order.due_on": "2026-12-31"})
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
    done(desk, f"{path}/hearing", called | {"hearing.hearing_on": "2026-12-21"})
    said = {"record.text": "The books were lost.", "record.confirmed_by": "Park Jiwoo"}
    done(desk, f"{path}/record", said)
    early = supervisor.send(
        f"{path}/cancellation",
        {"cancellation.outcome": "NOT_PROVEN", "cancellation.reason": "no proof"},
    )

    assert unsaid.status_code == 422
    assert 'href="#hearing-text"' in unsaid.text
    assert "Decide after the hearing" in words_of(supervisor.open(path))
    assert "agreed to by Park Jiwoo" in words_of(desk.open(path))
    assert early.status_code == 409
