"""The ten traps of tolerance that practitioners see every new program fall into.

The numbers are those of the published examples: the regulations under USMCA (section 5, 6 and
schedule 1), RCEP Articles 3.7 and 3.8, the introductory notes of the Pan-Euro-Mediterranean
protocol and of EU-Viet Nam, and the KORUS ruling on an unassembled box. Their policies are made
here, so that no pack's present words decide a test.
"""

from ooms.agreements.policies import Differs
from tests.unit.origin.agreements import found_under, verdict_under, with_policies
from tests.unit.origin.building import material, own
from tests.unit.origin.made_policies import (
    TEXTILES,
    by_value,
    by_weight,
    ranges,
    set_policy,
    tolerance,
)

GENERAL = with_policies(tolerances=(tolerance(by_value("10")),))
ELASTOMERIC = "elastomeric yarn"
POLYURETHANE = "polyurethane yarn"
STRIP = "metallized strip"
EU_TYPE = with_policies(
    tolerances=(
        tolerance(
            by_value("8"),
            goods=("61..63",),
            materials=ranges("50..63"),
            excluded_words=("linings and interlinings",),
            differs=Differs.HEADING,
            lifts=("shift", "made_from"),
        ),
        tolerance(
            by_weight("10", of="textiles"),
            goods=TEXTILES,
            materials=ranges("50..63"),
            asks="mixed_product",
            lifts=("shift", "made_from"),
            within=((POLYURETHANE, "20"), (STRIP, "30")),
        ),
        tolerance(
            by_value("10"),
            goods=("01..49", "64..97"),
            lifts=("shift", "made_from", "origin"),
        ),
    ),
    textile_free_materials=ranges("01..49", "64..97"),
)
UNPREPARED = (
    'FROM{"natural fibres not carded or combed or otherwise prepared for spinning",'
    '"chemical materials or textile pulp"}'
)


def yarn_of_mixed_fibres(synthetic, **facts):
    return verdict_under(
        EU_TYPE,
        material("raw cotton", "520100", weight=str(100 - synthetic)),
        material("carded synthetic fibres", "550620", weight=str(synthetic)),
        hs="520511",
        rule=UNPREPARED,
        facts={f"is:polyurethane_yarn:{line}": False for line in ("materials[0]", "materials[1]")}
        | {f"is:metallized_strip:{line}": False for line in ("materials[0]", "materials[1]")}
        | facts,
    )


def test_trap_1_tolerated_value_stays_in_the_value_content():
    """USMCA regulations, section 5, example 3: 8 is tolerated, and still counts."""
    anode = {"hs": "740200", "rule": "CTH -{7404} & RVC.bd>=60%FOB"}
    scrap = material("copper scrap", "740400", "8")

    assert verdict_under(GENERAL, scrap, material("matte", "740100", "30"), **anode) == (
        "originating"
    )
    assert verdict_under(GENERAL, scrap, material("matte", "740100", "40"), **anode) == (
        "non_originating"
    )


def test_trap_1_value_rule_alone_has_no_tolerance():
    """RCEP Article 3.7(2): 61 foreign of 100 is 39 %, whatever the 9 would be worth."""
    cells = material("cells", "850790", "52")
    part = material("small part", "850790", "9")

    found = verdict_under(GENERAL, cells, part, hs="850760", rule="RVC.bd>=40%")

    assert found == "non_originating"


def test_trap_2_tolerance_lifts_no_percentage_that_a_rule_states():
    parts = material("parts", "852990", "50")

    found = verdict_under(EU_TYPE, parts, hs="852859", rule="VNM<=45%FOB")

    assert found == "non_originating"


def test_trap_2_value_tolerance_is_not_for_textiles():
    thread = material("yarn", "520511", "1")

    found = verdict_under(EU_TYPE, thread, hs="520811", rule="CC", facts={"mixed_product": False})

    assert found == "non_originating"


def blouse(lyocell, elastomeric):
    agreement = with_policies(
        tolerances=(
            tolerance(
                by_weight("10", of="component"), goods=("61..63",), within=((ELASTOMERIC, "7"),)
            ),
        ),
        component_goods=ranges("61..63"),
    )
    return verdict_under(
        agreement,
        own("polyester yarn", "540233", weight="90", component="main"),
        material("lyocell yarn", "540349", weight=str(lyocell), component="main"),
        material("elastomeric yarn", "540244", weight=str(elastomeric), component="main"),
        material("heavy foreign lace", "580421", weight="500", component="trim"),
        hs="620640",
        rule="CC -{5401..5408}",
        facts={
            "classification_component": "main",
            "is:elastomeric_yarn:materials[1]": False,
            "is:elastomeric_yarn:materials[2]": True,
        },
    )


