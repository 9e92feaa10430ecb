"""What a change does to determinations: told case by case, and nothing stored is touched."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.agreements.registry import Registry
from ooms.determinations.impact import Effect, Review, Standing, effect_of, impacts
from ooms.determinations.model import Determined
from ooms.origin.explain import answer
from tests.unit.origin.building import EDITIONS, REGISTRY, document, judged, material, own

STANDING = Standing("A", "AKFTA", "originating", "CTH", "", "AKFTA/2007")
standings = st.lists(
    st.builds(
        lambda case, verdict: replace(STANDING, case=case, verdict=verdict, criterion=""),
        st.sampled_from("ABCDEFGH"),
        st.sampled_from(["originating", "non_originating", "needs_fact"]),
    ),
    unique_by=lambda standing: standing.case,
)


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        ("originating", "non_originating", Effect.LOST),
        ("originating", "needs_fact", Effect.NOW_NEEDS_FACT),
        ("non_originating", "originating", Effect.GAINED),
        ("needs_fact", "originating", Effect.GAINED),
        ("needs_fact", "non_originating", Effect.NOW_RULED_OUT),
        ("originating", "error", Effect.UNREADABLE),
        ("originating", "originating", None),
        ("needs_fact", "needs_fact", None),
    ],
)
def test_effect_is_named_by_what_was_and_is(before, after, effect):
    was, now = replace(STANDING, verdict=before), replace(STANDING, verdict=after)

    assert effect == effect_of(was, now)


def test_other_criterion_is_told_though_the_verdict_stands():
    assert effect_of(STANDING, replace(STANDING, criterion="RVC 40%")) == Effect.OTHER_CRITERION


@given(standings)
def test_run_compared_with_itself_has_no_impact(run):
    assert list(impacts(run, run)) == []


@given(standings, standings)
def test_impacts_do_not_depend_on_the_order_of_rows(before, after):
    told = {(i.case, i.effect) for i in impacts(before, after)}

    assert told == {(i.case, i.effect) for i in impacts(before[::-1], after)}


@given(standings, standings)
def test_impacts_turned_round_are_those_of_the_change_undone(before, after):
    lost = {i.case for i in impacts(before, after) if i.effect is Effect.LOST}
    gained_back = {
        i.case
        for i in impacts(after, before)
        if i.effect is Effect.GAINED and i.before and i.before.verdict == "non_originating"
    }

    assert lost == gained_back


def stored(case_document, determination_id="d1"):
    found = answer(judged(case_document))
    return Determined(
        id=determination_id,
        exporter_id="e1",
        product_id="p1",
        bill_version=1,
        agreement=case_document["agreement"],
        exporting_party="KR",
        importing_party=case_document["importing_party"],
        judged_on=date(2026, 11, 20),
        verdict=found["verdict"],
        criterion=found["criterion"],
        rule_pack=found["rule_pack"],
        engine=found["engine"],
        inputs_hash=found["inputs_hash"],
        case=case_document,
        answer=found,
        determined_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


PROVEN = {"proof": {"agreement": "AKFTA", "from": "2026-01-01", "until": "2026-12-01"}}
CASES = (
    document(material("board", "853400", "40")),
    document(own("core", "850490", "70", **PROVEN)),
    document(material("core", "850490", "70")),
)


def test_stored_determination_stands_while_nothing_changes():
    review = Review(REGISTRY, EDITIONS)

    assert list(review.impacts(stored(case) for case in CASES)) == []


def test_proof_that_ended_takes_origin_from_the_stored_case():
    review = Review(REGISTRY, EDITIONS)

    (impact,) = review.impacts((stored(case) for case in CASES), on=date(2026, 12, 1))

    assert (impact.effect, impact.case) == (Effect.LOST, "d1")
    verdicts = [standing and standing.verdict for standing in (impact.before, impact.after)]
    assert verdicts == ["originating", "non_originating"]


def test_pack_with_a_stricter_rule_is_told_case_by_case():
    agreement = REGISTRY.agreement("AKFTA")
    rule_set = agreement.rule_sets[0]
    kvfta = REGISTRY.agreement("KVFTA").rule_sets[0].products.rules
    wholly = next(rule for rule in kvfta if rule.notation == "WO")
    strict = replace(rule_set.general[0], rule=wholly.rule, notation="WO")
    changed = replace(agreement, rule_sets=(replace(rule_set, general=(strict,)),))

    found = list(Review(Registry.of(changed), EDITIONS).impacts([stored(CASES[0])]))

    assert [impact.effect for impact in found] == [Effect.LOST]


def test_stored_case_that_no_longer_reads_is_told_as_unreadable():
    broken = replace(stored(CASES[0]), case=CASES[0] | {"on": "yesterday"})

    (impact,) = Review(REGISTRY, EDITIONS).impacts([broken])

    assert Effect.UNREADABLE is impact.effect
    assert impact.after is not None
    assert "on" in impact.after.questions
