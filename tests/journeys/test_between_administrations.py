"""Journeys between administrations: real processes, real HTTP, real signatures, a real partner."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.journeys.walk import AKFTA, KCFTA, KRIN, KVFTA, PIECES, Walk, send_first_certificate
from tests.running_offices import ADMINISTRATIONS, running


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    """Korea and four partners, each a process of its own."""
    folder = tmp_path_factory.mktemp("administrations")
    with running(folder, *(one.authority for one in ADMINISTRATIONS)) as started:
        yield started


@pytest.fixture
def walk_of(nodes):
    """Begin walks, each with a sale."""
    with ExitStack() as stack:
        yield lambda sale: stack.enter_context(closing(Walk(nodes, sale)))


@pytest.mark.parametrize("sale", [AKFTA, KCFTA, KVFTA, KRIN], ids=lambda sale: sale.agreement)
def test_company_gets_a_certificate_that_the_partner_registers(walk_of, sale):
    walk = walk_of(sale)
    company = walk.register_company()
    product = walk.describe_product()
    determination = walk.determine_origin()
    submitted = walk.apply()
    taken = walk.review()
    approved = walk.approve()
    issued = walk.issue()
    seen = walk.registered(issued)
    found = walk.claimed(issued["number"], count=PIECES)
    used = walk.seen(issued, lambda one: bool(one["use"]))

    assert product["hs"] == sale.hs
    assert determination["verdict"] == "originating"
    assert submitted["exporter_id"] == company["id"]
    assert [one["state"] for one in (submitted, taken, approved)] == [
        "SUBMITTED",
        "UNDER_REVIEW",
        "APPROVED",
    ]
    assert seen["exchange"]["partner"] == sale.partner
    assert found["decision"] == "GRANTED"
    assert (used["exchange"]["state"], used["use"][0]["percent"]) == ("USED", "100")


def test_refusal_takes_four_eyes_and_warns_the_next_officer(walk_of):
    walk = walk_of(AKFTA).ready_to_apply()
    walk.apply()
    walk.review()
    reason = {"decision": "REFUSED", "reason_code": "PAPERS", "reason": "the invoice is another's"}
    proposed = walk.officer.post(f"{walk.application}/decision", reason)
    alone = walk.officer.try_post(f"{walk.application}/refusal", {})
    confirmed = walk.supervisor.post(f"{walk.application}/refusal", {})
    seen = walk.exporter.get(walk.application)
    unissued = walk.officer.try_post(
        "/certificates", {"application_id": walk.application.rpartition("/")[2]}
    )
    again = walk.apply()
    warned = walk.officer.get(f"{walk.application}/warnings")["items"]

    assert proposed["state"] == "REFUSAL_PROPOSED"
    assert (alone.status_code, alone.json()["code"]) == (403, "AUT-ROLE")
    assert confirmed["state"] == seen["state"] == "REFUSED"
    assert seen["decision"]["reason"] == "the invoice is another's"
    assert (unissued.status_code, unissued.json()["code"]) == (409, "RUL-STATE")
    assert walk.exporter.get("/certificates")["items"] == []
    assert again["state"] == "SUBMITTED"
    assert {"SAME_EXPORTER", "SAME_GOODS"} == set(warned[0]["because"])


def test_completed_application_becomes_a_certificate_after_all(walk_of):
    walk = walk_of(AKFTA).ready_to_apply()
    content = walk.content()
    walk.apply(content)
    walk.review()
    lacking = [{"box": "3", "text": "name the vessel", "reason_code": "BOX_EMPTY"}]
    asked = walk.officer.post(f"{walk.application}/completions", {"lacks": lacking})
    told = walk.exporter.get(f"{walk.application}/completions")["items"]
    too_early = walk.officer.try_post(f"{walk.application}/decision", {"decision": "APPROVED"})
    content["transport"]["conveyance"] = "HMM DIGNITY"
    walk.exporter.post(f"{walk.application}/content", content)
    back = walk.exporter.post(f"{walk.application}/submission", {"answer": "named"})
    walk.approve()
    seen = walk.registered(walk.issue())

    assert asked["state"] == "COMPLETION_REQUESTED"
    assert [one["text"] for one in told[0]["lacks"]] == ["name the vessel"]
    assert (too_early.status_code, too_early.json()["code"]) == (409, "RUL-STATE")
    assert back["state"] == "UNDER_REVIEW"
    assert "HMM DIGNITY" in str(seen["document"]["transport"])
    claimed = walk.claimed(seen["number"])
    assert claimed["decision"] == "GRANTED", claimed


def test_withdrawn_application_can_no_longer_be_decided(walk_of):
    walk = walk_of(AKFTA).ready_to_apply()
    walk.apply()
    walk.review()
    withdrawn = walk.exporter.post(f"{walk.application}/withdrawal", {"reason": "no buyer"})
    decided = walk.officer.try_post(f"{walk.application}/decision", {"decision": "APPROVED"})

    assert withdrawn["state"] == "WITHDRAWN"
    assert (decided.status_code, decided.json()["code"]) == (409, "RUL-STATE")
    assert walk.exporter.get("/certificates")["items"] == []


def test_correction_replaces_the_certificate_on_both_sides(walk_of):
    walk = walk_of(KCFTA).ready_to_apply()
    wrong = walk.issued()
    correction = {"reason_code": "CORRECTED", "reason": "marks were misspelled"}
    right = walk.officer.post(f"/certificates/{wrong['id']}/corrections", correction)
    walk.registered(right)
    replaced = walk.seen(wrong, lambda one: one["state"] == "REPLACED")
    old, new = walk.claimed(wrong["number"]), walk.claimed(right["number"])

    assert right["number"] != wrong["number"]
    assert replaced["replaced_by_id"] == right["id"]
    assert (old["decision"], old["reason_code"]) == ("DENIED", "LIN-STATE")
    assert new["decision"] == "GRANTED"


def test_what_is_passed_on_never_exceeds_the_first_certificate(nodes, walk_of, tmp_path):
    walk = walk_of(AKFTA)
    walk.register_company()
    number = send_first_certificate(nodes, folder=tmp_path, on=walk.today - timedelta(days=10))
    passed_on = walk.passed_on(number, count=60)
    seen = walk.registered(passed_on)
    (reference,) = seen["document"]["references"]
    walk.apply(walk.back_to_back(number, count=41))
    walk.review()
    walk.approve()
    too_much = walk.try_issue()
    (ledger,) = walk.officer.get(f"/first-certificates?number={number}")["items"]

    assert seen["exchange"]["partner"] == "ID-INSW"
    assert reference["number_raw"] == number
    claimed = walk.claimed(seen["number"])
    assert claimed["decision"] == "GRANTED", claimed
    assert (too_much.status_code, too_much.json()["code"]) == (422, "RUL-KIND")
    assert too_much.json()["errors"][0]["code"] == "LED-FIRST-EXCEEDED"
    assert [Decimal(one["left"]) for one in ledger["left"] if one["unit"] == "C62"] == [40]
