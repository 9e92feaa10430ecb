"""The cheapest questions: their favorable answers make the good originate."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ooms.agreements import notation
from ooms.origin.case import read_case
from ooms.origin.changed_case import supposing
from ooms.origin.determine import determine
from ooms.origin.questions import deciding_sets
from ooms.origin.trace import Verdict
from tests.unit.origin.advising import advised
from tests.unit.origin.building import EDITIONS, REGISTRY, document, material
from tests.unit.origin.test_ways_out import bills

RULES = [
    "CTH",
    "CTH & RVC>=60%",
    "P(casting+forging)",
    "P(casting) | RVC>=40%",
    'P("cut in a Party") & CTH',
    "CTH -{8534} | P(casting)",
    "CTH NOTE(2)",
    "WO",
    None,
]


def judge_under(agreement):
    return lambda case: determine(case, agreement, editions=EDITIONS)


@given(bills, st.sampled_from(RULES), st.sampled_from(["100", None]))
@settings(max_examples=120, deadline=None)
def test_favorable_answers_to_a_proposed_set_decide(bill, rule, price):
    case = read_case(document(*bill, rule=rule, price=price), read_rule=notation.read)
    judge = judge_under(REGISTRY.agreement("AKFTA"))

    for proposed in deciding_sets(case, judge(case), judge=judge):
        verdict = judge(supposing(case, proposed.favorable)).verdict
        if proposed.makes_originating:
            assert verdict is Verdict.ORIGINATING
            assert {answer.key for answer in proposed.favorable} == set(proposed.keys)
        else:
            assert Verdict.NON_ORIGINATING in proposed.could_become


@given(bills, st.sampled_from(RULES))
@settings(max_examples=60, deadline=None)
def test_no_smaller_set_of_a_proposal_would_do(bill, rule):
    case = read_case(document(*bill, rule=rule), read_rule=notation.read)
    judge = judge_under(REGISTRY.agreement("AKFTA"))

    for proposed in deciding_sets(case, judge(case), judge=judge)[:1]:
        for left_out in proposed.favorable:
            fewer = tuple(answer for answer in proposed.favorable if answer is not left_out)
            assert judge(supposing(case, fewer)).verdict is not Verdict.ORIGINATING


def test_decided_case_asks_nothing():
    found = advised(material("board", "853400"), rule="CTH")

    assert found["questions"] == []
    assert "deciding_questions" not in found


def test_cheapest_question_is_listed_first_and_marked():
    found = advised(material("part", None, None), rule="P(casting) | CTH & RVC>=60%")

    first, *rest = found["questions"]
    assert (first["key"], first["decides"]) == ("process:casting", True)
    assert rest
    assert not any(question["decides"] for question in rest)


def test_questions_that_are_needed_together_are_all_marked():
    found = advised(material("part", "853400"), rule="P(casting+forging)")

    assert [q["key"] for q in found["questions"] if q["decides"]] == [
        "process:casting",
        "process:forging",
    ]
    assert "originating" in found["deciding_questions"][0]["could_become"]


def test_one_denial_is_told_to_rule_origin_out():
    found = advised(material("part", "853400"), rule="P(casting+forging)")

    alone = [one for one in found["deciding_questions"] if one["keys"] == ["process:casting"]]
    assert alone == [{"keys": ["process:casting"], "could_become": ["non_originating"]}]


def test_price_alone_decides_a_value_rule():
    found = advised(material("part", "853400"), rule="RVC>=40%", price=None)

    assert [q["key"] for q in found["questions"] if q["decides"]] == ["price:FOB"]
    assert set(found["deciding_questions"][0]["could_become"]) == {
        "originating",
        "non_originating",
    }


def test_rule_that_is_not_loaded_is_nothing_to_answer():
    found = advised(material("part", "853400"), agreement="KVFTA", hs="850440")

    assert [question["key"] for question in found["questions"]] == ["rule_not_loaded"]
    assert all(question["decides"] is False for question in found["questions"])


def test_code_of_the_good_is_never_made_up():
    found = advised(material("part", "853400"), hs="999999")

    assert [(q["key"], q["decides"]) for q in found["questions"]] == [("hs:product", False)]
