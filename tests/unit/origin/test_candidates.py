"""Entries that describe a part of their codes: what all worlds agree on needs no answer."""

from dataclasses import replace
from datetime import date

import pytest

from ooms.kernel.period import Period
from tests.unit.origin.agreements import ON, found_under, question_keys, verdict_under
from tests.unit.origin.building import REGISTRY, material
from tests.unit.origin.made_policies import named, products

BOARD = material("board", "853400", "35")
MODULE = material("module", "850490", "35")


def with_entries(*entries, general=True, **more):
    agreement = REGISTRY.agreement("AKFTA")
    rule_set = agreement.rule_sets_on(ON)[0]
    kept = rule_set.general if general else ()
    rule_set = replace(rule_set, products=products(*entries), general=kept, **more)
    return replace(agreement, rule_sets=(rule_set,))


TWO = with_entries(("8504", "static converters", "CTH"), ("8504", "", "CC"))
CONVERTER = "good:static_converters"


def test_worlds_that_disagree_ask_which_good_it_is():
    found = found_under(TWO, BOARD)

    assert (found["verdict"], found["criterion"]) == ("needs_fact", None)
    assert question_keys(found) == [CONVERTER]


@pytest.mark.parametrize(
    ("answer", "expected"), [(True, "originating"), (False, "non_originating")]
)
def test_answer_picks_the_entry_or_drops_it(answer, expected):
    found = found_under(TWO, BOARD, facts={CONVERTER: answer})

    assert (found["verdict"], found["rule"]) == (expected, "CTH" if answer else "CC")


ALTERNATIVES = with_entries(
    ("8504", "static converters", "CTH"), ("8504", "inductors", "CC"), ("8504", "", "WO")
)


def test_yes_to_one_description_is_no_to_its_neighbors():
    found = found_under(ALTERNATIVES, BOARD, facts={"good:inductors": True})

    assert (found["verdict"], question_keys(found)) == ("non_originating", [])


def test_yes_to_two_descriptions_asks_both_again():
    found = found_under(ALTERNATIVES, BOARD, facts={CONVERTER: True, "good:inductors": True})

    assert found["verdict"] == "needs_fact"
    assert question_keys(found) == [CONVERTER, "good:inductors"]


def test_narrower_entry_is_asked_for_despite_a_wider_yes():
    agreement = with_entries(
        ("850440", "static converters", "CTH"), ("8504", "inductors", "CC"), ("8504", "", "WO")
    )
    found = found_under(agreement, BOARD, facts={"good:inductors": True})

    assert (found["verdict"], question_keys(found)) == ("needs_fact", [CONVERTER])


def test_worlds_that_agree_need_no_answer():
    steel = material("steel", "721049", "35")

    assert verdict_under(TWO, steel) == "originating"
    assert question_keys(found_under(TWO, MODULE)) == []
    assert verdict_under(TWO, MODULE) == "non_originating"


def test_agreed_origin_keeps_asking_when_the_printed_criterion_differs():
    agreement = with_entries(("8504", "static converters", "RVC.bd>=40%FOB"), ("8504", "", "CTH"))
    found = found_under(agreement, BOARD)

    assert (found["verdict"], question_keys(found)) == ("originating", [CONVERTER])


def test_entries_with_one_rule_need_no_answer():
    agreement = with_entries(("8504", "static converters", "CTH"), ("8504", "", "CTH"))

    assert question_keys(found_under(agreement, MODULE)) == []


def test_denied_description_leaves_the_general_rule():
    agreement = with_entries(("8504", "static converters", "CC"))

    denied = found_under(agreement, BOARD, facts={CONVERTER: False})
    assert (denied["verdict"], denied["rule"]) == ("originating", "CTH | RVC>=40%FOB")


