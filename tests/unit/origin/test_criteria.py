"""Each criterion of the notation, at its edges."""

import pytest

from tests.unit.origin.building import answered, material, own, verdict

FOREIGN = material("board", "853400", "35")
SAME = material("module", "850490", "35")


def test_change_of_heading_passes_when_no_input_shares_it():
    assert verdict(FOREIGN, rule="CTH") == "originating"
    assert verdict(SAME, rule="CTH") == "non_originating"


def test_change_of_subheading_accepts_the_same_heading():
    assert verdict(SAME, rule="CTSH") == "originating"


def test_change_of_chapter_refuses_another_heading_of_it():
    assert verdict(FOREIGN, rule="CC") == "non_originating"
    assert verdict(material("steel", "721049", "35"), rule="CC") == "originating"


def test_any_heading_accepts_the_good_itself():
    assert verdict(material("same", "850440", "90"), rule="ANY") == "originating"


def test_only_accepts_nothing_outside_its_set():
    assert verdict(material("pig iron", "720110", "90"), rule="ONLY{7201}") == "originating"
    assert verdict(FOREIGN, rule="ONLY{7201}") == "non_originating"


def test_exception_bars_and_readmission_opens_again():
    assert verdict(FOREIGN, rule="CTH -{8532..8534}") == "non_originating"
    assert verdict(FOREIGN, rule="CTH -{8532..8534} +{853400}") == "originating"


def test_relief_spares_listed_materials_up_to_its_share():
    within = material("module", "850490", "20")
    over = material("module", "850490", "20.01")

    assert verdict(within, rule="CTH spare{same4 <= 20%FOB}") == "originating"
    assert verdict(over, rule="CTH spare{same4 <= 20%FOB}") == "non_originating"


def test_heading_alone_leaves_a_subheading_change_open():
    found = answered(material("module", "8504", "35"), rule="CTSH")

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"] == "hs:materials[0]"


def test_answered_code_settles_an_open_shift():
    found = answered(
        material("module", "8504", "35"), rule="CTSH", facts={"hs:materials[0]": "850490"}
    )

    assert found["verdict"] == "originating"


def test_wholly_obtained_needs_somebody_to_say_so():
    apples = {"agreement": "KCFTA", "hs": "080810"}

    assert answered(**apples)["questions"][0]["key"] == "wholly_obtained"
    assert answered(**apples, facts={"wholly_obtained": True})["criterion"] == "WO"
    assert verdict(**apples, facts={"wholly_obtained": False}) == "non_originating"


def test_foreign_material_rules_out_wholly_obtained_despite_a_claim():
    found = verdict(material("apples", "080810"), hs="080810", facts={"wholly_obtained": True})

    assert found == "non_originating"


def test_set_must_be_wholly_obtained_material_by_material():
    milk = own("milk", "040120")
    asked = answered(milk, rule="WO{c04}")
    said = verdict(milk, rule="WO{c04}", facts={"wholly_obtained:materials[0]": True})

    assert asked["questions"][0]["key"] == "wholly_obtained:materials[0]"
    assert said == "originating"
    assert verdict(material("milk", "040120"), rule="WO{c04}") == "non_originating"


def test_originating_set_asks_only_about_its_members():
    assert verdict(FOREIGN, rule="ORIG{c61}") == "originating"
    assert verdict(material("knit", "611020"), rule="ORIG{c61}") == "non_originating"


def test_named_processes_pass_when_all_were_done():
    assert verdict(FOREIGN, rule="P(cutting+sewing)", processes=["Cutting", "sewing"]) == (
        "originating"
    )
    one = answered(FOREIGN, rule="P(cutting+sewing)", processes=["sewing"])
    assert [q["key"] for q in one["questions"]] == ["process:cutting"]


def test_denied_process_fails_the_rule():
    found = verdict(FOREIGN, rule="P(cutting)", facts={"process:cutting": False})

    assert found == "non_originating"


def test_ordered_processes_ask_for_their_order():
    done = {"rule": "P(printing>making_up)", "processes": ["printing", "making_up"]}

    assert answered(FOREIGN, **done)["questions"][0]["key"] == "process_order:printing>making_up"
    said = {"process_order:printing>making_up": True}
    assert verdict(FOREIGN, **done, facts=said) == "originating"


@pytest.mark.parametrize("rule", ['P("spun by hand")', 'FROM("yarn")', 'FROM("yarn"@5205)'])
def test_words_that_no_code_decides_never_pass_unasked(rule):
    assert verdict(FOREIGN, rule=rule) == "needs_fact"


def test_description_of_materials_is_moot_without_foreign_ones():
    assert verdict(own("fabric", "520811"), rule='FROM("yarn")') == "originating"


def test_selector_that_does_not_describe_the_good_fails():
    rule = 'GOOD("vacuum cleaners"): CTH'

    assert verdict(FOREIGN, rule=rule) == "needs_fact"
    assert verdict(FOREIGN, rule=rule, facts={"good:vacuum_cleaners": True}) == "originating"
    assert verdict(FOREIGN, rule=rule, facts={"good:vacuum_cleaners": False}) == ("non_originating")


def test_failed_shift_decides_whatever_the_selector_would_say():
    assert verdict(SAME, rule='GOOD("vacuum cleaners"): CTH') == "non_originating"


