"""The traps of tolerance (de minimis), one test each."""

from tests.unit.origin.building import answered, material, own, verdict

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
