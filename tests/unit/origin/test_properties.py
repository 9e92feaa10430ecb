"""What must hold for every case: nothing helps that should not, and nothing passes unproved."""

import json
from decimal import Context, localcontext

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ooms.agreements import notation
from ooms.origin.case import read_case
from ooms.origin.determine import determine
from ooms.origin.explain import ENGLISH, answer, told
from tests.origin_answers import answer_bytes
from tests.unit.origin.agreements import stocks, verdict_under, with_policies, zone
from tests.unit.origin.building import EDITIONS, REGISTRY, document, judged, verdict

ORDER = {"non_originating": 0, "needs_fact": 1, "originating": 2}
CODES = ["850440", "850490", "8504", "853400", "85", "721049", None]
RULES = ["CTH", "CC", "CTSH", "CTH -{8534}", "RVC>=40%", "VNM<=50%FOB", "CTH & RVC>=60%", None]

lines = st.fixed_dictionaries(
    {
        "name": st.sampled_from("abcdefgh"),
        "hs": st.sampled_from(CODES),
        "value": st.none() | st.integers(0, 60).map(str),
        "weight": st.none() | st.integers(0, 60).map(str),
        "originating": st.sampled_from([True, False, None]),
        "kind": st.sampled_from(["material", "material", "retail_packing", "accessory"]),
    }
)
nested = lines | st.builds(
    lambda line, parts: line | {"made_from": parts}, lines, st.lists(lines, min_size=1, max_size=3)
)
bills = st.lists(nested, min_size=1, max_size=5)


def rank(materials, **more):
    return ORDER[verdict(*materials, **more)]


@given(bills, st.sampled_from(RULES))
@settings(max_examples=150)
def test_added_originating_material_never_hurts_a_shift(bill, rule):
    assume(any(line["kind"] == "material" for line in bill))  # without one nothing is decided
    if rule is None or "CT" in rule or "CC" in rule:
        added = {"name": "added", "hs": "850440", "value": "0", "originating": True}
        assert rank([*bill, added], rule=rule) >= rank(bill, rule=rule)


@given(bills, st.sampled_from(RULES), st.integers(1, 50))
@settings(max_examples=150)
def test_more_foreign_value_never_helps(bill, rule, more):
    dearer = [dict(line) for line in bill]
    first = dearer[0]
    if first["value"] is not None and first["originating"] is False:
        first["value"] = str(int(first["value"]) + more)
    assert rank(dearer, rule=rule) <= rank(bill, rule=rule)


@given(st.lists(lines, min_size=1, max_size=5), st.sampled_from(RULES))
@settings(max_examples=150)
def test_splitting_a_line_in_two_changes_nothing(bill, rule):
    first = bill[0]
    if first["value"] and first["weight"]:
        half = dict(first, value="0", weight="0")
        assert rank([first, half, *bill[1:]], rule=rule) == rank(bill, rule=rule)


@given(bills, st.sampled_from(RULES))
@settings(max_examples=150)
def test_supplied_facts_never_contradict_a_decided_verdict(bill, rule):
    before = verdict(*bill, rule=rule)
    filled = [dict(line, value=line["value"] or "7") for line in bill]
    if before != "needs_fact" and all(not line.get("made_from") for line in bill):
        assert verdict(*filled, rule=rule) == before


@given(bills, st.text(alphabet="abc ", min_size=1).filter(str.strip))
@settings(max_examples=50)
def test_unread_words_never_pass(bill, words):
    assert verdict(*bill, rule=f'P("{words}")') != "originating"


@given(bills, st.sampled_from(RULES))
@settings(max_examples=60)
def test_same_inputs_give_the_same_bytes(bill, rule):
    case_document = document(*bill, rule=rule)
    again = json.loads(json.dumps(case_document))

    assert answer_bytes(judged(case_document)) == answer_bytes(judged(again))