def test_trap_3_weight_of_the_component_caps_elastomeric_yarn_apart():
    """USMCA regulations, section 5, example 11: 10 % in all, 7 % of it elastomeric."""
    assert blouse(3, 7) == "originating"
    assert blouse(1, 9) == "non_originating"
    assert blouse(4, 7) == "non_originating"


def test_trap_3_weight_and_value_may_be_alternatives():
    """RCEP Article 3.7(1)(b): 18 % by value fails, 9 % by weight is enough."""
    agreement = with_policies(
        tolerances=(tolerance(by_value("10"), by_weight("10"), goods=TEXTILES),)
    )
    fabric = material("foreign fabric", "520811", "18", weight="9")
    yarn = own("own yarn", "520511", "40", weight="91")

    assert verdict_under(agreement, fabric, yarn, hs="520811", rule="CTH") == "originating"


def test_trap_3_textile_tolerance_is_for_mixed_products_only():
    """Introductory note 5.2: 9 % of the fibres may be prepared, in a mixed yarn."""
    assert yarn_of_mixed_fibres(9, mixed_product=True) == "originating"
    assert yarn_of_mixed_fibres(12, mixed_product=True) == "non_originating"
    assert yarn_of_mixed_fibres(9, mixed_product=False) == "non_originating"
    assert yarn_of_mixed_fibres(9) == "needs_fact"


def test_trap_3_polyurethane_yarn_and_metallized_strip_have_wider_shares():
    """Introductory notes 5.3 and 5.4: 20 % for the yarn, 30 % for the strip."""

    def fabric(special, words):
        return verdict_under(
            EU_TYPE,
            material("raw cotton", "520100", weight=str(100 - special)),
            material("special", "560500", weight=str(special)),
            hs="520811",
            rule=UNPREPARED,
            facts={
                "mixed_product": True,
                "is:polyurethane_yarn:materials[1]": words == POLYURETHANE,
                "is:metallized_strip:materials[1]": words == STRIP,
            },
        )

    assert [fabric(20, POLYURETHANE), fabric(21, POLYURETHANE)] == [
        "originating",
        "non_originating",
    ]
    assert [fabric(30, STRIP), fabric(31, STRIP)] == ["originating", "non_originating"]
    assert fabric(20, "") == "non_originating"


def trousers(trim, *, is_lining):
    return verdict_under(
        EU_TYPE,
        material("cotton yarn", "520511", "20"),
        trim,
        hs="620342",
        rule='FROM("yarn")',
        facts={"is:linings_and_interlinings:materials[1]": is_lining, "mixed_product": False},
    )


def test_trap_3_trims_of_another_heading_stay_within_8_percent_but_never_linings():
    """Introductory note 6.1."""
    tape = material("woven labels and tape", "580632", "7")
    lining = material("lining fabric", "540761", "5")

    assert trousers(tape, is_lining=False) == "originating"
    assert trousers(tape | {"value": "8.01"}, is_lining=False) == "non_originating"
    assert trousers(lining, is_lining=True) == "non_originating"
    assert trousers(tape, is_lining=None) == "needs_fact"


def test_trap_4_excluded_inputs_are_never_disregarded():
    """USMCA Article 4.12(3): dairy in dairy goods; section 5(9): narrow elastics in garments."""
    dairy = with_policies(
        tolerances=(tolerance(by_value("10"), excluded_materials=ranges("0401..0406")),)
    )
    swimwear = with_policies(
        tolerances=(tolerance(by_weight("10"), excluded_words=("narrow elastics",)),)
    )
    elastic = material("elastic", "600240", weight="1")
    trunks = {"hs": "621111", "rule": "CC -{6002}", "product": {"weight": "100"}}

    assert verdict_under(dairy, material("milk", "040120", "1"), hs="040610", rule="CC") == (
        "non_originating"
    )
    for is_elastic, expected in ((True, "non_originating"), (False, "originating")):
        facts = {"is:narrow_elastics:materials[0]": is_elastic}
        assert verdict_under(swimwear, elastic, **trunks, facts=facts) == expected


def test_trap_5_small_foreign_content_waives_the_value_rule_where_agreed():
    """USMCA Article 4.12(1): all foreign materials within 10 % leave no content to show."""
    waiving = with_policies(tolerances=(tolerance(by_value("10"), waives_value_content=True),))
    rule = "CTH & RVC.bd>=95%FOB"
    within = material("module", "850490", "10")
    beyond = material("board", "853400", "10.01")

    assert verdict_under(waiving, within, rule=rule) == "originating"
    assert verdict_under(waiving, beyond, rule=rule) == "non_originating"
    assert verdict_under(GENERAL, within, rule=rule) == "non_originating"


