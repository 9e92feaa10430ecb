"""The table of points: monotone, its points the sum of what each feature adds, and no denial."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.risk.features import FEATURES, measure
from ooms.risk.model import Around, Channel, Goods, Measured, Past, Prices, Selection
from ooms.risk.routing import Tables, is_sampled, route
from ooms.risk.scorecard import Direction, ScorecardError, read_scorecard, shipped
from ooms.watch.model import Noted, Subject, SubjectKind

CARD = read_scorecard(shipped())
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SEED = b"s" * 32
GOODS = Goods(
    declaration="10511-26-000001",
    line_no=1,
    declared_on=date(2026, 11, 20),
    agreement="AKFTA",
    hs6="850440",
    origin="KR",
    exporter="HANBIT",
    importer="ORIENT",
    certificate="K001260000001",
    value=Decimal(20_000),
    currency="USD",
    net_kg=Decimal(1_000),
)
KNOWN = Past(first_on=date(2024, 1, 1), lines=100, kilograms={"850440": Decimal(9_000)})
values = st.decimals(min_value=-1000, max_value=1000, places=2)


def routed(goods=GOODS, around=None, card=CARD, challenger=None):
    around = around or Around(exporter=KNOWN)
    tables = Tables(card, challenger)
    return route(goods, around, tables=tables, seed=SEED, decision_id="d", now=NOW)


def unsampled(card=CARD):
    return read_scorecard(shipped().replace("per_mille = 10", "per_mille = 0"))


@given(st.fixed_dictionaries({name: st.none() | values for name in FEATURES}))
def test_points_are_the_sum_of_all_contributions(found):
    measured = {name: Measured(value, "as measured") for name, value in found.items()}

    scored = CARD.score(measured)

    assert scored.points == sum(one.points for one in scored.contributions)
    assert {one.feature for one in scored.contributions} == set(FEATURES)
    assert all(one.code for one in scored.contributions if one.points > 0)


@given(st.sampled_from(CARD.scales), values, values)
def test_worse_value_never_lowers_the_points(scale, one, other):
    better, worse = sorted((one, other), reverse=scale.direction is Direction.DOWN)

    low = scale.contribution(Measured(better, "")).points
    high = scale.contribution(Measured(worse, "")).points

    assert low <= high


@given(st.integers(min_value=-500, max_value=500), st.integers(min_value=0, max_value=500))
def test_more_points_never_lead_to_a_laxer_channel(points, more):
    ranked = [Channel.GREEN, Channel.YELLOW, Channel.RED]

    assert ranked.index(CARD.channel(points)) <= ranked.index(CARD.channel(points + more))


def test_shipped_table_knows_every_feature_once():
    assert [scale.feature for scale in CARD.scales] == sorted(FEATURES)


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ('least = "3", points = 25', 'least = "3", points = 5', "/features/price_distance/bins"),
        ("[features.watch_hits]", "[features.weather]", "/features/weather"),
        ("yellow = 30", "yellow = 90", "/channels"),
        ("per_mille = 10", "per_mille = 1001", "/sample/per_mille"),
        ('code = "TRANSIT"', 'code = ""', "/features/transit_countries/bins"),
        ('least = "60", points = 25', 'least = "20", points = 25', "/features/hs_shift/bins"),
    ],
)
def test_table_with_a_flaw_is_refused_at_its_place(was, now, place):
    text = shipped()
    assert was in text

    with pytest.raises(ScorecardError) as caught:
        read_scorecard(text.replace(was, now))

    assert [flaw.pointer for flaw in caught.value.flaws] == [place]


@pytest.mark.parametrize("text", ["", "name = 1", "name = [", 'name = "x"\nversion = "1"'])
def test_text_that_is_no_table_is_refused(text):
    with pytest.raises(ScorecardError):
        read_scorecard(text)


PRICES = Prices(100, Decimal(20), Decimal(4))
MEASURED = [
    ("price_distance", {"prices": PRICES}, {}, "0.00"),
    ("price_distance", {"prices": PRICES}, {"value": Decimal(8_000)}, "3.00"),
    ("price_distance", {"prices": PRICES}, {"value": Decimal(40_000)}, "5.00"),
    ("price_distance", {"prices": PRICES}, {"net_kg": None}, None),
    ("price_distance", {"prices": Prices(19, Decimal(20), Decimal(4))}, {}, None),
    ("capacity_used", {"exporter": KNOWN, "capacity_kg": Decimal(8_000)}, {}, "125.00"),
    ("capacity_used", {"exporter": KNOWN}, {}, None),
    ("transit_countries", {}, {"transit": ("SG", "HK")}, "2"),
    ("exporter_denied", {"exporter": Past(lines=40, denied=3)}, {}, "7.50"),
    ("exporter_denied", {"exporter": Past(lines=9, denied=9)}, {}, None),
    ("importer_denied", {"importer": Past(lines=10, denied=1)}, {}, "10.00"),
    ("goods_denied", {"goods": Past(lines=200, denied=50)}, {}, "25.00"),
    ("negative_verifications", {"exporter": Past(negatives=2)}, {}, "2"),
    ("months_known", {"exporter": Past(first_on=date(2026, 8, 20))}, {}, "3.0"),
    ("months_known", {}, {}, "0"),
    ("months_since_clean", {"exporter": Past(clean_on=date(2026, 5, 20))}, {}, "6.0"),
    ("months_since_clean", {}, {}, None),
    (
        "hs_shift",
        {"exporter": Past(recent={"8504": 9, "8501": 1}, before={"8504": 2, "8501": 8})},
        {},
        "70.00",
    ),
    ("hs_shift", {"exporter": Past(recent={"8504": 9}, before={"8501": 50})}, {}, None),
]


@pytest.mark.parametrize(("feature", "around", "changes", "value"), MEASURED)
def test_feature_is_measured_as_the_table_says(feature, around, changes, value):
    goods = GOODS.__class__(**{name: getattr(GOODS, name) for name in GOODS.__slots__} | changes)

    measured = measure(goods, Around(**around))[feature]

    assert (None if measured.value is None else str(measured.value)) == value
    assert measured.words


def test_ordinary_goods_of_a_known_exporter_go_green():
    decision = routed(card=unsampled())

    assert (decision.channel, decision.selected_by, decision.reasons) == (Channel.GREEN, (), ())
    assert not decision.is_picked


def test_reasons_name_the_code_the_points_and_the_facts():
    past = Past(first_on=date(2024, 1, 1), lines=40, denied=10, negatives=1)

    decision = routed(around=Around(exporter=past), card=unsampled())

    assert decision.channel is Channel.RED
    assert decision.reasons == (
        (
            "EXPORTER_DENIED_MOSTLY, 30 points: 10 of 40 decided lines of the exporter denied "
            "in a year"
        ),
        "VERIFICATION_FAILED, 30 points: verifications that ended badly in three years: 1",
    )


def test_tip_routes_whatever_the_points_say():
    tip = Noted("t", Subject(SubjectKind.EXPORTER, "HANBIT"), "OTHER_ORIGIN")

    decision = routed(around=Around(exporter=KNOWN, tips=(tip,)), card=unsampled())

    assert (decision.channel, decision.selected_by) == (Channel.RED, (Selection.TIP,))
    assert decision.scored.channel is Channel.GREEN
    assert decision.reasons == ("tip: OTHER_ORIGIN",)


def test_sample_is_the_same_each_time_and_near_its_rate():
    lines = [
        Goods(f"D-{turn}", 1, date(2026, 11, 20), "AKFTA", "850440", "KR") for turn in range(4000)
    ]

    drawn = [is_sampled(one, seed=SEED, per_mille=100) for one in lines]
    again = [is_sampled(one, seed=SEED, per_mille=100) for one in lines]
    elsewhere = [is_sampled(one, seed=b"t" * 32, per_mille=100) for one in lines]

    assert drawn == again != elsewhere
    assert 320 <= sum(drawn) <= 480
    assert not any(is_sampled(one, seed=SEED, per_mille=0) for one in lines)


def test_challenger_is_scored_but_changes_no_channel():
    strict = read_scorecard(
        shipped().replace("red = 60", "red = 2").replace("yellow = 30", "yellow = 1")
    )
    around = Around(exporter=Past(first_on=date(2026, 11, 1)))

    decision = routed(around=around, card=unsampled(), challenger=strict)

    assert decision.channel is Channel.GREEN
    assert decision.challenger is not None
    assert decision.challenger.channel is Channel.RED


def test_bins_of_the_shipped_table_rise():
    ends = [[Decimal(str(one.least)) for one in scale.bins[1:]] for scale in CARD.scales]

    assert all(low < high for bins in ends for low, high in pairwise(bins))
