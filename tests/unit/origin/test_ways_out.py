"""What is proposed works: every change is made to the case, and the case is judged again."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ooms.origin.explain import answer
from ooms.origin.smallest import smallest_sets
from tests.unit.origin.advising import (
    advised,
    changed_by,
    has_only_changes,
    judged_with_advice,
    parties_of,
    verdict_of,
)
from tests.unit.origin.building import document, material, own

CODES = ["850440", "850490", "8504", "853400", "85", "721049", None]
RULES = [
    "CTH",
    "CC",
    "CTSH",
    "CTH -{8534}",
    "RVC>=40%",
    "VNM<=50%FOB",
    "CTH & RVC>=60%",
    "CTH & P(casting)",
    "CC | RVC>=70%",
    "P(casting+forging) | VNM<=20%FOB",
    None,
]
lines = st.fixed_dictionaries(
    {
        "name": st.sampled_from("abcd"),
        "hs": st.sampled_from(CODES),
        "value": st.none() | st.integers(0, 60).map(str),
        "weight": st.none() | st.integers(0, 60).map(str),
        "originating": st.sampled_from([True, False, False, None]),
        "kind": st.sampled_from(["material", "material", "retail_packing", "accessory"]),
    }
)
nested = lines | st.builds(
    lambda line, parts: line | {"made_from": parts}, lines, st.lists(lines, min_size=1, max_size=2)
)
bills = st.lists(nested, min_size=1, max_size=4)
facts = st.sampled_from([{}, {"process:casting": False}, {"process:forging": False}])
processes = st.sampled_from([["manufacture"], ["packaging"]])


def require_that_every_way_leads_out(case_document):
    for way in judged_ways(case_document):
        for party in parties_of(way):
            assert verdict_of(changed_by(case_document, way, party=party)) == "originating", way


def judged_ways(case_document):
    found = answer(judged_with_advice(case_document))
    return [way for way in found["would_qualify_if"] if has_only_changes(way)]


def texts(found):
    return [way["text"] for way in found["would_qualify_if"]]


def only_changes(found, change):
    return [
        remedy
        for way in found["would_qualify_if"]
        if len(way["all_of"]) == 1
        for remedy in way["all_of"][0]["any_of"]
        if remedy["change"] == change
    ]


@given(bills, st.sampled_from(RULES), facts, processes)
@settings(max_examples=120, deadline=None)
def test_every_proposed_change_makes_the_good_originate(bill, rule, said, done):
    case_document = document(*bill, rule=rule, facts=dict(said), processes=done)

    require_that_every_way_leads_out(case_document)


@pytest.mark.parametrize("agreement", ["AKFTA", "KCFTA", "KVFTA"])
@pytest.mark.parametrize("hs", ["850440", "610910", "392690", "870899"])
def test_changes_work_under_the_rules_of_the_packs_too(agreement, hs):
    bill = [material("same", hs, "40", weight="4"), material("other", "720839", "30", weight="3")]

    require_that_every_way_leads_out(document(*bill, agreement=agreement, hs=hs))


def test_lowest_price_is_rounded_up_to_the_minor_unit():
    found = advised(material("part", "850490", "65"), rule="RVC>=40%")

    (price,) = only_changes(found, "raise_price")
    assert price["price"] == "108.34"
    assert "108.34 USD (FOB)" in price["text"]


def test_price_a_minor_unit_lower_does_not_qualify():
    bill = (material("part", "850490", "65"),)

    assert advised(*bill, rule="RVC>=40%", price="108.33")["verdict"] == "non_originating"
    assert advised(*bill, rule="RVC>=40%", price="108.34")["verdict"] == "originating"


def test_currency_without_minor_unit_gets_a_whole_price():
    price = {"basis": "FOB", "amount": "100", "currency": "KRW"}
    case_document = document(material("part", "850490", "65"), rule="RVC>=40%") | {"price": price}

    (way,) = [w for w in judged_ways(case_document) if "price" in w["all_of"][0]["any_of"][0]]

    assert way["all_of"][0]["any_of"][0]["price"] == "109"


def test_one_material_fixes_shift_and_value_at_once():
    found = advised(
        material("module", "850490", "45"), material("board", "853400", "20"), rule="CTH & RVC>=60%"
    )

    (sourcing,) = only_changes(found, "source_originating")
    assert sourcing["materials"] == ["module"]


def test_of_equal_remedies_the_cheapest_material_comes_first():
    found = advised(
        material("dear", "853400", "40"), material("cheap", "853400", "30"), rule="RVC>=60%"
    )

    named = [remedy["materials"] for remedy in only_changes(found, "source_originating")]
    assert named == [["cheap"], ["dear"]]


def test_material_may_stay_foreign_up_to_the_tolerance():
    found = advised(material("part", "850490", "65"), rule="CTH")

    (limit,) = only_changes(found, "limit_foreign")
    assert limit["at_most"] == "10.00"


def test_sourcing_names_only_parties_that_would_count():
    found = advised(material("part", "850490", "65"), rule="CTH")

    (sourcing,) = only_changes(found, "source_originating")
    assert sourcing["from"][0] == "KR"
    assert "VN" in sourcing["from"]
    assert "JP" not in sourcing["from"]


def test_denied_process_is_proposed_to_be_carried_out():
    found = advised(material("part", "850490"), rule="P(weaving)", facts={"process:weaving": False})

    assert texts(found) == ["carry out in a Party: weaving"]


def test_minimal_operations_alone_ask_for_more_work():
    found = advised(material("part", "853400"), rule="CTH", processes=["packaging"])

    assert "carry out more in a Party than operations that confer no origin" in texts(found)


def test_nothing_is_proposed_for_what_originates():
    assert advised(own("part", "850490"), rule="CTH")["would_qualify_if"] == []


def test_nothing_is_proposed_where_nothing_helps():
    assert advised(material("part", "850490"), rule="NONE", processes=[])["would_qualify_if"] == []


def test_long_bill_is_advised_before_a_reader_waits():
    bill = [material(f"part {n}", "850490", "2") for n in range(45)]
    case_document = document(*bill, rule="CTH & RVC>=60%")

    started = time.process_time()
    ways = judged_ways(case_document)

    assert ways
    assert time.process_time() - started < 5


def test_smallest_sets_are_the_fewest_and_cheapest():
    found = smallest_sets((5, 3, 4, 1), lambda chosen: sum(chosen) >= 7, cost=Decimal)

    assert found == ((3, 4), (5, 3), (5, 4))


def test_many_members_are_reduced_until_none_can_go():
    members = tuple(range(1, 40))

    (found,) = smallest_sets(members, lambda chosen: sum(chosen) >= 100, cost=Decimal)

    assert sum(found) >= 100
    assert all(sum(found) - n < 100 for n in found)
