"""Whatever the policies: an answer never turns a verdict round, and nothing unread passes."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ooms.agreements.policies import Differs
from ooms.origin.explain import ENGLISH
from tests.unit.origin.agreements import found_under, verdict_under, with_policies
from tests.unit.origin.made_policies import (
    TEXTILES,
    by_value,
    by_weight,
    outward,
    products,
    ranges,
    set_policy,
    tolerance,
)

EVERYTHING = ("shift", "made_from", "origin", "process")
AGREEMENT = with_policies(
    tolerances=(
        tolerance(
            by_value("8"),
            goods=("61..63",),
            materials=ranges("50..63"),
            excluded_words=("linings",),
            differs=Differs.HEADING,
            lifts=("shift", "made_from"),
        ),
        tolerance(
            by_weight("10", of="textiles"),
            by_value("5"),
            goods=TEXTILES,
            asks="mixed_product",
            lifts=EVERYTHING,
            within=(("elastomeric yarn", "7"), ("polyurethane yarn", "20")),
        ),
        tolerance(by_value("10"), lifts=EVERYTHING, waives_value_content=True),
    ),
    component_goods=ranges("62"),
    textile_free_materials=ranges("01..49", "64..97"),
    products=products(
        ("6203", "trousers", "CC"),
        ("6203", "coats", 'FROM("yarn")'),
        ("6203", "", "CTH & P(cutting+sewing)"),
    ),
    sets=set_policy("15"),
    outward=(outward("share", "10"), outward("zone", "40", own="60")),
)
RULES = [
    None,
    "CTH",
    'FROM("yarn")',
    'FROM{"natural fibres","coir yarn"}',
    "CTH & ORIG{c52}",
    "CC & (WO{c55} | VNM<=20%FOB)",
    "CTH & RVC>=60%",
    "P(weaving+sewing) | VNM<=40%MAT",
    'CTH +{"ribbons"@5806}',
]
CODES = ["520100", "520511", "5208", "540233", "580632", "620342", "620333", "960622", None]

lines = st.fixed_dictionaries(
    {
        "name": st.sampled_from("abcd"),
        "hs": st.sampled_from(CODES),
        "value": st.none() | st.integers(0, 40).map(str),
        "weight": st.none() | st.integers(0, 40).map(str),
        "originating": st.sampled_from([True, False, None]),
        "component": st.sampled_from(["body", "trim", None]),
    }
)
bills = st.lists(lines, min_size=1, max_size=3)
answers = st.fixed_dictionaries(
    {},
    optional={
        "classification_component": st.sampled_from(["body", "trim"]),
        "component:materials[0]": st.sampled_from(["body", "trim"]),
        "from:yarn": st.booleans(),
        "good:coats": st.booleans(),
        "good:trousers": st.booleans(),
        "is:coir_yarn:materials[0]": st.booleans(),
        "is:elastomeric_yarn:materials[0]": st.booleans(),
        "is:linings:materials[0]": st.booleans(),
        "is:polyurethane_yarn:materials[1]": st.booleans(),
        "is:ribbons:materials[0]": st.booleans(),
        "is:yarn:materials[0]": st.booleans(),
        "mixed_product": st.booleans(),
        "process:cutting": st.booleans(),
        "process:sewing": st.booleans(),
        "process:weaving": st.booleans(),
        "wholly_obtained:materials[0]": st.booleans(),
    },
)


def garment(rule, facts, **more):
    return {"hs": "620342", "rule": rule, "facts": facts, "product": {"weight": "100"}} | more


@given(bills, st.sampled_from(RULES), answers, answers)
@settings(max_examples=400)
def test_an_answer_never_turns_a_decided_verdict_round(bill, rule, before, more):
    both = more | before
    assume(not (both.get("good:coats") and both.get("good:trousers")))
    decided = verdict_under(AGREEMENT, *bill, **garment(rule, before))

    after = verdict_under(AGREEMENT, *bill, **garment(rule, both))

    assert decided in {"needs_fact", after}


@given(bills, st.sampled_from(RULES), answers)
@settings(max_examples=200)
def test_an_open_verdict_always_has_something_to_ask(bill, rule, facts):
    found = found_under(AGREEMENT, *bill, **garment(rule, facts))

    assert (found["verdict"] == "needs_fact") <= bool(found["questions"])


@given(bills, st.sampled_from(RULES), answers)
@settings(max_examples=200)
def test_a_missing_amount_supplied_keeps_a_decided_verdict(bill, rule, facts):
    decided = verdict_under(AGREEMENT, *bill, **garment(rule, facts))
    filled = [
        line | {"value": line["value"] or "7", "weight": line["weight"] or "7"} for line in bill
    ]

    zero = any(line["value"] == "0" or line["weight"] == "0" for line in bill)
    if decided != "needs_fact" and not zero:
        assert verdict_under(AGREEMENT, *filled, **garment(rule, facts)) == decided


@given(
    bills,
    st.text(alphabet="xyz ", min_size=1).filter(str.strip),
    st.sampled_from(['P("{0}")', 'CTH & P("{0}")', "MACRO(x)", "CTH NOTE(9)", 'GOOD("{0}"): ANY']),
    answers,
)
@settings(max_examples=200)
def test_no_answer_to_other_questions_lets_unread_text_pass(bill, words, shape, facts):
    written = shape.format(" ".join(words.split()))

    assert verdict_under(AGREEMENT, *bill, **garment(written, facts)) != "originating"


@given(bills, st.sampled_from(RULES), answers, st.booleans(), st.booleans())
@settings(max_examples=200)
def test_work_abroad_never_helps_without_a_zone(bill, rule, facts, is_set, has_value):
    raised = facts | {"worked_abroad": True} | ({"outward_value": "5"} if has_value else {})
    common = {"gri3_set": True} if is_set else {}
    order = {"non_originating": 0, "needs_fact": 1, "originating": 2}

    plain = verdict_under(AGREEMENT, *bill, **garment(rule, facts | common))
    abroad = verdict_under(AGREEMENT, *bill, **garment(rule, raised | common))

    assert order[abroad] <= order[plain]


@given(bills, st.sampled_from(RULES), answers)
@settings(max_examples=100)
def test_every_reason_under_any_policy_has_its_words(bill, rule, facts):
    found = found_under(AGREEMENT, *bill, **garment(rule, facts))

    keys = {question["reason"]["key"] for question in found["questions"]}
    for alternative in found["alternatives"]:
        keys |= {finding["reason"]["key"] for finding in alternative["findings"]}
    assert keys <= set(ENGLISH)
