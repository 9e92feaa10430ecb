"""Goods to which nothing was done: no rule makes them originate, however much it admits."""

import pytest

from tests.unit.origin.building import answered, material, verdict

SAME = material("the same good", "850440", "95")
KEY = "more_than_minimal"


@pytest.mark.parametrize("rule", ["ANY", "VNM{8501}<=10%FOB", "WO{c01}", "WT{1701}<=40%"])
def test_foreign_good_alone_is_not_made_from_itself(rule):
    judged = answered(SAME, rule=rule, processes=[])

    assert judged["verdict"] == "needs_fact"
    assert KEY in [question["key"] for question in judged["questions"]]


def test_person_may_say_that_more_was_done():
    assert verdict(SAME, rule="ANY", processes=[], facts={KEY: True}) == "originating"
    assert verdict(SAME, rule="ANY", processes=[], facts={KEY: False}) == "non_originating"


def test_operation_or_another_material_shows_manufacture():
    other = material("screws", "731815", "1")

    assert verdict(SAME, rule="ANY") == "originating"
    assert verdict(SAME, other, rule="ANY", processes=[]) == "originating"


def test_wholly_obtained_materials_do_not_lift_minimal_operations():
    packed = {"rule": "WO{c02,c03}", "processes": ["packing"], "hs": "230110"}
    meal = material("meal", "230110", "95")

    assert verdict(meal, **packed, agreement="KVFTA") == "non_originating"


def test_feed_alone_leaves_open_whose_the_animal_is():
    cattle = {"rule": 'WO{"animals"@c01}', "hs": "010229"}
    feed = material("feed", "230990", "20")

    assert verdict(feed, **cattle) == "needs_fact"
    assert verdict(feed, **cattle, facts={"wholly_obtained": True}) == "originating"
    assert verdict(feed, **cattle, facts={"wholly_obtained": False}) == "non_originating"


def test_foreign_calf_makes_no_wholly_obtained_cow():
    calf = material("calf", "010229", "50", weight="90")

    assert verdict(calf, rule="WO{c01}", hs="010229") == "non_originating"
