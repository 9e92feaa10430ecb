"""Origin of materials: cumulation, absorption, packing, accessories, minimal operations."""

import pytest

from ooms.origin.bill import BillTooDeepError
from ooms.origin.determine import CaseError
from tests.unit.origin.building import answered, document, judged, material, own, verdict

CONTENT = "RVC.bd>=40%FOB"


def test_material_of_unknown_origin_counts_as_foreign():
    unknown = material("module", "850490", "61", originating=None)

    assert verdict(unknown, rule=CONTENT) == "non_originating"
    assert verdict(own("module", "850490", "61"), rule=CONTENT) == "originating"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("KR", "originating"),
        ("VN", "originating"),
        ("TH", "originating"),
        ("JP", "non_originating"),
    ],
)
def test_material_of_another_party_cumulates(origin, expected):
    part = own("module", "850490", "61", origin=origin)

    assert verdict(part, rule=CONTENT) == expected


def test_bilateral_agreement_does_not_cumulate_a_third_country():
    part = own("module", "850490", "61", origin="TH")

    assert verdict(part, agreement="KVFTA", rule=CONTENT) == "non_originating"


UNLISTED = {"product_rule_listed:853710": False}


def intermediate(*inputs, value="61", hs="853710", **more):
    return material("panel", hs, value, **({"originating": None} | more), made_from=list(inputs))


def test_qualifying_intermediate_counts_in_full():
    panel = intermediate(material("chip", "854231", "50"))

    assert verdict(panel, rule=CONTENT) == "originating"


def test_failing_intermediate_counts_by_its_foreign_inputs():
    """AKFTA general rule: the panel keeps its heading and holds too much foreign value."""
    panel = intermediate(material("panel kit", "853710", "55"), own("case", "732690", "6"))

    assert verdict(panel, rule=CONTENT, facts=UNLISTED) == "originating"
    assert verdict(panel, rule="RVC.bd>=46%FOB", facts=UNLISTED) == "non_originating"


def test_producer_may_treat_an_intermediate_as_foreign():
    panel = intermediate(material("chip", "854231", "50"), originating=False)

    assert verdict(panel, rule=CONTENT) == "non_originating"


def test_inputs_of_a_failed_intermediate_must_make_the_shift():
    panel = intermediate(material("module", "850490", "55"), hs="850440")

    assert verdict(panel, rule="CC") == "non_originating"


def test_open_intermediate_is_a_question_only_where_it_decides():
    panel = intermediate(material("chip", "854231", "59"), hs="611020", value="95")
    found = answered(panel, rule="RVC.bd>=45%FOB")

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"].startswith("materials[0]/process:")
    assert verdict(panel, rule="RVC.bd>=40%FOB") == "originating"


def test_bill_nested_beyond_reason_is_refused():
    part = material("deepest", "854231")
    for _ in range(15):
        part = material("level", "853710", originating=None, made_from=[part], value="90")

    with pytest.raises(BillTooDeepError):
        judged(document(part, rule="CC"))


@pytest.mark.parametrize(
    ("kind", "under_shift", "under_value"),
    [
        ("retail_packing", "originating", "non_originating"),
        ("shipping_packing", "originating", "originating"),
        ("accessory", "originating", "originating"),
        ("indirect", "originating", "originating"),
    ],
)
def test_packing_and_the_like_count_by_rule_type(kind, under_shift, under_value):
    line = material("box", "850490", "61", kind=kind)
    part = material("board", "853400", "0")

    assert verdict(part, line, agreement="KVFTA", rule="CTH") == under_shift
    assert verdict(part, line, agreement="KVFTA", rule=CONTENT) == under_value


def test_accessories_count_under_value_content_with_china():
    line = material("spare", "850490", "61", kind="accessory")
    part = own("board", "853400", "20")

    assert verdict(part, line, agreement="KCFTA", rule=CONTENT) == "non_originating"


def test_minimal_operations_alone_confer_no_origin():
    part = material("board", "853400", "10")

    assert verdict(part, rule="CTH", processes=["packing", "labelling"]) == "non_originating"
    assert verdict(part, rule="CTH", processes=["packing", "soldering"]) == "originating"


def test_packing_does_not_move_the_origin_of_the_other_party():
    foreign_to_us = own("toys", "950300", "50", origin="CN")
    toys = {"agreement": "KCFTA", "hs": "950300", "processes": ["packing"]}

    assert verdict(foreign_to_us, **toys) == "non_originating"
    assert verdict(own("toys", "950300", "50"), **toys) == "originating"


def test_good_of_originating_materials_alone_qualifies_by_that():
    lines = (own("board", "850440", "50"), own("case", "850490", "40", origin="CN"))
    found = answered(*lines, agreement="KCFTA")

    assert (found["verdict"], found["criterion"]) == ("originating", "WP")


def test_agreement_of_other_parties_refuses_the_case():
    with pytest.raises(CaseError, match="JP is not a Party to AKFTA"):
        judged(document(importing_party="JP"))


