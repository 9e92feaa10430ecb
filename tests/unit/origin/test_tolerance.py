"""The traps of tolerance (de minimis), one test each."""

import pytest

from ooms.agreements.policies import Differs
from tests.unit.origin.agreements import verdict_under, with_policies
from tests.unit.origin.building import answered, material, own, verdict
from tests.unit.origin.made_policies import by_value, ranges, tolerance

CHANGED = material("board", "853400", "60")


def unchanged(value):
    return material("module", "850490", value)


def test_value_tolerance_is_inclusive_of_its_share():
    assert verdict(unchanged("10"), rule="CTH") == "originating"
    assert verdict(unchanged("10.01"), rule="CTH") == "non_originating"


def test_tolerance_counts_only_what_did_not_change():
    assert verdict(unchanged("10"), CHANGED, rule="CTH") == "originating"


def test_tolerated_value_stays_in_foreign_value():
    """Trap 1: what the shift forgives, the value content still counts."""
    found = answered(unchanged("10"), material("b", "853400", "50.01"), rule="CTH & RVC.bd>=40%FOB")

    shift, content = found["alternatives"][0]["findings"]
    assert (shift["met"], content["met"]) == (True, False)
    assert found["verdict"] == "non_originating"


def test_tolerance_lifts_no_percentage_of_a_rule():
    """Trap 2: a stated cap is a cap."""
    assert verdict(material("parts", "853400", "46"), rule="VNM<=45%FOB") == "non_originating"


def test_textiles_go_by_weight_or_by_value():
    """Trap 3: chapters 50 to 63 have their own tests, either of which is enough."""
    light = material("yarn", "611030", "30", weight="10")
    cheap = material("yarn", "611030", "10", weight="30")
    neither = material("yarn", "611030", "11", weight="11")
    shirt = {
        "agreement": "KVFTA",
        "hs": "611020",
        "product": {"weight": "100"},
        "rule": "CC",
    }

    assert verdict(light, **shirt) == "originating"
    assert verdict(cheap, **shirt) == "originating"
    assert verdict(neither, **shirt) == "non_originating"


def test_asean_textiles_have_no_value_tolerance():
    cheap = material("yarn", "611030", "1", weight="30")

    assert verdict(cheap, hs="611020", product={"weight": "100"}, rule="CC") == "non_originating"


def test_textile_weight_tolerance_asks_for_missing_weights():
    found = answered(material("yarn", "611030", "30"), hs="611020", rule="CC")

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"] == "product_weight"


def test_excluded_material_has_no_tolerance():
    """Trap 4: KCFTA food of chapters 15 to 24 tolerates other subheadings only."""
    noodles = {"agreement": "KCFTA", "hs": "190230", "rule": "CC"}

    assert verdict(material("flour mix", "190120", "10"), **noodles) == "originating"
    assert verdict(material("noodles", "190230", "1"), **noodles) == "non_originating"


def test_material_without_a_code_is_not_tolerated_where_codes_matter():
    found = answered(material("mix", None, "1"), agreement="KCFTA", hs="190230", rule="CC")

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"] == "hs:materials[0]"


def test_small_foreign_content_does_not_waive_value_content():
    """Trap 5: no waiver of the value rule where the agreement grants none."""
    found = verdict(material("parts", "850490", "9"), rule="CTH & RVC.bd>=95%FOB")

    assert found == "non_originating"


def test_relief_of_the_rule_replaces_the_general_tolerance():
    other = material("module", "853400", "1")

    assert verdict(other, rule="CC spare{same4 <= 20%FOB}") == "non_originating"


def test_tolerance_cannot_be_judged_without_a_price():
    found = answered(unchanged("1"), rule="CTH", price=None)

    assert found["questions"][0]["key"] == "price:FOB"
    assert found["verdict"] == "needs_fact"


def test_originating_material_needs_no_tolerance():
    assert verdict(own("module", "850490", "90"), rule="CTH") == "originating"


EU_LIKE = with_policies(
    tolerances=(tolerance(by_value("10"), lifts=("shift", "made_from", "origin")),)
)
SHIFT_ONLY = with_policies(tolerances=(tolerance(by_value("10")),))


@pytest.mark.parametrize("rule", ["ORIG{c04}", "FROM{7207}"])
def test_tolerance_relieves_only_the_tests_it_names(rule):
    coil = material("coil", "720839", "10")
    milk = material("milk", "040120", "10")
    line, good = (milk, "180631") if "ORIG" in rule else (coil, "721070")

    assert verdict_under(EU_LIKE, line, hs=good, rule=rule) == "originating"
    assert verdict_under(SHIFT_ONLY, line, hs=good, rule=rule) == "non_originating"


def test_one_tolerance_serves_all_tests_of_an_alternative_together():
    """8 fail the shift and 8 the required origin: 16 together, not 8 twice."""
    same = material("sweets", "170490", "8")
    milk = material("milk", "040120", "8")
    sweets = {"hs": "170490", "rule": "CTH & WO{c04}"}

    assert verdict_under(EU_LIKE, same, **sweets) == "originating"
    assert verdict_under(EU_LIKE, milk, **sweets) == "originating"
    assert verdict_under(EU_LIKE, same, milk, **sweets) == "non_originating"


def test_test_met_without_tolerance_leaves_it_to_the_others():
    same = material("sweets", "170490", "8")
    milk = material("milk", "040120", "8", weight="5")
    rule = "CTH & (WO{c04} | WT{c04}<=20%)"

    found = verdict_under(EU_LIKE, same, milk, hs="170490", rule=rule, product={"weight": "100"})

    assert found == "originating"


def test_tolerance_that_may_be_needed_elsewhere_decides_nothing():
    same = material("sweets", "170490", "8")
    milk = material("milk", "040120", "8")
    rule = 'CTH & (WO{c04} | P("pasteurized in a Party"))'

    assert verdict_under(EU_LIKE, same, milk, hs="170490", rule=rule) == "needs_fact"


def test_first_tolerance_that_covers_a_material_is_its_own():
    strict_dairy = with_policies(
        tolerances=(
            tolerance(by_value("5"), materials=ranges("04")),
            tolerance(by_value("10")),
        )
    )
    cheese = {"hs": "040610", "rule": "CC"}
    curd = material("curd", "040610", "6")
    other = material("other", "040690", "4")

    assert verdict_under(strict_dairy, curd, **cheese) == "non_originating"
    assert verdict_under(strict_dairy, other, **cheese) == "originating"


def test_tolerance_for_processes_lets_small_foreign_content_pass():
    agreement = with_policies(tolerances=(tolerance(by_value("10"), lifts=("process",)),))
    denied = {"rule": "P(weaving)", "facts": {"process:weaving": False}}

    assert verdict_under(agreement, unchanged("10"), **denied) == "originating"
    assert verdict_under(agreement, unchanged("11"), **denied) == "non_originating"


def test_material_must_differ_from_the_good_as_far_as_asked():
    agreement = with_policies(tolerances=(tolerance(by_value("10"), differs=Differs.HEADING),))
    noodles = {"hs": "190230", "rule": "CC"}

    assert verdict_under(agreement, material("mix", "190120", "5"), **noodles) == "originating"
    assert verdict_under(agreement, material("pasta", "190219", "5"), **noodles) == (
        "non_originating"
    )
