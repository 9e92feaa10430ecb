"""What lists say of an application: every hit explains itself, and what is missing is unknown."""
# ruff: noqa: RUF001  # names in the letters that companies write them in

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ooms.crosschecks.entries import Terms
from ooms.crosschecks.legal_forms import load_legal_forms
from ooms.crosschecks.likeness import Likeness
from ooms.crosschecks.listings import LISTINGS
from ooms.crosschecks.model import Amount, Goods, Kind, Party, Question, Role, Stated, Verdict

LIKENESS = Likeness(legal_forms=load_legal_forms())
TERMS = Terms(date(2026, 11, 22), LIKENESS)
CONVERTERS = Goods(
    item_no=1,
    hs="850440",
    description="STATIC CONVERTERS, MODEL SC-500",
    model="SC-500",
    amounts=(Amount(Decimal("1250.5"), "KGM"), Amount(Decimal(500), "C62")),
)
QUESTION = Question(
    agreement="AKFTA",
    import_country="VN",
    exporter=Party(Role.EXPORTER, "HANBIT ELECTRONICS CO., LTD.", "KR", "120-81-00001"),
    others=(Party(Role.BUYER, "ACME TRADING LTD", "VN"),),
    goods=(CONVERTERS,),
    declarations=("41234-26-112233X",),
    shipped_on=date(2026, 11, 20),
)
DECLARED = {
    "number": "4123426112233x",
    "exporter_id": "1208100001",
    "hs": "8504409000",
    "quantity": "500",
    "unit": "C62",
    "shipped_on": "2026-11-20",
}
REGISTERED = {"identifier": "1208100001", "name": "Hanbit Electronics", "status": "ACTIVE"}
APPROVED = {"number": "A-1", "exporter_id": "1208100001", "agreements": "AKFTA", "hs": "850440"}
CONTROLLED = {"record": "CONTROL", "number": "3A001", "hs": "8504", "description": "converters"}
PERMIT = {
    "record": "PERMIT",
    "number": "P-77",
    "exporter_id": "120-81-00001",
    "hs": "850440",
    "destination": "VN",
    "last_day": "2026-11-22",
}
RECALL = {"number": "R-5", "hs": "8504", "brand": "HANBIT", "model": "SC 500", "reason": "fire"}
RESTRICTED = {"number": "E-9", "name": "OTHER", "aliases": "X CO; ACME TRADNG LLC", "country": "VN"}


def judged(kind, *records, question=QUESTION, terms=TERMS):
    return LISTINGS[kind].judge(question, records, terms)


def without(record, *names):
    return {name: value for name, value in record.items() if name not in names}


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        (Kind.EXPORT_DECLARATION, DECLARED),
        (Kind.EXPORT_DECLARATION, without(DECLARED, "quantity", "unit", "shipped_on")),
        (Kind.BUSINESS_REGISTRY, REGISTERED),
        (Kind.APPROVED_EXPORTER, APPROVED),
        (Kind.APPROVED_EXPORTER, APPROVED | {"agreements": "KVFTA; *", "hs": "*"}),
        (Kind.STRATEGIC_GOODS, CONTROLLED | {"hs": "8505"}),
        (Kind.STRATEGIC_GOODS, CONTROLLED | {"last_day": "2026-11-21"}),
        (Kind.RECALLED_GOODS, RECALL | {"hs": "8505"}),
        (Kind.RECALLED_GOODS, RECALL | {"model": "SC-501"}),
        (Kind.RESTRICTED_PARTIES, RESTRICTED | {"country": "IR"}),
        (Kind.RESTRICTED_PARTIES, RESTRICTED | {"last_day": "2026-11-21"}),
    ],
)
def test_entry_that_agrees_or_concerns_others_is_clear(kind, record):
    assert judged(kind, record).verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("kind", "record", "rule", "words"),
    [
        (Kind.EXPORT_DECLARATION, DECLARED | {"exporter_id": "999"}, "exporter", "by 999"),
        (Kind.EXPORT_DECLARATION, DECLARED | {"hs": "850490"}, "hs", "850440 are not declared"),
        (Kind.EXPORT_DECLARATION, DECLARED | {"quantity": "499"}, "quantity", "declared 499 C62"),
        (
            Kind.EXPORT_DECLARATION,
            DECLARED | {"shipped_on": "2026-11-19"},
            "shipped_on",
            "on 2026-11-19, the application says 2026-11-20",
        ),
        (Kind.BUSINESS_REGISTRY, REGISTERED | {"status": "CLOSED"}, "status", "is CLOSED"),
        (Kind.BUSINESS_REGISTRY, REGISTERED | {"name": "Daesung"}, "name", "is Daesung"),
        (Kind.APPROVED_EXPORTER, APPROVED | {"agreements": "KVFTA"}, "approval", "AKFTA 850440"),
        (Kind.APPROVED_EXPORTER, APPROVED | {"hs": "850450"}, "approval", "AKFTA 850440"),
        (
            Kind.APPROVED_EXPORTER,
            APPROVED | {"last_day": "2026-11-21"},
            "approval",
            "until 2026-11-21",
        ),
        (Kind.STRATEGIC_GOODS, CONTROLLED, "control", "no permit is stated"),
        (Kind.STRATEGIC_GOODS, CONTROLLED | {"hs": "8504402010"}, "control", "8504402010"),
        (Kind.RECALLED_GOODS, RECALL, "recall", "recall R-5 (fire): model as in"),
        (Kind.RECALLED_GOODS, {"number": "R", "name": "converters"}, "recall", "name as in"),
        (Kind.RESTRICTED_PARTIES, RESTRICTED, "name", "ACME TRADING LTD matched ACME TRADNG LLC"),
    ],
)
def test_hit_names_both_sides_and_says_why(kind, record, rule, words):
    found = judged(kind, record)

    assert found.verdict is Verdict.HIT
    assert [one.rule for one in found.hits] == [rule]
    assert words in found.hits[0].because
    assert found.hits[0].ours
    assert found.hits[0].theirs


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.EXPORT_DECLARATION, "41234-26-112233X is not on the list"),
        (Kind.BUSINESS_REGISTRY, "knows no 120-81-00001"),
        (Kind.APPROVED_EXPORTER, "120-81-00001 has no approval"),
    ],
)
def test_what_is_not_on_the_list_is_unknown(kind, words):
    found = judged(kind)

    assert found.verdict is Verdict.UNKNOWN
    assert words in found.why


