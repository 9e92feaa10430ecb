"""The published worked cases of other administrations come out as published.

The translation into cases stands in `worked_cases.toml`; a reader with the shared reference can
check it against the source, and the last test does so for what can be compared.
"""

import json
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.registry import load_shipped
from ooms.agreements.treaty_words.reading import read_rule
from ooms.origin.case import read_case
from ooms.origin.determine import determine

CASES = tomllib.loads(Path(__file__).with_name("worked_cases.toml").read_text("utf-8"))["case"]
AS_WRITTEN = [case for case in CASES if "note" not in case]  # a note says what was put otherwise
SOURCE = Path(__file__).parents[3] / "shared" / "cases" / "worked_cases.jsonl"
REGISTRY = load_shipped()
EDITIONS = load_editions()


def verdict_of(document):
    case = read_case(document, read_rule=read_rule)
    agreement = REGISTRY.agreement(case.agreement)
    return determine(case, agreement, editions=EDITIONS).verdict.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_published_case_has_its_published_verdict(case):
    assert verdict_of(case["document"]) == case.get("verdict", case["expected"])


def test_no_case_is_answered_against_its_source():
    otherwise = [case for case in CASES if "verdict" in case]

    assert all(case["verdict"] == "needs_fact" and case["note"] for case in otherwise)
    assert len(CASES) >= 60


def published():
    if not SOURCE.exists():
        pytest.skip("the shared reference is not beside the checkout")
    lines = SOURCE.read_text("utf-8").splitlines()
    return {case["id"]: case for case in map(json.loads, lines)}


def test_every_shared_case_is_translated():
    assert {case["id"] for case in CASES} == set(published())


@pytest.mark.parametrize("case", AS_WRITTEN, ids=lambda case: case["id"])
def test_translation_keeps_the_facts_of_its_source(case):
    source = published()[case["id"]]
    document = case["document"]

    assert case["expected"] == source["expected"]
    assert document["product"]["hs"] == source["product_hs"].replace(".", "")
    if source["price"] is not None and "price" in document:
        assert Decimal(document["price"]["amount"]) == Decimal(str(source["price"]))
    stated = [m for m in source["materials"] if m.get("value") is not None]
    values = {Decimal(m["value"]) for m in document["materials"] if "value" in m}
    assert {Decimal(str(m["value"])) for m in stated} == values
