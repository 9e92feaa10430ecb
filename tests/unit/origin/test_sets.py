"""Sets under GRI 3: each article keeps its own rule, foreign ones stay within a share."""

import pytest

from tests.unit.origin.agreements import found_under, question_keys, verdict_under, with_policies
from tests.unit.origin.building import material, own, verdict
from tests.unit.origin.made_policies import set_policy

SETS = with_policies(sets=set_policy("15"))
SET = {"hs": "960850", "facts": {"gri3_set": True}}
PENS = own("pens", "960810", "75")


@pytest.mark.parametrize(("value", "expected"), [("15", "originating"), ("16", "non_originating")])
def test_foreign_articles_stay_within_the_share(value, expected):
    assert verdict_under(SETS, PENS, material("knife", "821410", value), **SET) == expected


def test_set_is_judged_without_any_product_rule():
    found = found_under(SETS, PENS, material("knife", "821410", "15"), **SET, rule="WO")

    assert (found["verdict"], found["rule"]) == ("originating", "SETRULE(15%FOB)")


def test_article_without_a_value_is_asked_for():
    found = found_under(SETS, PENS, material("knife", "821410", None), **SET)

    assert question_keys(found) == ["value:materials[1]"]


def test_foreign_article_needs_the_value_of_the_set():
    found = found_under(SETS, PENS, material("knife", "821410"), **SET, price=None)

    assert question_keys(found) == ["price:FOB"]


def test_set_of_originating_articles_needs_no_value():
    assert verdict_under(SETS, PENS, **SET, price=None) == "originating"


def test_article_that_fails_its_own_rule_counts_whole():
    blade = material("blade", "821490", "4")
    knife = material("knife", "821410", "16") | {"originating": None, "made_from": [blade]}
    facts = {"gri3_set": True}

    own_rule = verdict_under(SETS, PENS, knife, hs="960850", facts=facts)
    assert own_rule == "originating"
    dear = knife | {"made_from": [blade | {"hs": "821410", "value": "15"}]}
    assert verdict_under(SETS, PENS, dear, hs="960850", facts=facts) == "non_originating"


def test_empty_set_proves_nothing():
    assert verdict_under(SETS, **SET) == "needs_fact"


def test_agreement_without_sets_follows_the_rule():
    knife = material("knife", "821410", "50")

    assert verdict(knife, hs="960850", rule="CC", facts={"gri3_set": True}) == "originating"


def test_nothing_changes_where_nobody_says_set():
    assert verdict_under(SETS, material("knife", "821410", "50"), hs="960850", rule="CC") == (
        "originating"
    )
