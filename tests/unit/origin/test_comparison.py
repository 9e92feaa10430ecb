"""All agreements between two countries side by side."""

import pytest

from ooms.agreements import notation
from ooms.origin.case import read_case
from ooms.origin.comparison import compare, comparison
from tests.unit.origin.building import EDITIONS, REGISTRY, answered, document, material

EVERY = REGISTRY.every()


def compared(*materials, **more):
    case = read_case(document(*materials, **more), read_rule=notation.read)
    return compare(case, EVERY, editions=EDITIONS)


def rows(*materials, **more):
    return comparison(compared(*materials, **more))


@pytest.fixture(scope="module")
def converters():
    return rows(material("board", "853400", "35"))


def test_every_agreement_of_both_countries_is_there_once(converters):
    shown = [(row["agreement"], row["rule_set"]) for row in converters]
    between = [a for a in EVERY if {"KR", "VN"} <= {p.letters for p in a.parties}]

    assert len(shown) == len(set(shown))
    assert {code for code, _ in shown} == {a.code for a in between}


def test_what_originates_stands_before_what_does_not(converters):
    ranks = {"originating": 0, "needs_fact": 1, "non_originating": 2}

    loaded = [ranks[row["verdict"]] for row in converters if row["rule_loaded"]]
    assert loaded == sorted(loaded)


def test_pack_without_a_rule_says_so_and_comes_last(converters):
    flags = [row["rule_loaded"] for row in converters]

    assert flags == sorted(flags, reverse=True)
    silent = [row for row in converters if not row["rule_loaded"]]
    assert all(row["questions"][0]["key"] == "rule_not_loaded" for row in silent)


def test_row_is_what_the_agreement_alone_would_answer(converters):
    alone = answered(material("board", "853400", "35"))
    row = next(row for row in converters if row["agreement"] == "AKFTA")

    for name in ("verdict", "criterion", "rule", "value", "rule_pack", "inputs_hash"):
        assert row[name] == alone[name]


def test_row_tells_how_origin_is_proved(converters):
    row = next(row for row in converters if row["agreement"] == "AKFTA")

    assert [proof["kind"] for proof in row["proofs"]] == ["certificate"]
    assert row["proofs"][0]["source"]


def test_ways_out_are_counted_where_the_good_fails():
    row = next(r for r in rows(material("part", "850490", "65")) if r["agreement"] == "AKFTA")

    assert row["ways_out"] == len(row["would_qualify_if"]) > 0


def test_countries_without_a_common_agreement_share_no_row():
    assert compared(material("board", "853400"), importing_party="BR") == ()


def test_country_is_not_compared_with_itself():
    assert compared(material("board", "853400"), importing_party="KR") == ()


def test_day_before_every_agreement_gives_no_row():
    assert compared(material("board", "853400"), on="1990-01-01") == ()


def test_same_comparison_gives_the_same_rows(converters):
    assert rows(material("board", "853400", "35")) == converters
