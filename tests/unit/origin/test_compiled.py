"""The compiled rules: the verdict of the traced engine on every bill, or none at all."""

from dataclasses import replace
from decimal import localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ooms.agreements import notation
from ooms.agreements.model import ProductRules
from ooms.agreements.nomenclature import Nomenclature
from ooms.kernel.quantity import EXACT
from ooms.origin.case import read_case
from ooms.origin.compiled.brief import Brief
from ooms.origin.compiled.judge import judge, verdict
from ooms.origin.compiled.prepared import CodeBook, prepare
from ooms.origin.compiled.rules import compile_rule_set
from ooms.origin.determine import determine
from tests.unit.origin.building import EDITIONS, REGISTRY, document, material, own

BOOK = CodeBook(EDITIONS)
COMPILED = {
    code: [
        compile_rule_set(r, agreement=a, nomenclature=Nomenclature.of(r.hs_edition))
        for r in a.rule_sets
    ]
    for code, a in ((code, REGISTRY.agreement(code)) for code in ("AKFTA", "KCFTA", "KVFTA"))
}
CODES = (
    *("850440", "850490", "853400", "721049", "520811", "540110", "170199", "040210"),
    *("8504", "85", "8504401010", "390120", "610910", "540752", "999999", None),
)
GOODS = ("850440", "610910", "170199", "210690", "390120", "870323", "010121", "852872", "8504")
ANSWERS = st.dictionaries(
    st.sampled_from(
        ["wholly_obtained", "bom_complete", "process:cutting", "process:sewing", "note:7"]
    ),
    st.booleans(),
    max_size=3,
)

lines = st.fixed_dictionaries(
    {
        "name": st.sampled_from("abcdefgh"),
        "hs": st.sampled_from(CODES),
        "value": st.none() | st.integers(0, 60).map(str),
        "weight": st.none() | st.integers(0, 60).map(str),
        "originating": st.sampled_from([True, False, None]),
        "origin": st.sampled_from([None, "KR", "VN", "CN", "JP"]),
        "kind": st.sampled_from(
            ["material"] * 5 + ["retail_packing", "accessory", "indirect", "shipping_packing"]
        ),
    }
)
bills = st.lists(lines, max_size=6)
cases = st.builds(
    lambda bill, more: document(*bill, **more),
    bills,
    st.fixed_dictionaries(
        {
            "agreement": st.sampled_from(["AKFTA", "KCFTA", "KVFTA"]),
            "hs": st.sampled_from(GOODS),
            "price": st.none() | st.integers(0, 200).map(str),
            "basis": st.sampled_from(["FOB", "FOB", "EXW"]),
            "hs_edition": st.sampled_from([2012, 2017, 2022]),
            "facts": ANSWERS,
            "processes": st.sampled_from([["assembly"], [], ["packing"], ["cutting", "sewing"]]),
        }
    ),
)


def both(case_document, compiled=None):
    """Judge by the compiled rules and by the traced engine."""
    case = read_case(case_document, read_rule=notation.read)
    agreement = REGISTRY.agreement(case.agreement)
    compiled = compiled or COMPILED[agreement.code][0]
    with localcontext(EXACT):
        quick = judge(compiled, prepare(case, book=BOOK))
    return quick, Brief.of(determine(case, compiled.agreement, editions=EDITIONS))


@given(cases)
@settings(max_examples=600, deadline=None)
def test_compiled_verdict_equals_the_traced_one(case_document):
    compiled, traced = both(case_document)

    assert compiled in (None, traced)


MORE_RULES = (
    *("CTH", "CC -{c39}", "CTSH", "CTH -{8534} +{853400}", "ONLY{7206..7229,c39}", "ANY"),
    *('CTH -{"resistors"@8533,5208..5212}', "CTH spare{same4 <= 20%FOB}", "CTSH @group"),
    *("RVC>=40%", "RVC.bd>=45%FOB", "RVC.fv{8504,c39}>=50%", "VNM<=50%FOB", "VNM{c39}<=10%"),
    *("VNM<=VOM", "WT{1701,c04}<=40%", 'WT.each{"sugar",c04}<=20%', "P(cutting+sewing)"),
    *("P(cutting>sewing)", 'P("woven in a Party")', 'FROM("yarn"@5205)', "FROM{c52,c54}"),
    *('GOOD("of glass"): CTH', 'WHEN("hot"): CC', "YEARS(3): CC THEN CTH", "NONE", "WO"),
    *("MACRO(process_rule)", "CTH NOTE(7)", "RVC>=35% QUOTA(annex_3)", "WO{c04}", "ORIG{c61}"),
)
rules = st.recursive(
    st.sampled_from(MORE_RULES).map(lambda rule: f"({rule})"),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("&|"), inner),
    max_leaves=4,
)


@given(cases, rules)
@settings(max_examples=600, deadline=None)
def test_compiled_rules_of_any_shape_agree_with_the_trace(case_document, written):
    compiled, traced = both(case_document, ruled_by(written, case_document["agreement"]))

    assert compiled in (None, traced)


def ruled_by(written, code):
    """Give an agreement whose every good has one rule."""
    agreement = REGISTRY.agreement(code)
    rule_set = agreement.rule_sets[0]
    general = replace(AKFTA_GENERAL, rule=notation.read(written), notation=written)
    changed = replace(rule_set, products=ProductRules.of(()), general=(general,))
    alone = replace(agreement, rule_sets=(changed,))
    nomenclature = Nomenclature.of(changed.hs_edition)
    return compile_rule_set(changed, agreement=alone, nomenclature=nomenclature)


AKFTA_GENERAL = REGISTRY.agreement("AKFTA").rule_sets[0].general[0]


@pytest.mark.parametrize("code", sorted(COMPILED))
def test_plain_bill_needs_no_traced_engine(code):
    bill = [material("board", "853400"), own("case", "392690"), material("box", "481910")]
    case = read_case(document(*bill, agreement=code, hs="852872"), read_rule=notation.read)

    with localcontext(EXACT):
        assert verdict(COMPILED[code][0], prepare(case, book=BOOK)) is not None
