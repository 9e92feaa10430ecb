"""Value content and caps: inclusive thresholds, exact comparison, honest display."""

from decimal import Decimal

import pytest

from tests.unit.origin.building import answered, document, judged, material, own, verdict


@pytest.mark.parametrize(
    ("foreign", "expected"), [("60", "originating"), ("60.01", "non_originating")]
)
def test_content_exactly_at_the_threshold_is_enough(foreign, expected):
    assert verdict(material("parts", "850490", foreign), rule="RVC.bd>=40%FOB") == expected


def test_display_never_rounds_a_miss_up_to_the_threshold():
    found = answered(material("parts", "850490", "60.00001"), rule="RVC.bd>=40%FOB")

    assert found["verdict"] == "non_originating"
    assert found["value"]["content_percent"] == "39.99"
    assert found["value"]["slack"] == "-0.01"


def test_minimum_price_is_the_first_that_qualifies():
    parts = material("parts", "850490", "35")
    price = answered(parts, rule="RVC.bd>=40%FOB")["value"]["minimum_price"]
    below = str(Decimal(price) - Decimal("0.01"))

    assert price == "58.34"
    assert verdict(parts, rule="RVC.bd>=40%FOB", price=price) == "originating"
    assert verdict(parts, rule="RVC.bd>=40%FOB", price=below) == "non_originating"


def test_price_on_another_basis_is_a_question_not_a_guess():
    found = answered(material("parts", "850490", "35"), rule="VNM<=50%EXW")

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"] == "price:EXW"
    known = {"price:EXW": "80"}
    assert verdict(material("p", "850490", "35"), rule="VNM<=50%EXW", facts=known) == (
        "originating"
    )


def test_missing_value_leaves_content_open_until_it_cannot_matter():
    unknown = material("chip", "854231", None)

    assert verdict(unknown, rule="RVC.bd>=40%FOB") == "needs_fact"
    assert verdict(unknown, material("x", "850490", "70"), rule="RVC.bd>=40%FOB") == (
        "non_originating"
    )


def test_two_percentages_of_one_rule_are_separate_caps():
    rule = "VNM<=40%FOB & VNM{8431}<=10%FOB | VNM<=30%FOB"

    assert verdict(material("a", "841221", "28"), material("b", "843149", "9"), rule=rule) == (
        "originating"
    )
    assert verdict(material("a", "841221", "20"), material("b", "843149", "15"), rule=rule) == (
        "non_originating"
    )
    assert verdict(material("a", "841221", "35"), material("b", "843149", "10"), rule=rule) == (
        "non_originating"
    )


def test_foreign_value_may_equal_originating_value():
    assert verdict(material("a", "871410", "50"), own("b", "871410", "50"), rule="VNM<=VOM") == (
        "originating"
    )
    assert verdict(material("a", "871410", "51"), own("b", "871410", "50"), rule="VNM<=VOM") == (
        "non_originating"
    )


def test_focused_value_counts_only_its_set():
    parts = (material("loom", "844621", "50"), material("other", "850152", "40"))

    assert verdict(*parts, rule="RVC.fv{8446}>=50%") == "originating"


def test_build_up_needs_a_stated_originating_value():
    parts = material("parts", "850490", "50")

    assert answered(parts, rule="RVC.bu>=45%")["questions"][0]["key"] == "vom"
    assert verdict(parts, rule="RVC.bu>=45%", facts={"vom": "45"}) == "originating"
    assert verdict(parts, rule="RVC.bu>=45%", facts={"vom": "44.99"}) == "non_originating"


def test_originating_value_that_cannot_fit_is_questioned():
    found = answered(material("parts", "850490", "50"), rule="RVC.bu>=45%", facts={"vom": "60"})

    assert found["questions"][0]["key"] == "vom"
    assert found["verdict"] == "needs_fact"


def test_same_case_in_any_order_of_keys_gives_the_same_hash():
    one = document(material("parts", "853400", "35"))
    other = dict(reversed(one.items()))

    assert judged(one).inputs_hash == judged(other).inputs_hash


@pytest.mark.parametrize(
    ("imported", "local", "expected"),
    [("60", "40", "originating"), ("30", "15", "non_originating"), ("60", None, "needs_fact")],
)
def test_material_cost_ratio_adds_up_every_material(imported, local, expected):
    """The older African rules: imported materials are at most 60 % of the cost of materials."""
    parts = (material("imported", "850490", imported), own("local", "850490", local))

    assert verdict(*parts, rule="VNM<=60%MAT") == expected


def test_material_cost_asks_for_the_values_that_are_missing():
    found = answered(material("a", "850490", "6"), own("b", "850490", None), rule="VNM<=60%MAT")

    assert [question["key"] for question in found["questions"]] == ["value:materials[1]"]


def test_value_added_on_ex_factory_cost_is_build_down():
    spices = material("imported", "090422", "65")

    for rule, expected in (("RVC.bd>=35%EXW", "originating"), ("RVC.bd>=36%EXW", None)):
        facts = {"price:EXW": "100"}
        assert verdict(spices, hs="210390", rule=rule, facts=facts) == (
            expected or "non_originating"
        )


@pytest.mark.parametrize("basis", ["AV", "TV", "NC"])
def test_every_basis_is_met_by_its_own_price_alone(basis):
    rule = f"VNM<=50%{basis}"
    parts = material("parts", "850490", "50")

    assert verdict(parts, rule=rule, basis=basis) == "originating"
    assert verdict(parts, rule=rule) == "needs_fact"
