"""What is left of a determination when a supplier's amounts may not be read out of it."""

import json
from typing import Any

from ooms.access.confidentiality import Sight, sight
from ooms.access.model import Role, User
from ooms.determinations.veil import REASON, Veil, plain, stating

WORDS = {REASON: "kept from you"}
CASE: dict[str, Any] = {
    "materials": [
        {"name": "steel", "made_from": [{"name": "ore", "statement": {"own_value": "3.33"}}]},
        {"name": "board", "statement": {"foreign_value": "7.77"}},
    ]
}
SEALED = ("materials[0].made_from[0]", "materials[1]")
MISSED = {"key": "value.missed", "facts": {"counted": "7.77", "content": "92.23%"}}


def finding(reason, **more):
    return {"criterion": "RVC", "met": True, "because": "7.77", "reason": reason} | more


def answered(*findings, **more):
    return {
        "verdict": "originating",
        "alternatives": [{"rule": "RVC", "met": True, "findings": list(findings)}],
        "origins": [],
        "value": {"method": "bd", "content_percent": "92.23", "slack": "1", "minimum_price": "9"},
        "questions": [],
        "would_qualify_if": [{"text": "sell for 9"}],
        "inputs_hash": "sha256:0",
    } | more


def test_lines_with_statements_are_found_at_any_depth():
    assert tuple(stating(CASE["materials"])) == SEALED


def test_only_sealed_lines_lose_their_statements():
    veiled = Veil(("materials[1]",), WORDS).case(CASE)

    assert "7.77" not in json.dumps(veiled)
    assert "3.33" in json.dumps(veiled)
    assert "7.77" in json.dumps(CASE), "the stored case keeps everything"


def test_every_figure_is_taken_out_and_what_is_met_stays():
    inner = finding(MISSED, materials=["board"])
    told = Veil(SEALED, WORDS).answer(answered(finding(MISSED, materials=[], parts=[inner])))
    (shown,) = told["alternatives"][0]["findings"]

    assert "7.77" not in json.dumps(told)
    assert (shown["met"], shown["because"]) == (True, "kept from you")
    assert (shown["parts"][0]["met"], shown["parts"][0]["materials"]) == (True, [])
    assert told["value"] == {"method": "bd"} | dict.fromkeys(
        ("content_percent", "slack", "minimum_price")
    )
    assert (told["would_qualify_if"], told["inputs_hash"]) == ([], None)


def test_reason_without_a_figure_keeps_its_words():
    carried_out = {"key": "process.met", "facts": {"process": "assembly"}}

    told = Veil(SEALED, WORDS).answer(answered(finding(carried_out, because="carried out")))

    assert told["alternatives"][0]["findings"][0]["because"] == "carried out"


def test_questions_about_the_suppliers_inputs_are_not_asked():
    reason = {"key": "ask.code", "facts": {"material": "board"}}
    keys = ("hs:materials[1]", "hs:materials[1].statement.foreign_inputs[0]")
    questions = [{"key": key, "text": key, "reason": reason} for key in keys]
    sets = [{"keys": [key], "could_become": []} for key in keys]

    told = Veil(SEALED, WORDS).answer(answered(questions=questions, deciding_questions=sets))

    assert [one["key"] for one in told["questions"]] == ["hs:materials[1]"]
    assert told["deciding_questions"] == [sets[0]]


def test_order_of_a_comparison_tells_nothing_of_slack():
    rows = [
        answered(agreement=code, rule_set="1", rule_loaded=True, ways_out=1)
        for code in ("RCEP", "KORUS")
    ]

    assert [one["agreement"] for one in Veil(SEALED, WORDS).rows(rows)] == ["KORUS", "RCEP"]
    assert [one["agreement"] for one in Veil((), WORDS).rows(rows)] == ["RCEP", "KORUS"]


def test_staleness_names_no_supplier_and_no_price():
    told = plain({"PROOF": "of ACME is EXPIRED", "PRICE": "from 9 on", "BILL": "version 2"})

    assert "ACME" not in str(told)
    assert "9" not in told["PRICE"]
    assert told["BILL"] == "version 2"


def test_sight_follows_owner_holder_and_role():
    def seen(role, company=None, *, holds=False):
        return sight(User("1", "u", "U", role, company), owner="own", holds=holds)

    assert seen(Role.EXPORTER, "own") is Sight.OWN
    assert seen(Role.EXPORTER, "other", holds=True) is Sight.NAMED
    assert seen(Role.BROKER, None, holds=True) is Sight.NAMED
    assert seen(Role.OFFICER, holds=True) is Sight.WHOLE
    assert seen(Role.OFFICER) is Sight.NAMED
    for role in (Role.AUDITOR, Role.OPERATOR, Role.PARTNER_DESK, Role.IMPORT_OFFICER):
        assert seen(role, holds=True) is Sight.NAMED
