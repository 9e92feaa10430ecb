"""The compiled rules: on every bill the verdict of the traced engine, and what goes with it."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ooms.agreements import notation
from ooms.agreements.model import ProductRules
from ooms.determinations.chambers import Chamber
from ooms.origin.case import read_case
from ooms.origin.compiled.brief import Brief
from ooms.origin.compiled.prepared import CodeBook, prepare
from ooms.origin.determine import determine
from tests.unit.origin.building import EDITIONS, REGISTRY, document, material, own

BOOK = CodeBook(EDITIONS)
CODES_OF_PACKS = REGISTRY.codes


@cache
def chamber(code):
    """Give an agreement with its rules compiled, loaded when a case first asks for it."""
    return Chamber.of(REGISTRY.agreement(code), book=BOOK)


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


def both(case_document, judge_by=None):
    """Judge by the compiled rules, where they can, and by the traced engine."""
    case = read_case(case_document, read_rule=notation.read)
    by = judge_by or chamber(case.agreement)
    found = by.judge(prepare(case, book=BOOK), importer=case.importing_party)
    traced = Brief.of(determine(case, by.agreement, editions=EDITIONS))
    return found.brief, traced, found.is_compiled


@given(cases)
@settings(max_examples=500, deadline=None)
def test_compiled_verdict_equals_the_traced_one(case_document):
    compiled, traced, _ = both(case_document)

    assert compiled == traced


@given(cases, st.sampled_from(CODES_OF_PACKS), st.data())
@settings(max_examples=500, deadline=None)
def test_every_shipped_pack_compiles_to_its_own_verdicts(case_document, code, data):
    parties = [party.letters for party in chamber(code).agreement.parties]
    home, other = data.draw(st.permutations(parties))[:2]
    moved = {"agreement": code, "exporting_party": home, "importing_party": other}

    compiled, traced, _ = both(case_document | moved)

    assert compiled == traced


MORE_RULES = (
    *("CTH", "CC -{c39}", "CTSH", "CTH -{8534} +{853400}", "ONLY{7206..7229,c39}", "ANY"),
    *('CTH -{"resistors"@8533,5208..5212}', "CTH spare{same4 <= 20%FOB}", "CTSH @group"),
    *("RVC>=40%", "RVC.bd>=45%FOB", "RVC.fv{8504,c39}>=50%", "VNM<=50%FOB", "VNM{c39}<=10%"),
    *("VNM<=VOM", "WT{1701,c04}<=40%", 'WT.each{"sugar",c04}<=20%', "P(cutting+sewing)"),
    *("P(cutting>sewing)", 'P("woven in a Party")', 'FROM("yarn"@5205)', "FROM{c52,c54}"),
    *('GOOD("of glass"): CTH', 'WHEN("hot"): CC', "YEARS(3): CC THEN CTH", "NONE", "WO"),
    *("GOOD{8504}: CTH", "GOOD{850440,8708}: CC", "GOOD{854370..854390}: ANY", "WO{c04}>=10%"),
    "WT{1701}<=30%{c17}",
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
    compiled, traced, _ = both(case_document, ruled_by(written, case_document["agreement"]))

    assert compiled == traced


def ruled_by(written, code):
    """Give an agreement whose every good has one rule."""
    agreement = REGISTRY.agreement(code)
    rule_set = agreement.rule_sets[0]
    general = replace(AKFTA_GENERAL, rule=notation.read(written), notation=written)
    changed = replace(rule_set, products=ProductRules.of(()), general=(general,))
    return Chamber.of(replace(agreement, rule_sets=(changed,)), book=BOOK)


AKFTA_GENERAL = REGISTRY.agreement("AKFTA").rule_sets[0].general[0]


@pytest.mark.parametrize("code", CODES_OF_PACKS)
def test_plain_bill_needs_no_traced_engine(code):
    home, other, *_ = sorted(party.letters for party in chamber(code).agreement.parties)
    bill = [material("board", "853400"), own("case", "392690", origin=home)]
    day = chamber(code).agreement.rule_sets[0].validity.start.isoformat()
    here = {"agreement": code, "exporting_party": home, "importing_party": other, "on": day}
    plain = document(*bill, agreement="AKFTA", hs="852872", hs_edition=2022)

    *_, is_compiled = both(plain | here)

    assert is_compiled


@given(st.lists(lines, min_size=1, max_size=4), st.sampled_from([None, "AKFTA", "KVFTA"]))
@settings(max_examples=100, deadline=None)
def test_proof_of_a_supplier_counts_under_its_agreement_alone(bill, named):
    """A proof that names another agreement leaves the line's origin not shown."""
    proof = named and {"agreement": named, "from": "2026-01-01", "until": "2027-01-01"}

    compiled, traced, is_compiled = both(document(*(line | {"proof": proof} for line in bill)))

    assert is_compiled
    assert compiled == traced


def test_bill_of_several_levels_goes_to_the_traced_engine():
    inner = own("core", "720890") | {"origin": "KR"}
    made = material("case", "732690") | {"originating": None, "made_from": [inner]}

    compiled, traced, is_compiled = both(document(made))

    assert not is_compiled
    assert compiled == traced