@given(bills, st.sampled_from(RULES))
@settings(max_examples=150)
def test_a_way_out_by_sourcing_leads_out(bill, rule):
    """Named materials made originating meet the alternative they were named for."""
    flat = [dict(line, made_from=[], name=f"m{n}") for n, line in enumerate(bill)]
    found = answer(judged(document(*flat, rule=rule)))
    for way in found["would_qualify_if"]:
        steps = [
            next((r for r in step["any_of"] if r["change"] == "source_originating"), None)
            for step in way["all_of"]
        ]
        if found["verdict"] != "non_originating" or not all(steps):
            continue
        named = {name for step in steps if step for name in step["materials"]}
        changed = [dict(m, originating=m["originating"] or m["name"] in named) for m in flat]
        assert verdict(*changed, rule=rule) != "non_originating"


def test_engine_ignores_the_decimal_context_of_its_caller():
    case = read_case(
        document({"name": "a", "hs": "850490", "value": "59.999999", "originating": False}),
        read_rule=notation.read,
    )
    agreement = REGISTRY.agreement("AKFTA")
    plain = answer_bytes(determine(case, agreement, editions=EDITIONS))
    with localcontext(Context(prec=3)):
        assert answer_bytes(determine(case, agreement, editions=EDITIONS)) == plain


@given(bills, st.sampled_from(RULES))
@settings(max_examples=60)
def test_every_reason_is_told_in_words(bill, rule):
    found = judged(document(*bill, rule=rule))
    reasons = [f.because for a in found.alternatives for g in a.findings for f in g.walk()]
    reasons += [question.reason for question in found.questions]

    assert all(reason.key in ENGLISH and told(reason) for reason in reasons)


@given(bills, st.sampled_from(RULES))
@settings(max_examples=100)
def test_unknown_origin_counts_as_foreign(bill, rule):
    unknown = [dict(m, originating=None, made_from=[]) for m in bill]
    foreign = [dict(m, originating=False, made_from=[]) for m in bill]

    assert verdict(*unknown, rule=rule) == verdict(*foreign, rule=rule)


@given(bills, st.sampled_from(RULES))
@settings(max_examples=100)
def test_proof_that_ended_never_helps(bill, rule):
    proof = {"agreement": "AKFTA", "from": "2020-01-01", "until": "2021-01-01"}
    ended = [dict(line, proof=proof) for line in bill]

    assert rank(ended, rule=rule) <= rank(bill, rule=rule)


@given(bills, st.sampled_from(RULES), st.integers(0, 60).map(str))
@settings(max_examples=100)
def test_statement_never_hurts_what_it_lowers(bill, rule, foreign_value):
    """Stating less foreign value than the material's is never worse than stating nothing."""
    stated = [dict(line) for line in bill]
    first = stated[0]
    lowers = first["value"] is not None and int(foreign_value) <= int(first["value"])
    if lowers and first["originating"] is False and not first.get("made_from"):
        first["statement"] = {"foreign_value": foreign_value}

    full = with_policies(cumulations=(zone("full"),))
    ranks = [ORDER[verdict_under(full, *lines, rule=rule)] for lines in (stated, bill)]
    assert ranks[0] >= ranks[1]


stock_units = st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=4)


@given(stock_units, st.sampled_from(RULES), st.sampled_from(["fifo", "lifo", "average"]))
@settings(max_examples=100)
def test_stock_of_one_status_is_a_plain_line(units, rule, method):
    """Where every unit has the same status, no method changes anything."""
    own_status = units[0][1]
    total = sum(quantity for quantity, _ in units)
    receipts = [
        {"on": f"2026-01-0{n + 1}", "quantity": str(q), "originating": own_status}
        for n, (q, _) in enumerate(units)
    ]
    kept = {
        "method": method,
        "receipts": receipts,
        "withdrawals": [{"on": "2026-02-01", "quantity": str(total)}],
    }
    line = {"name": "a", "hs": "850490", "value": "55", "weight": "3", "kind": "material"}
    stocked = dict(line, inventory=kept)
    plain = dict(line, originating=own_status)
    agreement = with_policies(fungible=stocks("fifo", "lifo", "average"))

    verdicts = [verdict_under(agreement, m, rule=rule) for m in (stocked, plain)]
    assert verdicts[0] == verdicts[1]
