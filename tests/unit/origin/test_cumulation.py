"""Cumulation: whose materials and whose work count as if of the exporting Party."""

import pytest

from ooms.kernel.hs import HsRange
from tests.unit.origin.agreements import (
    found_under,
    joint,
    question_keys,
    reasons,
    verdict_under,
    with_policies,
    zone,
)
from tests.unit.origin.building import material, own

CONTENT = "RVC.bd>=40%FOB"


def part(origin, value="61", **more):
    return own("module", "850490", value, origin=origin, **more)


def zones(*cumulations):
    return with_policies(cumulations=cumulations)


def test_agreement_without_cumulation_counts_no_other_party():
    found = found_under(zones(), part("VN"), rule=CONTENT)

    assert found["verdict"] == "non_originating"
    assert reasons(found) == {"materials[0]": "origin.not_cumulated"}


@pytest.mark.parametrize("kind", ["bilateral", "regional", "full"])
def test_zone_without_a_list_holds_for_the_other_parties(kind):
    assert verdict_under(zones(zone(kind)), part("TH"), rule=CONTENT) == "originating"
    assert verdict_under(zones(zone(kind)), part("JP"), rule=CONTENT) == "non_originating"


@pytest.mark.parametrize("kind", ["diagonal", "extended"])
def test_zone_with_a_list_holds_for_listed_countries(kind):
    agreement = zones(zone(kind, "JP"))

    assert verdict_under(agreement, part("JP"), rule=CONTENT) == "originating"
    assert verdict_under(agreement, part("TH"), rule=CONTENT) == "non_originating"


def test_condition_of_a_listed_country_is_asked_for_it():
    agreement = zones(zone("diagonal", "JP", asks="notices_published"))
    open_found = found_under(agreement, part("JP"), rule=CONTENT)
    key = "cumulation:diagonal:JP"

    assert open_found["verdict"] == "needs_fact"
    assert question_keys(open_found) == [key]
    assert verdict_under(agreement, part("JP"), rule=CONTENT, facts={key: True}) == "originating"
    refused = found_under(agreement, part("JP"), rule=CONTENT, facts={key: False})
    assert reasons(refused) == {"materials[0]": "origin.zone_denied"}
    assert refused["verdict"] == "non_originating"


def test_condition_is_not_asked_where_it_decides_nothing():
    agreement = zones(zone("diagonal", "JP", asks="notices_published"))
    beyond = material("coil", "850490", "70")

    assert verdict_under(agreement, part("JP", "10"), rule=CONTENT) == "originating"
    assert verdict_under(agreement, part("JP", "10"), beyond, rule=CONTENT) == "non_originating"


def test_condition_reaches_into_an_intermediate():
    agreement = zones(zone("diagonal", "JP", asks="notices_published"))
    kit = own("kit", "853710", "50", origin="JP")
    panel = material("panel", "853710", "60", originating=None, made_from=[kit])

    found = found_under(agreement, panel, rule="RVC.bd>=60%FOB")
    confirmed = {"cumulation:diagonal:JP": True}
    given = found_under(agreement, panel, rule="RVC.bd>=60%FOB", facts=confirmed)

    assert "cumulation:diagonal:JP" in question_keys(found)
    assert given["verdict"] == "originating"


def test_excluded_goods_do_not_cumulate():
    left_out = (HsRange.parse("8504", "8504"),)
    agreement = zones(zone("regional", excluded_goods=left_out))

    found = found_under(agreement, part("TH"), rule=CONTENT)

    assert found["verdict"] == "non_originating"
    assert reasons(found) == {"materials[0]": "origin.zone_excludes"}


def test_origin_stays_where_nothing_beyond_minimal_was_done():
    agreement = zones(zone("regional", more_than_minimal=True))

    packed = found_under(agreement, part("TH"), rule=CONTENT, processes=["packing"])

    assert packed["verdict"] == "non_originating"
    assert reasons(packed) == {"materials[0]": "origin.zone_minimal"}
    assert verdict_under(agreement, part("TH"), rule=CONTENT) == "originating"


@pytest.mark.parametrize(
    ("foreign", "expected"), [("40", "originating"), ("41", "non_originating")]
)
def test_joint_share_decides_whether_other_parties_count(foreign, expected):
    """Rule 4 of the aggregate kind: the Parties hold 60 % of the good together."""
    lines = part("TH", "30"), material("coil", "853400", foreign)

    assert verdict_under(zones(joint("60")), *lines, rule="RVC.bd>=50%FOB") == expected


def test_joint_share_waits_for_the_values_it_needs():
    lines = part("TH", "30"), material("coil", "853400", None)
    found = found_under(zones(joint("60")), *lines, rule="CTH & RVC.bd>=1%FOB")

    assert found["verdict"] == "needs_fact"
    assert "value:materials[1]" in question_keys(found)


def test_easier_joint_share_asks_for_what_entitles_to_it():
    agreement = zones(joint("60"), joint("50", asks="exporter_is_ldc"))
    lines = part("TH", "30"), material("coil", "853400", "45")
    open_found = found_under(agreement, *lines, rule=CONTENT)
    entitled = found_under(agreement, *lines, rule=CONTENT, facts={"exporter_is_ldc": True})
    denied = found_under(agreement, *lines, rule=CONTENT, facts={"exporter_is_ldc": False})

    assert question_keys(open_found) == ["exporter_is_ldc"]
    assert (entitled["verdict"], denied["verdict"]) == ("originating", "non_originating")


def fabric(**more):
    fiber = material("fiber", "520300", "10")
    return material(
        "yarn", "520511", "50", weight="10", made_from=[fiber, own("dye", "320411", "5")], **more
    )


def test_full_zone_counts_a_foreign_material_by_its_inputs():
    yarn = fabric(origin="TH")
    rule = {"hs": "520811", "rule": "CTH -{5205}"}

    found = found_under(zones(zone("full")), yarn, **rule)

    assert found["verdict"] == "originating"
    assert reasons(found)["materials[0]"] == "origin.looked_through"
    assert verdict_under(zones(zone("regional")), yarn, **rule) == "non_originating"


def test_material_bought_in_another_party_counts_whole():
    """A purchase is not self-made: without a proof nobody judges it as a good of its own."""
    bought = fabric(originating=None, origin="TH")

    found = found_under(zones(zone("regional")), bought, hs="520811", rule="VNM<=40%FOB")

    assert found["verdict"] == "non_originating"
    assert reasons(found)["materials[0]"] == "origin.bought"


def test_work_in_a_full_zone_counts_as_work_on_the_good():
    yarn = fabric(origin="TH")
    spun = {"materials[0]/process:spinning": True}
    case = {"hs": "520811", "rule": "P(spinning)"}

    assert verdict_under(zones(zone("full")), yarn, **case) == "needs_fact"
    assert verdict_under(zones(zone("full")), yarn, **case, facts=spun) == "originating"
    assert verdict_under(zones(zone("regional")), yarn, **case, facts=spun) == "needs_fact"
