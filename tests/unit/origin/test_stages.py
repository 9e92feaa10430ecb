"""Stages of manufacture: earlier is allowed, later is not, and what cannot be placed is asked."""

import pytest

from ooms.agreements import notation
from ooms.agreements.rule import MadeFrom
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.facts import Material
from ooms.origin.stages import allows
from ooms.origin.truth import Truth

FREE = (HsRange.parse("01", "49"), HsRange.parse("64", "97"))


def allowed(rule, *codes, good, free=FREE):
    line = Material(path="materials[0]", name="m", codes=tuple(map(HsCode, codes)))
    made_from = notation.read(rule)
    assert isinstance(made_from, MadeFrom)
    return allows(made_from.items, line, good=HsCode(good), free=free)


@pytest.mark.parametrize(
    ("rule", "code", "truth"),
    [
        ('FROM("yarn")', "520100", Truth.YES),
        ('FROM("yarn")', "520511", Truth.YES),
        ('FROM("yarn")', "540233", Truth.YES),
        ('FROM("yarn")', "520811", Truth.NO),
        ('FROM("yarn")', "560312", Truth.NO),
        ('FROM("yarn")', "611020", Truth.NO),
        ('FROM("yarn")', "560410", Truth.UNKNOWN),
        ('FROM("yarn")', "560750", Truth.UNKNOWN),
        ('FROM("yarn")', "960622", Truth.YES),
        ('FROM("fabric")', "520811", Truth.YES),
        ('FROM("natural fibres")', "520300", Truth.YES),
        ('FROM("natural fibres")', "550320", Truth.NO),
        ('FROM("natural fibres not carded or combed")', "520300", Truth.NO),
        ('FROM("natural fibres not carded or combed")', "530130", Truth.UNKNOWN),
        ('FROM("natural fibres, not carded or combed")', "520100", Truth.YES),
        ('FROM("coir yarn")', "520511", Truth.UNKNOWN),
        ('FROM{"coir yarn","natural fibres"}', "520511", Truth.UNKNOWN),
        ('FROM("yarn"@5205)', "520811", Truth.UNKNOWN),
    ],
)
def test_textile_rule_allows_its_stage_and_earlier_ones(rule, code, truth):
    assert allowed(rule, code, good="620342") is truth


def test_textile_rule_without_free_codes_asks_about_buttons():
    assert allowed('FROM("yarn")', "960622", good="620342", free=()) is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("rule", "code", "truth"),
    [
        ("FROM{7207}", "260111", Truth.YES),
        ("FROM{7207}", "720449", Truth.YES),
        ("FROM{7207}", "720610", Truth.YES),
        ("FROM{7207}", "721810", Truth.UNKNOWN),
        ("FROM{7207}", "720839", Truth.NO),
        ("FROM{7207}", "730890", Truth.NO),
        ("FROM{7207}", "740311", Truth.UNKNOWN),
        ("FROM{7207}", "320810", Truth.YES),
        ("FROM{7207}", "720510", Truth.UNKNOWN),
        ("FROM{7218}", "721810", Truth.UNKNOWN),
        ("FROM{7404}", "260300", Truth.UNKNOWN),
        ("FROM{7205}", "320810", Truth.UNKNOWN),
        ('FROM("ingots"@7206)', "720110", Truth.YES),
    ],
)
def test_metal_rule_allows_earlier_stages_of_the_same_metal(rule, code, truth):
    assert allowed(rule, code, good="721070") is truth


def test_material_of_two_candidate_stages_is_not_placed():
    assert allowed('FROM("yarn")', "520511", "520811", good="620342") is Truth.UNKNOWN


def test_good_of_another_branch_is_never_judged_by_stage():
    assert allowed("FROM{7207}", "260111", good="850440") is Truth.UNKNOWN