def test_application_without_declaration_is_unknown_to_customs():
    found = judged(Kind.EXPORT_DECLARATION, question=replace(QUESTION, declarations=()))

    assert (found.verdict, found.why) == (
        Verdict.UNKNOWN,
        "the application names no export declaration",
    )


def test_quantities_in_other_units_are_not_compared_but_told():
    found = judged(Kind.EXPORT_DECLARATION, DECLARED | {"unit": "LTR"})

    assert found.verdict is Verdict.UNKNOWN
    assert "declared in LTR" in found.why


def test_items_of_one_declaration_are_added_up():
    found = judged(
        Kind.EXPORT_DECLARATION, DECLARED | {"quantity": "200"}, DECLARED | {"quantity": "300"}
    )

    assert found.verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("change", "clear"),
    [
        ({}, True),
        ({"destination": "*"}, True),
        ({"destination": "CN"}, False),
        ({"exporter_id": "999"}, False),
        ({"hs": "850450"}, False),
        ({"number": "P-78"}, False),
        ({"last_day": "2026-11-21"}, False),
    ],
)
def test_stated_permit_clears_only_what_it_covers(change, clear):
    asked = replace(QUESTION, stated=Stated(("p 77",)))
    found = judged(Kind.STRATEGIC_GOODS, CONTROLLED, PERMIT | change, question=asked)

    assert (found.verdict is Verdict.CLEAR) is clear
    assert ("line 1 under permit P-77" in found.why) is clear


def test_permit_that_is_not_stated_clears_nothing():
    assert judged(Kind.STRATEGIC_GOODS, CONTROLLED, PERMIT).verdict is Verdict.HIT


def test_recall_of_a_model_asks_brand_and_name_where_none_is_stated():
    bare = replace(CONVERTERS, model=None, description="HANBIT STATIC CONVERTERS")
    found = judged(Kind.RECALLED_GOODS, RECALL, question=replace(QUESTION, goods=(bare,)))

    assert found.verdict is Verdict.HIT
    assert found.why.endswith("does not state the model")


def test_recall_of_another_brand_is_no_hit():
    branded = replace(CONVERTERS, trademark="SUNRISE")
    found = judged(Kind.RECALLED_GOODS, RECALL, question=replace(QUESTION, goods=(branded,)))

    assert found.verdict is Verdict.CLEAR


def test_restricted_name_tells_score_alias_and_country():
    hit = judged(Kind.RESTRICTED_PARTIES, RESTRICTED).hits[0]

    assert hit.because == (
        "buyer ACME TRADING LTD matched ACME TRADNG LLC (E-9), score 0.92, alias, same country"
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "alike"),
    [
        ("ACME TRADING CO., LTD.", "Acme Trading", True),
        ("TRADING ACME", "Acme Trading S.A.", True),
        ("ACMETRADING", "ACME TRADING LLC", True),
        ("ＡＣＭＥ　ＴＲＡＤＩＮＧ", "acme trading", True),
        ("Müller Maschinen GmbH", "MULLER MASCHINEN", True),
        ("주식회사 한빛전자", "㈜한빛전자", True),
        ("上海远东电力有限公司", "上海远东电力", True),
        ("ООО Восток", "ВОСТОК", True),
        ("ACME TRADING", "ACME SHIPPING", False),
        ("ACME", "ACME TRADING HOUSE", False),
        ("HANBIT ELECTRONICS", "HANBIT CHEMICALS", False),
        ("LTD", "LLC", False),
    ],
)
def test_names_are_alike_by_what_tells_them_apart(ours, theirs, alike):
    assert LIKENESS.are_alike(ours, theirs) is alike
    assert LIKENESS.are_alike(theirs, ours) is alike


def test_quick_bound_never_hides_a_name_that_is_alike():
    names = ["ACME TRADING", "ACMETRADING", "TRADING ACME", "ACME TRADNIG", "A C M E TRADING"]
    pairs = [(LIKENESS.words(one), LIKENESS.words(other)) for one in names for other in names]

    for ours, theirs in pairs:
        slow = LIKENESS.score(ours, theirs, least=Decimal(0))
        assert LIKENESS.score(ours, theirs, least=slow) == slow, (ours, theirs)


def test_every_listing_is_looked_up_by_the_keys_that_it_asks_for():
    asked = {
        Kind.EXPORT_DECLARATION: DECLARED,
        Kind.BUSINESS_REGISTRY: REGISTERED,
        Kind.APPROVED_EXPORTER: APPROVED,
        Kind.STRATEGIC_GOODS: CONTROLLED | {"hs": "8504402010"},
        Kind.RECALLED_GOODS: RECALL,
    }

    for kind, record in asked.items():
        listing = LISTINGS[kind]
        assert listing.key(record) in (listing.keys(QUESTION) or ()), kind
    assert LISTINGS[Kind.RESTRICTED_PARTIES].keys(QUESTION) is None
