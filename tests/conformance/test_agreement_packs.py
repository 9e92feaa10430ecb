"""Every shipped pack is whole, says where its values come from, and solves its own cases."""

import re

import pytest

from ooms.agreements import notation, registry
from ooms.agreements.edition_tables import load_editions
from ooms.agreements.loader import load_cases
from ooms.agreements.policies import Ground, Kind
from ooms.agreements.rule_text import text_of
from ooms.origin.case import read_case
from ooms.origin.determine import determine
from ooms.origin.explain import answer

REGISTRY = registry.load_shipped()
EDITIONS = load_editions()
CASES = [
    pytest.param(case, id=f"{folder.name}: {case['name']}")
    for folder in registry.shipped_folders()
    for case in load_cases(folder)
]
PACKS = REGISTRY.every()


LONGEST_PHRASE = 25  # words; more would be a sentence of the treaty, not the name of a thing


def pack_ids(agreement):
    return agreement.code


@pytest.mark.parametrize("case", CASES)
def test_pack_solves_its_worked_case(case):
    read = read_case(case["document"], read_rule=notation.read)

    found = answer(determine(read, REGISTRY.agreement(read.agreement), editions=EDITIONS))

    assert found["verdict"] == case["verdict"]
    assert found["criterion"] == case.get("criterion")
    if "question" in case:
        assert case["question"] in [question["key"] for question in found["questions"]]
    if "minimum_price" in case:
        assert found["value"]["minimum_price"] == case["minimum_price"]


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_pack_brings_several_worked_cases(agreement):
    cases = load_cases(REGISTRY.folders[agreement.code])

    assert len(cases) >= 8
    assert {case["verdict"] for case in cases} == {
        "originating",
        "non_originating",
        "needs_fact",
    }


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_rules_of_a_pack_are_in_canonical_notation(agreement):
    for rule_set in agreement.rule_sets:
        for product in rule_set.products.rules:
            assert product.notation == text_of(product.rule), f"row {product.row}"


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_no_rule_of_a_pack_carries_treaty_sentences(agreement):
    for rule_set in agreement.rule_sets:
        for product in rule_set.products.rules:
            quoted = re.findall(r'"([^"]*)"', product.notation)
            assert all(len(words.split()) <= LONGEST_PHRASE for words in quoted), product.row
            assert len(product.goods.split()) <= LONGEST_PHRASE, product.row


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_every_form_can_print_every_ground(agreement):
    for rule_set in agreement.rule_sets:
        printed = {criterion.ground for criterion in rule_set.printed}
        needed = set(Ground) - {Ground.SET, Ground.OUTWARD}
        if not rule_set.exclusive_materials.confers:
            needed.discard(Ground.EXCLUSIVE_MATERIALS)
        assert not printed or printed >= needed  # a declaration prints no criterion


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_every_kind_of_line_has_its_treatment(agreement):
    for rule_set in agreement.rule_sets:
        treated = {treatment.kind for treatment in rule_set.treatments}
        assert treated == set(Kind) - {Kind.MATERIAL}


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_what_is_working_knowledge_is_not_called_verified(agreement):
    for rule_set in agreement.rule_sets:
        cited = [rule_set.cited, rule_set.value.cited]
        cited += [cumulation.cited for cumulation in rule_set.cumulations]
        cited += [product.cited for product in rule_set.products.rules]
        cited += [printed.cited for printed in rule_set.printed]
        assert all(c.source for c in cited)
        assert not any(c.verified and "working knowledge" in c.source for c in cited)


def test_viet_nam_pack_holds_all_rules_of_the_excerpt():
    rule_set = REGISTRY.agreement("KVFTA").rule_sets[0]

    assert len(rule_set.products.rules) == 401
    assert sorted(rule_set.coverage()) == [
        "01", "02", "03", "48", "49", "50", "51", "52", "62", "88", "89", "90",
    ]  # fmt: skip