def test_trap_6_two_percentages_are_separate_caps():
    """Introductory note 3.6, and the combined and individual weights of EU-Viet Nam."""
    rule = "VNM<=40%FOB & VNM{8431}<=10%FOB | VNM<=30%FOB"
    sugar = material("sugar", "170199", weight="15")
    milk = material("milk", "040210", weight="10")

    def excavator(others, parts):
        lines = (material("others", "841221", others), material("parts", "843149", parts))
        return verdict_under(EU_TYPE, *lines, hs="842952", rule=rule)

    def drink(cap):
        whole = {"weight": "100"}
        return verdict_under(EU_TYPE, sugar, milk, hs="220299", rule=cap, product=whole)

    assert excavator("28", "9") == "originating"
    assert excavator("20", "15") == "non_originating"
    assert excavator("35", "10") == "non_originating"
    assert drink("WT.each{1701,c04}<=20%") == "originating"
    assert drink("WT{1701,c04}<=20%") == "non_originating"


def test_trap_7_earlier_stages_are_allowed_and_later_ones_are_not():
    """Introductory note 3.2, 3.5 and 6.2: from yarn means from fibres too, never from cloth."""
    jacket = {"hs": "621010", "rule": 'FROM("yarn")'}
    cloth = material("non-woven cloth", "560312", "50")
    fibres = material("raw cotton", "520100", "50")
    buttons = material("metal buttons", "960622", "20")

    assert verdict_under(EU_TYPE, fibres, buttons, **jacket) == "originating"
    facts = {"is:linings_and_interlinings:materials[0]": False}
    assert verdict_under(EU_TYPE, cloth, **jacket, facts=facts) == "non_originating"


def test_trap_7_what_is_by_nature_not_the_named_thing_is_free():
    """EU-Viet Nam, note 3.7: paint does not bar painted steel from semi-finished steel."""
    steel = {"hs": "721070", "rule": "FROM{7206,7207}"}
    slab = material("semi-finished steel", "720712", "40")
    paint = material("paint", "320810", "20")
    plastic = material("plastic coating", "390110", "20")

    assert verdict_under(EU_TYPE, slab, paint, plastic, **steel) == "originating"
    coil = material("hot-rolled coil", "720839", "40")
    assert verdict_under(EU_TYPE, coil, **steel) == "non_originating"


def test_trap_8_retail_packing_counts_under_value_and_not_under_shift():
    """RCEP Article 3.8; US regulations on blister packs."""
    fruit = material("fruit", "081090", "40")
    bottle = material("glass bottle", "701090", "15", kind="retail_packing")
    pack = material("blister pack", "392390", "10", kind="retail_packing")
    crate = material("crate", "441510", "30", kind="shipping_packing")
    parts = material("parts", "847990", "50")

    assert verdict_under(GENERAL, fruit, bottle, hs="200989", rule="CC") == "originating"
    assert verdict_under(GENERAL, parts, pack, hs="847989", rule="RVC.bd>=45%") == (
        "non_originating"
    )
    assert verdict_under(GENERAL, parts, crate, hs="847989", rule="RVC.bd>=45%") == "originating"


def test_trap_8_packing_that_is_no_part_of_the_good_is_a_material():
    fruit = material("fruit", "081090", "40")
    flask = material("ornamental juice flask", "200989", "15", kind="retail_packing")
    juice = {"hs": "200989", "rule": "CC"}

    facts = {"classified_with_good:materials[1]": False}
    assert verdict_under(GENERAL, fruit, flask, **juice) == "originating"
    assert verdict_under(GENERAL, fruit, flask, **juice, facts=facts) == "non_originating"


def test_trap_9_sets_keep_foreign_articles_within_their_share():
    """EU-Korea 15 %, USMCA 10 %; a named set follows the ordinary rule of its heading."""
    sets = with_policies(sets=set_policy("15"))
    tools = own("tools", "820520", "86")
    foreign = material("foreign tool", "820320", "14")
    dear = material("foreign tool", "820320", "15.01")
    facts = {"gri3_set": True}

    found = found_under(sets, tools, foreign, hs="820600", rule="CC", facts=facts)
    assert (found["verdict"], found["rule"]) == ("originating", "SETRULE(15%FOB)")
    assert verdict_under(sets, tools, dear, hs="820600", facts=facts) == "non_originating"
    assert verdict_under(sets, tools, foreign, hs="820600", rule="CC") == "non_originating"


def test_trap_10_unassembled_good_makes_no_change_by_assembly():
    """KORUS: top, sleeve and bottom shipped together are the box already (GRI 2(a))."""
    box = {"hs": "392310", "rule": "CTH", "processes": ["assembly"]}
    top = material("guide top", "392690", "30")
    sleeve = material("sleeve", "481910", "30")

    found = verdict_under(GENERAL, top, sleeve, **box, facts={"gri2a_unassembled": True})

    assert found == "non_originating"
    assert verdict_under(GENERAL, top, sleeve, **box) == "originating"