def test_fallback_is_asked_when_the_first_rule_fails():
    assert verdict(SAME, rule="CTH ELSE RVC>=40%") == "originating"
    assert verdict(SAME, rule="CTH ELSE NONE") == "non_originating"


def test_combined_and_individual_weight_caps_are_different_words():
    sugar = material("sugar", "170199", "1", weight="15")
    milk = material("milk", "040210", "1", weight="10")
    whole = {"weight": "100"}

    assert verdict(sugar, milk, rule="WT.each{1701,c04}<=20%", product=whole) == "originating"
    assert verdict(sugar, milk, rule="WT{1701,c04}<=20%", product=whole) == "non_originating"
    assert verdict(sugar, milk, rule="WT{1701,c04}<=25%", product=whole) == "originating"


def test_weight_cap_asks_for_the_words_it_cannot_read():
    found = answered(
        material("syrup", "170290", "1", weight="30"),
        rule='WT{"sugar"}<=20%',
        product={"weight": "100"},
    )

    assert found["questions"][0]["key"] == "is:sugar:materials[0]"


def test_empty_bill_of_materials_proves_nothing():
    for rule in ("CTH", "RVC>=40%", "VNM<=40%FOB", "ORIG{c61}"):
        assert verdict(rule=rule) == "needs_fact"
    assert verdict(rule="CTH", facts={"bom_complete": True}) == "originating"


@pytest.mark.parametrize(
    ("declared", "rule"),
    [
        (["weave", "cut and sew in Party"], "P(weaving+cutting+sewing)"),
        (["Woven in the territory of a Party"], "P(weaving)"),
        (["knitting and making up"], "P(knitting)"),
        (["printing", "bleaching", "singeing"], "P(printing+fin2)"),
    ],
)
def test_processes_go_by_the_names_that_people_write(declared, rule):
    assert verdict(FOREIGN, rule=rule, processes=declared) == "originating"


@pytest.mark.parametrize(
    ("declared", "rule"),
    [
        (["weave"], "P(knitting)"),
        (["printing", "bleaching"], "P(printing+fin2)"),
        (["simple sewing"], "P(sewing)"),
        (["cutting of grass"], "P(cutting)"),
    ],
)
def test_process_under_another_name_is_asked_for(declared, rule):
    assert verdict(FOREIGN, rule=rule, processes=declared) == "needs_fact"


def test_minimal_operations_go_by_their_other_names_too():
    found = verdict(FOREIGN, rule="CTH", processes=["affixing labels", "pack"])

    assert found == "non_originating"


def test_codes_choose_the_rule_without_a_question():
    rule = "GOOD{850440,8708..8710}: CTH | GOOD{850450}: ANY"

    assert verdict(FOREIGN, rule=rule) == "originating"
    assert verdict(SAME, rule=rule) == "non_originating"


def test_codes_finer_than_the_good_ask_for_its_code():
    found = answered(FOREIGN, rule="GOOD{850440}: CTH", hs="8504")

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"] == "hs:product"


def test_words_inside_codes_are_asked_of_those_goods_only():
    rule = 'GOOD{850440}: GOOD("rectifiers"): CTH | GOOD{8708}: GOOD("gear boxes"): CTH'

    asked = [question["key"] for question in answered(FOREIGN, rule=rule)["questions"]]

    assert asked == ["good:rectifiers"]


def test_weight_is_held_against_all_materials_of_a_set():
    foreign = material("foreign leaf", "240110", "35", weight="30")
    grown = own("own leaf", "240120", weight="40")
    cut = own("cut leaf", "240391", weight="30")

    assert verdict(foreign, grown, cut, rule="WT{2401}<=30%{c24}") == "originating"
    assert verdict(foreign, grown, cut, rule="WT{2401}<=30%{2401}") == "non_originating"


def test_weight_of_a_set_is_open_while_a_member_is_unsure():
    foreign = material("foreign leaf", "240110", "35", weight="30")
    unsure = own("own leaf", weight="70", hs=None)

    found = answered(foreign, unsure, rule="WT{2401}<=30%{2401}")

    assert found["verdict"] == "needs_fact"
    assert [question["key"] for question in found["questions"]] == ["hs:materials[1]"]


def test_least_share_wholly_obtained_is_weighed_in_the_set():
    grown = own("own leaf", "240110", weight="10")
    foreign = material("foreign leaf", "240120", "35", weight="90")
    said = {"wholly_obtained:materials[0]": True}
    denied = {"wholly_obtained:materials[0]": False}

    assert verdict(grown, foreign, rule="WO{2401}>=10%", facts=said) == "originating"
    assert verdict(grown, foreign, rule="WO{2401}>=11%", facts=said) == "non_originating"
    assert verdict(grown, foreign, rule="WO{2401}>=10%", facts=denied) == "non_originating"


def test_least_share_asks_which_materials_are_wholly_obtained():
    grown = own("own leaf", "240110", weight="10")
    foreign = material("foreign leaf", "240120", "35", weight="90")

    asked = [q["key"] for q in answered(grown, foreign, rule="WO{2401}>=10%")["questions"]]

    assert asked == ["wholly_obtained:materials[0]"]
