"""A broker finds the doors that the company opened for him, and no refusal behind any of them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ooms.access.model import Role
from ooms.web.rate_limit import RateLimit
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.integration.office.test_office_secrets import broker_of
from tests.integration.portal.test_page_walk import wear
from tests.offices import Offices, an_application, approved, determined

KOREA = "KR-KCS"
LINK = re.compile(r'href="(/(?:company|rulings)[^"#]*)')
SHOWN, LEADS_ON = 200, 303
MANY = 10_000


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, KOREA, "VN-CUSTOMS")


@pytest.fixture
def exporter(offices):
    """A company with a certificate, a draft, and a finding that is stale by now."""
    exporter = offices.company("hanbit")
    officer = offices.person(KOREA, "kim", Role.OFFICER)
    found = determined(exporter)
    application = approved(exporter, officer, an_application(found))
    officer.post("/certificates", {"application_id": application["id"]})
    exporter.post("/applications", an_application(found))
    price = {"basis": "FOB", "amount": "1", "currency": "USD"}
    exporter.post(f"/products/{found['product_id']}/price", price)
    return exporter


def walked(client: Any) -> dict[str, Any]:
    """Follow every link of companies' pages from the first one; the answers by address."""
    waiting, answers = ["/company"], {}
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        answer = answers[address] = client.get(address, follow_redirects=False)
        if answer.status_code == LEADS_ON:
            waiting.append(answer.headers["Location"])
        elif "text/html" in answer.headers["Content-Type"]:
            waiting += [html.unescape(one) for one in LINK.findall(answer.text)]
    return answers


@pytest.mark.parametrize(
    ("scope", "arrives", "not_shown"),
    [
        ("APPROVALS", "/company/compliance", "/company/applications"),
        ("CERTIFICATES", "/company/applications", "/company/products"),
        ("GOODS", "/company/products", "/company/applications"),
    ],
)
def test_broker_finds_no_refusal_behind_any_link(offices, exporter, scope, arrives, not_shown):
    broker = broker_of(offices, exporter, "broker", scope)
    client = offices.clients[KOREA]
    client.app.state.rate_limit = RateLimit(most=MANY)
    wear(client, broker)

    answers = walked(client)

    refused = {
        address: one.status_code
        for address, one in answers.items()
        if one.status_code not in {SHOWN, LEADS_ON}
    }
    assert refused == {}
    assert answers["/company"].headers["Location"] == arrives
    assert not_shown not in answers
    assert "Only what the company lets you see" in answers["/company/compliance"].text


def test_broker_is_told_what_self_checks_do_not_know(offices, exporter):
    broker = broker_of(offices, exporter, "broker", "APPROVALS")
    client = offices.clients[KOREA]
    wear(client, broker)

    asked = client.get("/company/compliance/self-check").text

    assert "The company does not let you see this." in asked
    assert "origin findings are stale" not in asked


def test_broker_whom_nobody_lets_act_any_more_chooses_anew(offices, exporter):
    broker = broker_of(offices, exporter, "broker", "CERTIFICATES")
    client = offices.clients[KOREA]
    wear(client, broker)
    client.cookies.set("company", "another")

    answer = client.get("/company/certificates", follow_redirects=False)

    assert answer.headers["Location"] == "/company/choose"
