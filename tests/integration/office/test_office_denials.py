"""Denials told to issuing authorities: by message at once, by letter in time, and explained."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update

from eodes.store import tables
from tests.integration.office.test_office_claims import a_claim
from tests.offices import an_application, approved, determined

DENIED = {"verdict": "DENIED", "ground": "OTHER-GOODS", "facts": "the plates say SC-900"}
VIET_NAM = "VN-CUSTOMS"
POSTING = {"posted_on": "2026-11-21", "channel": "EMS", "tracking": "EE 77 VN"}


@pytest.fixture
def issued(offices, exporter, officer):
    """A certificate of 500 pieces under AKFTA that Viet Nam has registered."""
    application = approved(exporter, officer, an_application(determined(exporter)))
    certificate = officer.post("/certificates", {"application_id": application["id"]})
    offices.run()
    return certificate


@pytest.fixture
def denied(importer, issued):
    """A claim of 200 pieces that an officer denied after the rules had granted it."""
    claim = importer.post("/claims", a_claim(issued["number"]))
    importer.post(f"/claims/{claim['id']}/lines/1/decisions", DENIED)
    return claim


def notices(person, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return person.get(f"/denial-notices?{query}")["items"]


def unanswerable(offices, issued):
    """Let the certificate be one that feedback cannot be told of any more."""
    with offices.world.nodes[VIET_NAM].database.begin() as connection:
        connection.execute(update(tables.received).values(state="ANNULLED"))


def test_denial_is_told_with_its_reasons_at_once(offices, exporter, importer, issued, denied):
    (notice,) = notices(importer)
    offices.run()
    notes = exporter.get(f"/certificates/{issued['id']}")["notes"]
    told = [one["facts"]["decisions"][0] for one in notes if one["kind"] == "certificate.used"]

    assert (notice["state"], notice["way"]) == ("TOLD", "MESSAGE")
    assert (notice["partner"], notice["agreement"]) == ("KR-KCS", "AKFTA")
    # Two months from the denial, and two from the notice (Decree 45).
    assert (notice["due_on"], notice["explain_by"]) == ("2027-01-21", "2027-01-21")
    assert "Enforcement Decree 45(1); stands in for the law of VN" in notice["source"]
    assert not notice["verified"]
    assert (told[-1]["outcome"], told[-1]["reason_code"]) == ("DENIED", "OTHER_GOODS")
    assert told[-1]["text"] == "the plates say SC-900"
    assert told[-1]["legal_basis"]


def test_explanation_that_is_accepted_grants_and_pays_back(offices, importer, issued, denied):
    (notice,) = notices(importer)
    path = f"/denial-notices/{notice['id']}"
    early = importer.try_post(
        f"{path}/explanation", {"words": "A slip.", "received_on": "2026-11-20"}
    )
    importer.post(f"{path}/explanation", {"words": "A slip.", "received_on": "2026-11-21"})
    refund = {"amount": "80.00", "currency": "USD"}
    accepted = importer.post(
        f"{path}/explanation/decision",
        {"is_accepted": True, "words": "The model was mistyped.", "refund": refund},
    )
    history = importer.get(f"/claims/{denied['id']}/lines/1/decisions")["items"]
    settled = importer.get("/refunds")["items"]

    assert early.json()["errors"][0]["code"] == "RUL-PERIOD"
    assert accepted["state"] == "ACCEPTED"
    assert accepted["explanation"]["new_decision_id"] == history[-1]["id"]
    assert [one["verdict"] for one in history] == ["GRANTED", "DENIED", "GRANTED"]
    assert [(one["kind"], Decimal(one["amount"])) for one in settled] == [("REFUND", Decimal(80))]


def test_late_explanation_is_heard_and_the_denial_stands(offices, importer, issued, denied):
    (notice,) = notices(importer)
    path = f"/denial-notices/{notice['id']}"
    offices.world.clock.advance(days=62)
    linh = offices.log_in(VIET_NAM, "linh")
    late = linh.post(f"{path}/explanation", {"words": "A slip.", "received_on": "2027-01-22"})
    end = {"is_accepted": False, "words": "The plates are of other goods."}
    dismissed = linh.post(f"{path}/explanation/decision", end)
    twice = linh.try_post(f"{path}/explanation/decision", end)

    assert late["explanation"]["is_late"] is True
    assert dismissed["state"] == "DISMISSED"
    assert (twice.status_code, twice.json()["code"]) == (409, "RUL-STATE")
    assert linh.get(f"/claims/{denied['id']}")["lines"][0]["decision"] == "DENIED"


def test_denial_that_no_message_tells_goes_by_letter(offices, importer, issued):
    claim = importer.post("/claims", a_claim(issued["number"]))
    unanswerable(offices, issued)
    importer.post(f"/claims/{claim['id']}/lines/1/decisions", DENIED)
    (due,) = notices(importer, state="DUE")
    path = f"/denial-notices/{due['id']}"
    unsealed = importer.try_post(f"{path}/posting", POSTING)
    importer.post(f"{path}/letter")
    again = importer.try_post(f"{path}/letter")
    pdf = importer.try_get(f"{path}/letter")
    told = importer.post(f"{path}/posting", POSTING)

    assert (due["way"], due["explain_by"], due["has_letter"]) == (None, None, False)
    assert [one.status_code for one in (unsealed, again)] == [409, 409]
    assert pdf.content.startswith(b"%PDF-")
    assert (told["state"], told["way"], told["tracking"]) == ("TOLD", "LETTER", "EE 77 VN")
    assert told["explain_by"] == "2027-01-21"


def test_untold_denial_is_found_the_day_after_its_last(offices, importer, issued):
    claim = importer.post("/claims", a_claim(issued["number"]))
    unanswerable(offices, issued)
    importer.post(f"/claims/{claim['id']}/lines/1/decisions", DENIED)
    offices.world.clock.advance(days=61)
    on_the_day = notices(offices.log_in(VIET_NAM, "linh"), overdue="true")
    offices.world.clock.advance(days=1)
    after = notices(offices.log_in(VIET_NAM, "linh"), overdue="true")

    assert on_the_day == []
    assert [one["due_on"] for one in after] == ["2027-01-21"]


def test_notice_is_dropped_when_the_line_is_granted_again(importer, denied):
    importer.post(f"/claims/{denied['id']}/lines/1/decisions", {"verdict": "GRANTED"})
    (notice,) = notices(importer)
    path = f"/denial-notices/{notice['id']}"
    late = importer.try_post(
        f"{path}/explanation", {"words": "A slip.", "received_on": "2026-11-21"}
    )

    assert notice["state"] == "DROPPED"
    assert (late.status_code, late.json()["code"]) == (409, "RUL-STATE")


def test_denial_is_listed_at_the_issuing_office_until_lifted(
    offices, exporter, officer, importer, issued, denied
):
    offices.run()
    (told,) = officer.get("/denial-notices/received")["items"]
    seen = exporter.get("/denial-notices/received")["items"]
    importer.post(f"/claims/{denied['id']}/lines/1/decisions", {"verdict": "GRANTED"})
    offices.run()
    (later,) = officer.get("/denial-notices/received")["items"]

    assert (told["number"], told["partner"]) == (issued["number"], VIET_NAM)
    (item,) = told["items"]
    assert (item["reason_class"], item["words"]) == ("OTHER_GOODS", "the plates say SC-900")
    assert item["basis"]
    assert not item["is_lifted"]
    # Two months from the day it was told, by Korea's own law.
    assert (told["explain_by"], told["verified"]) == ("2027-01-21", True)
    assert seen == [told]
    assert denied["declaration_number"] not in str(seen)
    assert later["items"][0]["is_lifted"]


def test_other_companies_see_nothing_of_a_denial(offices, importer, issued, denied):
    offices.run()
    stranger = offices.company("rival", name="RIVAL LTD.", tax_id="120-81-00002")

    assert stranger.get("/denial-notices/received")["items"] == []


def test_notice_is_shown_by_its_key(importer, issued, denied):
    (notice,) = notices(importer)

    assert importer.get(f"/denial-notices/{notice['id']}") == notice
    assert importer.try_get("/denial-notices/none").status_code == 404