def test_good_outside_every_entry_has_no_rule():
    agreement = with_entries(("8504", "static converters", "CTH"), general=False)

    assert verdict_under(agreement, BOARD) == "needs_fact"
    denied = found_under(agreement, BOARD, facts={CONVERTER: False})
    assert question_keys(denied) == ["rule_not_loaded"]


def test_rule_by_name_is_judged_as_the_pack_defines_it():
    agreement = with_entries(("8504", "", "MACRO(special)"), named=(named("special", "CTH"),))

    assert found_under(agreement, BOARD)["criterion"] == "CTC"
    assert verdict_under(agreement, MODULE) == "non_originating"


def test_name_that_leads_back_to_itself_is_a_question():
    circle = (named("round", "MACRO(trip)"), named("trip", "MACRO(round)"))
    found = found_under(with_entries(("8504", "", "MACRO(round)"), named=circle), BOARD)

    assert (found["verdict"], question_keys(found)) == ("needs_fact", ["macro:round"])


def test_note_in_the_policies_needs_no_person():
    noted = (("8504", "", "CTH NOTE(5)"),)

    assert verdict_under(with_entries(*noted), BOARD) == "needs_fact"
    assert verdict_under(with_entries(*noted, named=(named("5"),)), BOARD) == "originating"
    stricter = with_entries(*noted, named=(named("5", "VNM<=30%FOB"),))
    assert verdict_under(stricter, BOARD) == "non_originating"


def with_two_rule_sets(first, second):
    agreement = with_entries(("8504", "", first))
    older = replace(agreement.rule_sets[0], id="old")
    newer = replace(
        older,
        id="new",
        products=products(("8504", "", second)),
        marker="TRANSITIONAL RULES",
        validity=Period(date(2020, 1, 1), None),
    )
    return replace(agreement, rule_sets=(older, newer))


def test_exporter_takes_the_rule_set_that_serves_best():
    found = found_under(with_two_rule_sets("CC", "CTH"), BOARD)

    assert (found["verdict"], found["rule_set"]) == ("originating", "new")
    assert found["marker"] == "TRANSITIONAL RULES"
    assert [(r["rule_set"], r["verdict"]) for r in found["rule_sets"]] == [
        ("old", "non_originating"),
        ("new", "originating"),
    ]


def test_first_rule_set_is_told_when_both_serve():
    found = found_under(with_two_rule_sets("CTH", "CTH"), BOARD)

    assert found["rule_set"] == "old"
    assert "marker" not in found


def test_open_rule_set_is_better_than_a_failed_one():
    found = found_under(with_two_rule_sets("CC", "P(soldering)"), BOARD)

    assert (found["verdict"], question_keys(found)) == ("needs_fact", ["process:soldering"])


def test_exporter_may_name_the_rule_set():
    found = found_under(with_two_rule_sets("CC", "CTH"), BOARD, facts={"rule_set": "old"})

    assert found["verdict"] == "non_originating"


def of_a_part_of_the_list(**more):
    agreement = REGISTRY.agreement("AKFTA")
    rule_set = agreement.rule_sets_on(ON)[0]
    general = tuple(replace(rule, unlisted_goods=()) for rule in rule_set.general)
    agreement = replace(agreement, rule_sets=(replace(rule_set, general=general),))
    return found_under(agreement, BOARD, **more)


LISTED = "product_rule_listed:850440"


def test_general_rule_waits_until_the_whole_list_was_looked_at():
    found = of_a_part_of_the_list()

    assert (found["verdict"], question_keys(found)) == ("needs_fact", [LISTED])
    assert found["rule"] == "CTH | RVC>=40%FOB"


def test_general_rule_is_for_goods_the_list_does_not_name():
    assert of_a_part_of_the_list(facts={LISTED: False})["verdict"] == "originating"


def test_good_whose_rule_is_not_loaded_is_never_judged_by_the_general_one():
    found = of_a_part_of_the_list(facts={LISTED: True})

    assert (found["verdict"], question_keys(found)) == ("needs_fact", ["rule_not_loaded"])
