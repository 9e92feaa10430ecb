"""Training: weights that anybody can recount, monotone, refused where history is too thin."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ooms.determinations.bulk_files import MissingExtraError
from ooms.risk.boosted import boosted
from ooms.risk.model import OutcomeKind, Result
from ooms.risk.reporting import is_wrong, stability_index
from ooms.risk.scorecard import read_scorecard, shipped
from ooms.risk.training import HistoryError, Seen, area, read_history, train, write_table

CARD = read_scorecard(shipped())
DAY = date(2026, 1, 1)


def lines(feature, **counts):
    """So many right and wrong lines at each value: `v5=(90, 10)`."""
    found = []
    for name, (right, wrong) in counts.items():
        values = {feature: Decimal(name.removeprefix("v"))}
        found += [Seen(DAY, values, wrong=False)] * right + [Seen(DAY, values, wrong=True)] * wrong
    return found


def points(trained, feature):
    return [one.points for s in trained.scales if s.feature == feature for one in s.bins]


def test_bins_that_were_wrong_more_often_get_more_points():
    trained = train(lines("transit_countries", v0=(800, 40), v1=(100, 40), v2=(20, 40)), CARD)

    # With half a line in every bin: log2((40.5/100.5) / (40.5/800.5)) is 2.99 doublings of the
    # odds, log2((40.5/20.5) / (40.5/800.5)) is 5.29; ten points for each.
    assert points(trained, "transit_countries") == [0, 30, 53]
    assert trained.report["wrong"] == "120"
    assert float(trained.report["auc"]) > 0.7


def test_bins_that_run_backwards_are_pooled():
    trained = train(lines("transit_countries", v0=(500, 20), v1=(100, 40), v2=(200, 40)), CARD)

    low, middle, high = points(trained, "transit_countries")
    assert low == 0
    assert middle == high > 0


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["hs_shift", "months_known"]), st.integers(-10, 100), st.booleans()
        ),
        min_size=60,
        max_size=200,
    )
)
def test_trained_table_is_always_whole_and_monotone(found):
    seen = [Seen(DAY, {name: Decimal(value)}, wrong=bad) for name, value, bad in found]
    seen += [Seen(DAY, {}, wrong=bad) for bad in (True, False) * 20]

    text = write_table(CARD, train(seen, CARD), name="t", version="1")

    assert read_scorecard(text).model.startswith("t 1 ")  # reading refuses what is not monotone


def test_history_with_too_few_wrong_lines_is_refused():
    with pytest.raises(HistoryError, match="19 of 119 lines were wrong"):
        train(lines("hs_shift", v0=(100, 19)), CARD)


def test_history_is_read_with_empty_cells_unknown():
    file = io.StringIO("declared_on,wrong,hs_shift,transit_countries\n2026-01-02,1,,2\n")

    (seen,) = read_history(file)

    assert seen == Seen(date(2026, 1, 2), {"transit_countries": Decimal(2)}, wrong=True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("declared_on,wrong,weather\n", "/1"),
        ("declared_on\n", "/1"),
        ("declared_on,wrong\n2026-01-02,yes\n", "/2"),
        ("declared_on,wrong,hs_shift\n2026-01-02,0,1\n2026-01-02,0,x\n", "/3"),
    ],
)
def test_history_with_a_flaw_names_its_line(text, place):
    with pytest.raises(HistoryError) as caught:
        list(read_history(io.StringIO(text)))

    assert caught.value.flaws[0].pointer == place


def test_area_is_a_half_when_points_tell_nothing():
    assert area(CARD.scales, tuple(lines("transit_countries", v0=(10, 10)))) == 0.5
    told = lines("transit_countries", v0=(10, 0), v2=(0, 10))
    assert area(CARD.scales, tuple(told)) == 1.0


def test_machine_weighs_each_bin_monotone_and_the_same_each_time():
    found = lines("transit_countries", v0=(800, 40), v1=(100, 40), v2=(20, 40))

    first, again = (train(found, CARD, weigh=boosted) for _ in range(2))

    none, one, two = points(first, "transit_countries")
    assert none == 0
    assert 0 < one < two
    assert first == again
    assert set(points(first, "watch_hits")) == {0}  # nothing is known of it


def test_missing_library_is_told_with_what_installs_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "interpret.glassbox", None)

    with pytest.raises(MissingExtraError, match=r"eodes\[interpret\]"):
        boosted((Seen(DAY, {}, wrong=False),), CARD.scales)


def test_stability_index_follows_its_formula():
    same = stability_index({"a": 50, "b": 50}, {"a": 500, "b": 500})
    moved = stability_index({"a": 50, "b": 50}, {"a": 20, "b": 80})

    assert same == 0
    assert moved == Decimal("0.4159")  # (0.2-0.5)ln(0.2/0.5) + (0.8-0.5)ln(0.8/0.5)
    assert stability_index({}, {"a": 1}) is None


def test_word_of_a_verification_counts_before_a_decision():
    denied = (OutcomeKind.DECISION, Result.WRONG)
    clean = (OutcomeKind.VERIFICATION, Result.RIGHT)
    silent = (OutcomeKind.VERIFICATION, Result.OPEN)

    assert is_wrong(frozenset({denied, clean})) is False
    assert is_wrong(frozenset({denied, silent})) is True
    assert is_wrong(frozenset({silent})) is None
