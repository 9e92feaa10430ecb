"""Work outside the Parties: barred, unless a policy allows a zone or a share of the value."""

import pytest

from tests.unit.origin.agreements import found_under, question_keys, verdict_under, with_policies
from tests.unit.origin.building import material, own, verdict
from tests.unit.origin.made_policies import outward

ZONE = with_policies(outward=(outward("zone", "40", own="60"),))
SHARE = with_policies(outward=(outward("share", "10", excluded=("50..63",)),))
OWN = own("own parts", "853400", "60")
FOREIGN = material("foreign parts", "854231", "20")
SHIFT = {"rule": "CTH"}


def test_work_abroad_bars_origin_without_a_policy():
    assert verdict(OWN, FOREIGN, **SHIFT) == "originating"
    assert verdict(OWN, FOREIGN, **SHIFT, facts={"worked_abroad": True}) == "non_originating"
    assert verdict(OWN, FOREIGN, **SHIFT, facts={"worked_abroad": False}) == "originating"


@pytest.mark.parametrize(("added", "expected"), [("10", "originating"), ("11", "non_originating")])
def test_work_abroad_within_the_share_leaves_origin(added, expected):
    facts = {"worked_abroad": True, "outward_value": added}

    assert verdict_under(SHARE, OWN, FOREIGN, **SHIFT, facts=facts) == expected


def test_work_abroad_asks_for_its_value():
    found = found_under(SHARE, OWN, FOREIGN, **SHIFT, facts={"worked_abroad": True})

    assert (found["verdict"], question_keys(found)) == ("needs_fact", ["outward_value"])


def test_excluded_goods_may_not_be_worked_abroad():
    facts = {"worked_abroad": True, "outward_value": "1"}

    assert verdict_under(SHARE, OWN, **SHIFT, hs="611020", facts=facts) == "non_originating"


def test_value_added_abroad_counts_with_the_foreign_materials():
    facts = {"worked_abroad": True, "outward_value": "10"}

    assert verdict_under(SHARE, FOREIGN, rule="VNM<=30%FOB", facts=facts) == "originating"
    assert verdict_under(SHARE, FOREIGN, rule="VNM<=29%FOB", facts=facts) == "non_originating"


def test_no_tolerance_is_granted_besides_work_abroad():
    same = material("module", "850490", "5")
    facts = {"worked_abroad": True, "outward_value": "1"}

    assert verdict_under(SHARE, same, **SHIFT) == "originating"
    assert verdict_under(SHARE, same, **SHIFT, facts=facts) == "non_originating"


@pytest.mark.parametrize(
    ("own_value", "added", "expected"),
    [("60", "20", "originating"), ("60", "21", "non_originating"), ("29", "20", "non_originating")],
)
def test_zone_asks_for_own_materials_and_little_foreign_input(own_value, added, expected):
    parts = own("own parts", "853400", own_value)
    facts = {"outward_zone": True, "outward_value": added}

    assert verdict_under(ZONE, parts, FOREIGN, rule="CC", facts=facts) == expected


def test_zone_asks_what_was_added_there():
    found = found_under(ZONE, OWN, FOREIGN, rule="CC", facts={"outward_zone": True})

    assert (found["verdict"], question_keys(found)) == ("needs_fact", ["outward_value"])


def test_zone_is_silent_when_nobody_names_it():
    found = found_under(ZONE, OWN, FOREIGN, rule="CC")

    assert [a["rule"] for a in found["alternatives"]] == ["CC"]