def test_day_before_the_agreement_has_no_rule_set():
    found = answered(material("board", "853400"), on="2001-01-01")

    assert found["questions"][0]["key"] == "rule_set_not_in_force"


def test_good_without_a_loaded_rule_is_never_guessed():
    found = answered(material("board", "853400"), agreement="KVFTA")

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"] == "rule_not_loaded"


def test_code_that_split_between_editions_is_a_question():
    chip = material("chip", "854231", "95")
    found = answered(chip, agreement="KCFTA", hs_edition=2022)
    named = answered(chip, agreement="KCFTA", hs_edition=2022, facts={"hs:materials[0]": "854231"})

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"] == "hs:materials[0]"
    assert named["verdict"] == "originating"


def test_edition_without_a_table_is_a_question():
    found = answered(material("board", "853400"), hs_edition=1996)

    assert found["questions"][0]["key"] == "edition_not_loaded"


def test_code_unknown_to_its_edition_is_asked_for():
    board = material("board", "853499", "50")
    found = answered(board, rule="CTH")
    named = answered(board, rule="CTH", facts={"hs:materials[0]": "853400"})

    assert found["verdict"] == "needs_fact"
    assert found["questions"][0]["key"] == "hs:materials[0]"
    assert "853499 is not a code of HS" in found["questions"][0]["text"]
    assert named["verdict"] == "originating"


def test_answer_that_is_no_code_leaves_the_question():
    board = material("board", "853499", "50")

    assert verdict(board, rule="CTH", facts={"hs:materials[0]": "853498"}) == "needs_fact"


def test_good_unknown_to_its_edition_is_asked_for():
    part = material("board", "853400")
    found = answered(part, hs="850499")

    assert found["questions"][0]["key"] == "hs:product"
    assert "850499 is not a code of HS" in found["questions"][0]["text"]
    assert verdict(part, hs="850499", facts={"hs:product": "850440"}) == "originating"


def test_code_without_successor_is_never_taken_over():
    """291636 of HS 2007 leads to no code of HS 2012."""
    acid = material("acid", "291636", "70")
    found = answered(acid, agreement="KCFTA", hs_edition=2007)

    assert found["verdict"] == "needs_fact"
    assert "leads to no code of HS 2012" in found["questions"][0]["text"]


def test_rule_of_the_case_is_read_in_the_edition_of_the_case():
    """843149 of HS 2002 has many successors; a rule of HS 2002 knows it as it is."""
    parts = material("parts", "843149", "15")
    excavator = {"hs": "842952", "hs_edition": 2002, "agreement": "KCFTA"}

    assert verdict(parts, rule="VNM{8431}<=10%FOB", **excavator) == "non_originating"
    assert verdict(parts, rule="VNM{8431}<=15%FOB", **excavator) == "originating"


def test_good_known_by_its_heading_only_has_no_rule_yet():
    part = material("board", "853400")

    assert answered(part, hs="8504")["questions"][0]["key"] == "hs:product"
    assert verdict(part, hs="8504", facts={"hs:product": "850440"}) == "originating"


def test_packing_without_a_material_proves_nothing():
    box = material("box", "481910", "1", kind="retail_packing")
    ours = own("box", "481910", "1", kind="retail_packing")

    assert verdict(box, rule="CTH") == "needs_fact"
    assert verdict(ours, agreement="KCFTA", hs="190230") == "needs_fact"


def test_every_line_says_what_was_found_of_its_origin():
    panel = intermediate(material("chip", "854231", "50"))
    ours = own("case", "732690", origin="JP")
    found = answered(panel, ours, material("screw", None, None), facts=UNLISTED)

    told = {
        origin["path"]: (origin["originating"], origin["because"]) for origin in found["origins"]
    }
    assert [origin["name"] for origin in found["origins"]] == ["panel", "case", "screw"]
    assert told["materials[0]"][0] is True
    assert told["materials[1]"] == (False, "of JP, which is not a Party")
    assert told["materials[2]"] == (False, "stated to be non-originating")


def test_intermediate_replaced_by_its_inputs_is_still_told():
    panel = intermediate(material("panel kit", "853710", "55"), own("case", "732690", "6"))
    found = answered(panel, rule=CONTENT)

    assert [origin["path"] for origin in found["origins"]] == [
        "materials[0]",
        "materials[0].made_from[0]",
        "materials[0].made_from[1]",
    ]


def test_open_intermediate_is_told_as_open():
    panel = intermediate(material("chip", "854231", "59"), hs="611020", value="95")
    found = answered(panel, rule="RVC.bd>=45%FOB")

    assert found["origins"][0]["originating"] is None


def test_self_made_intermediate_of_the_own_country_is_judged():
    panel = intermediate(material("chip", "854231", "50"), origin="KR")

    assert verdict(panel, rule=CONTENT) == "originating"
