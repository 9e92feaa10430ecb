"""Every shipped pack is whole, says where its values come from, and solves its own cases."""

import re
from datetime import date

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


TODAY = date(2026, 11, 22)
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


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_every_clock_says_its_length_and_place(agreement):
    for rule_set in agreement.rule_sets:
        clocks = rule_set.clocks
        assert all(clock.length > 0 and clock.cited.source for clock in clocks)
        assert len({clock.what for clock in clocks}) == len(clocks)
        assert all(proof.cited.source and proof.made_out_by for proof in rule_set.proofs)


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_notes_of_a_pack_tell_sources_and_coverage(agreement):
    notes = REGISTRY.folders[agreement.code].joinpath("NOTES.md").read_text("utf-8")

    assert {"## Sources", "## Interpretation", "## Coverage"} <= set(notes.splitlines())


@pytest.mark.parametrize("agreement", PACKS, ids=pack_ids)
def test_rule_sets_in_force_together_can_be_told_apart(agreement):
    together = agreement.rule_sets_on(TODAY)

    assert len({rule_set.id for rule_set in together}) == len(together)
    if len(together) > 1:
        assert not any(rule_set.id.isdigit() for rule_set in together)  # a case reads a number
        assert len({rule_set.marker for rule_set in together}) == len(together)


def test_no_two_packs_answer_to_one_name():
    names = [name.upper() for pack in PACKS for name in (pack.code, *pack.aliases)]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("KR-EU", "KREU"),
        ("EU-TN", "PEM-TN"),
        ("KI-CEPA", "KICEPA"),
        ("KR-IN", "KRIN"),
        ("CUSMA", "USMCA"),
        ("UKFTA", "KORUS"),
        ("Form D", "ATIGA"),
    ],
)
def test_officers_name_for_an_agreement_finds_it(typed, code):
    assert REGISTRY.agreement(typed).code == code


def test_tunisia_pack_marks_the_rules_an_exporter_chose():
    in_force = REGISTRY.agreement("PEM-TN").rule_sets_on(TODAY)

    assert {rule_set.id: rule_set.marker for rule_set in in_force} == {
        "convention-2012": "",
        "transitional": "TRANSITIONAL RULES",
        "revised-2023": "REVISED RULES",
    }


def test_viet_nam_pack_holds_all_rules_of_the_excerpt():
    rule_set = REGISTRY.agreement("KVFTA").rule_sets[0]

    assert len(rule_set.products.rules) == 401
    assert sorted({one.codes.start.chapter for one in rule_set.products.rules}) == [
        "01", "02", "03", "48", "49", "50", "51", "52", "62", "88", "89", "90",
    ]  # fmt: skip
