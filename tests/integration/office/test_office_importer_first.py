"""Importers before partners: their own checks, what they put right, and what follows from it."""

from __future__ import annotations

import pytest

from tests.integration.office.test_office_verifications import (
    HS,
    VIET_NAM,
    a_selection,
    agreed,
    issued,
    people,
)

__all__ = ["agreed", "issued", "people"]
OFFER = {"ground": "CAN_CURE_IT", "points": "Is the description that of the certificate?"}
FOUND = {"words": "The description is another's.", "answered_on": "2026-11-21"}
IMPORTER = {"name": "ORIENT POWER TRADING", "country": "VN"}


def claim(people, certificate, *, version=1, pieces="200"):
    line = {"line_no": 1, "certificate_number": certificate["number"], "item_no": 1, "hs": HS}
    body = {
        "declaration_number": "HPH-1",
        "version": version,
        "importer": IMPORTER,
        "lines": [line | {"quantity": pieces, "unit": "C62"}],
    }
    return people["asker"].post("/claims", body)


@pytest.fixture
def selected(people, issued):
    """Where a claim of 200 pieces is looked into."""
    made = claim(people, issued)
    case = people["asker"].post("/verifications", a_selection(issued, claim_ids=[made["id"]]))
    return f"/verifications/{case['id']}"


def used(agreed, certificate):
    """How many of the 500 pieces the exporter sees used."""
    agreed.run()
    office = agreed.offices[VIET_NAM]
    held = office.works.read(lambda work: office.claims.received(work, certificate["number"]))
    key = held[0].key(1)
    return int(office.works.read(lambda work: office.ledger.balance(work, key)).used * 500)


def test_self_check_lasts_between_five_and_thirty_days(people, selected):
    asker = people["asker"]
    short = asker.try_post(f"{selected}/self-check", OFFER | {"until": "2026-11-25"})
    long = asker.try_post(f"{selected}/self-check", OFFER | {"until": "2026-12-22"})
    offered = asker.post(f"{selected}/self-check", OFFER | {"until": "2026-11-26"})
    prolonged = asker.post(f"{selected}/self-check/more-time", {"asked_on": "2026-11-21"})
    twice = asker.try_post(f"{selected}/self-check/more-time", {"asked_on": "2026-11-21"})

    assert [one.json()["errors"][0]["code"] for one in (short, long)] == ["RUL-PERIOD"] * 2
    assert (offered["state"], offered["due_on"]) == ("SELF_CHECK", "2026-11-26")
    assert prolonged["due_on"] == "2026-12-26"
    assert (twice.status_code, twice.json()["code"]) == (409, "RUL-STATE")


def test_self_check_that_finds_nothing_wrong_closes_the_case(agreed, people, issued, selected):
    asker = people["asker"]
    asker.post(f"{selected}/self-check", OFFER | {"until": "2026-12-11"})
    end = {"end": "NOTHING_WRONG", "words": "The papers agree."}
    early = asker.try_post(f"{selected}/self-check/conclusion", end)
    answered = asker.post(f"{selected}/self-check/answer", FOUND)
    closed = asker.post(f"{selected}/self-check/conclusion", end)

    assert (early.status_code, early.json()["code"]) == (409, "RUL-STATE")
    assert (answered["state"], answered["due_on"]) == ("SELF_CHECK", "2026-12-21")
    assert (closed["state"], closed["due_on"]) == ("CLOSED_OK", None)
    assert used(agreed, issued) == 200


def test_self_check_corrects_only_what_was_handed_in_anew(agreed, people, issued, selected):
    asker = people["asker"]
    asker.post(f"{selected}/self-check", OFFER | {"until": "2026-12-11"})
    asker.post(f"{selected}/self-check/answer", FOUND)
    end = {"end": "CORRECTED", "words": "The importer took 50 pieces back."}
    promised = asker.try_post(f"{selected}/self-check/conclusion", end)
    claim(people, issued, version=2)
    same = asker.try_post(f"{selected}/self-check/conclusion", end)
    third = claim(people, issued, version=3, pieces="150")
    stands_on_the_second = asker.post(f"{selected}/self-check/conclusion", end)

    assert [one.json()["code"] for one in (promised, same)] == ["RUL-CORRECTION"] * 2
    assert stands_on_the_second["state"] == "CORRECTED"
    assert [one["claim_id"] for one in stands_on_the_second["corrections"]] == [third["id"]]
    assert used(agreed, issued) == 150


def test_inquiry_begins_once_the_self_check_did_not_do(agreed, people, selected):
    people["asker"].post(f"{selected}/self-check", OFFER | {"until": "2026-11-26"})
    words = {"words": "Send the papers of this import."}
    open_still = people["asker"].try_post(f"{selected}/inquiry", words)
    agreed.world.clock.advance(days=6)
    asker = agreed.log_in(VIET_NAM, "linh")
    late = asker.try_post(f"{selected}/self-check/answer", FOUND | {"answered_on": "2026-11-27"})
    asked = asker.post(f"{selected}/inquiry", words)

    assert (open_still.status_code, open_still.json()["code"]) == (409, "RUL-STATE")
    assert (late.status_code, late.json()["code"]) == (409, "RUL-PERIOD-ENDED")
    assert asked["state"] == "IMPORTER_INQUIRY"
    assert asked["self_check"]["answered_on"] is None


def test_correction_while_inquired_closes_the_case_and_is_counted(agreed, people, issued, selected):
    asker = people["asker"]
    asker.post(f"{selected}/inquiry", {"words": "Send the papers of this import."})
    asker.post(f"{selected}/suspension", {"words": "the doubt is grave"})
    second = claim(people, issued, version=2, pieces="120")
    words = {"words": "He declared 80 pieces too many."}
    both = asker.try_post(
        f"{selected}/inquiry/conclusion", words | {"is_resolved": False, "is_corrected": True}
    )
    closed = asker.post(
        f"{selected}/inquiry/conclusion", words | {"is_resolved": True, "is_corrected": True}
    )
    told = asker.get("/risk/explanation?declaration=HPH-1")["outcomes"]
    counted = {one["state"]: one["count"] for one in asker.get("/verifications/figures")["items"]}
    (suspended,) = asker.get(f"{selected}/suspensions")["items"]

    assert both.status_code == 422
    assert closed["state"] == "CORRECTED_BY_IMPORTER"
    assert [(one["version"], one["claim_id"]) for one in closed["corrections"]] == [
        (2, second["id"])
    ]
    assert used(agreed, issued) == 120
    assert {one["kind"]: one["result"] for one in told}["VERIFICATION"] == "WRONG"
    assert counted == {"CORRECTED_BY_IMPORTER": 1}
    assert suspended["lifted_because"] == "the case was closed"
    assert asker.get(f"{selected}/outcomes")["items"] == []


def test_case_without_a_claim_cannot_be_put_right(people, issued):
    asker = people["asker"]
    case = asker.post("/verifications", a_selection(issued))
    path = f"/verifications/{case['id']}"
    asker.post(f"{path}/inquiry", {"words": "Send the papers of this import."})
    end = {"is_resolved": True, "is_corrected": True, "words": "He says so."}
    refused = asker.try_post(f"{path}/inquiry/conclusion", end)

    assert (refused.status_code, refused.json()["code"]) == (422, "RUL-CORRECTION")
    assert asker.get(path)["state"] == "IMPORTER_INQUIRY"
