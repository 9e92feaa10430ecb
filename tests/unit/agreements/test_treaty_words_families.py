"""The wordings of many families of agreements are read by what they say, not by whose they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.agreements.rule import Statement
from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words.reading import Status, read_words

EXW = "of the ex-works price of the product"
EITHER = "of the transaction value or ex-works price of the product"
BUILD = (
    "not less than:\n(1) 35 percent {by} build-up method{used}, or\n(2) 45 percent {by} build-down "
)
BASED = BUILD.format(by="based on the", used="") + "method"
USED = BUILD.format(by="when the", used=" is used") + "method is used"

CHANGES = {
    "A change from within this heading or any other heading.": "ANY",
    "A change from any other subheading, including another subheading within that group.": "CTSH",
    "A change to headings 7501 through 7505 from any other heading, including from another heading "
    "within that group.": "CTH",
    "11. A change to headings 7608 through 7609 from any other heading outside that group.": (
        "CTH -{7608..7609}"
    ),
    "21. A change to subheadings 8410.11 through 8410.13 from any other subheading, except from "
    "subheadings within that group.": "CTSH -{841011..841013}",
    "A change to heading 6401 from any other heading outside heading 6401 through 6405, except "
    "from subheading 6406.10": "CTH -{6401..6405,640610}",
    "A change from subheading 0302.13 through 0302.21, flounder of subheading 0302.29, subheading "
    "0302.41 or any other chapter.": 'CC +{030213..030221,"flounder"@030229,030241}',
    "A change to pigments based on cadmium compounds of subheading 3206.49 from any other good of "
    "subheading 3206.49 or any other subheading": (
        'GOOD("pigments based on cadmium compounds"): CTSH +{"any other good"@320649}'
    ),
    "A change to subheadings 2707.10 through 2707.91 from any other subheading within heading "
    "2707, whether or not there is also a change from any other heading, provided that the good "
    "resulting from such change is the product of a chemical reaction.": (
        "CTSH & P(chemical_reaction)"
    ),
    f"A change from within any one of these headings, whether or not there is also a change from "
    f"any other heading, provided that the value of non-originating materials classified in the "
    f"same heading as the final product does not exceed 20 per cent {EITHER}.": "VNM{same4}<=20%",
    f"A change from subheading 8305.90, whether or not there is also a change from any other "
    f"heading, provided that the value of non-originating materials of subheading 8305.90 does "
    f"not exceed 50 per cent {EITHER}.": "CTH +{830590} & VNM{830590}<=50%",
    "A change to jams or fruit jellies from any other heading, provided that the net weight of "
    "non-originating sugar used in production does not exceed 60% of the net weight of the "
    "product.": 'GOOD("jams or fruit jellies"): CTH & WT{"sugar"}<=60%',
    "A change to a good of subheading 2711.11 from within that subheading or any other subheading, "
    "provided that the nonoriginating feedstock of subheading 2711.11 constitutes no more than 49 "
    "percent by volume of the good.": 'WT{"feedstock"@271111}<=49%VOLUME',
    "A change to tariff item 6209.20.10 from any other chapter": (
        'GOOD("tariff item 62092010"): CC'
    ),
    "A change to subheading 9013.90 from any other subheading, except from subheading 9002.19 when "
    "resulting from a simple assembly.": (
        'CTSH -{"materials when resulting from a simple assembly"@900219}'
    ),
    "A change to subheading 1806.10 from any other heading, except from bones of heading 0506, "
    "headings 0201 to 0204 or chapter 3": 'CTH -{"bones"@0506,0201..0204,c03}',
}

CONTENTS = {
    f"A change to heading 8703 from any other heading, provided that there is a regional value "
    f"content of {USED}.": "CTH & (RVC.bu>=35% | RVC.bd>=45%)",
    f"No required change in tariff classification to subheading 8406.90, provided there is a "
    f"regional value content of {BASED}.": "RVC.bu>=35% | RVC.bd>=45%",
    "No change in tariff classification is required for goods of heading 8415, provided there is a "
    "regional value content of not less than (a) 35 percent when the build-up method is used, or "
    "(b) 45 percent when the build-down method is used.": "RVC.bu>=35% | RVC.bd>=45%",
    "A change to heading 3004 from any other heading, provided there is a regional value content "
    "of not less than: (1) 60 percent where the transaction value method is used; or (2) 50 "
    "percent where the net cost method is used.": "CTH & (RVC.bd>=60%TV | RVC.nc>=50%)",
    "CTH + QVC 35% (build-up) or 45% (build-down)": "CTH & (RVC.bu>=35% | RVC.bd>=45%)",
    "A regional value content of not less than 40 percent of the FOB value of the good; or\n"
    "A change in tariff classification at 6-digit level": "RVC>=40%FOB | CTSH",
    "CTSH + RVC 35%": "CTSH & RVC>=35%",
    "CTC at 6-digit level + 35% RVC": "CTSH & RVC>=35%",
    "VA 35% + CTH": "RVC>=35% & CTH",
    "Value added of at least 35% of the ex-factory cost of the goods": "RVC>=35%",
    "Your goods contain a Regional Value Content (RVC) of at least **55%** of the Free on Board "
    "(FOB) cost of the goods.": "RVC>=55%FOB",
    "A maximum of **50%** of the ex-works price (EXW) is made up of non-originating parts "
    "(MAXNOM).": "VNM<=50%EXW",
    "RVC \u2265 40%": "RVC>=40%",
    "CTH except from 09.01": "CTH -{0901}",
    "Wholly Obtained (WO)": "WO",
    "RVC40 or CTH or Textile Rule": "RVC>=40% | CTH | MACRO(textile_rule)",
    "<abbr title='Change of tariff heading'>CTH</abbr>: All non-originating materials used in the "
    "production of the good have undergone a change in tariff classification at the 4-digit level "
    "(tariff heading).": "CTH",
    "Yet to be agreed": "NONE",
}

TIMES = {
    "For the first three years from the date of entry into force of this Agreement: MaxNOM 60 % "
    "(EXW); thereafter: MaxNOM 45 % (EXW)": "YEARS(3): VNM<=60%EXW THEN VNM<=45%EXW",
    "RVC 40% for the first five years after the entry into force of this Agreement and RVC 45% "
    "thereafter": "YEARS(5): RVC>=40% THEN RVC>=45%",
    "MaxNOM 55 % (EXW) or RVC 50 % (FOB) until 31 December 2026; CTH from 1 January 2027": (
        'WHEN("until 31 December 2026"): (VNM<=55%EXW | RVC>=50%FOB) '
        '| WHEN("from 1 January 2027"): CTH'
    ),
    "Manufacture from materials of any heading, except that of the product. This rule shall apply "
    "until 31.12.2005.": 'WHEN("until 31.12.2005"): CTH',
    "(a) CTH\n(b) If the origin cannot be determined under (a), assembly in a Party": (
        "CTH ELSE P(assembly_in_a_party)"
    ),
    "A change from any other heading, **within annual quota volumes, exported from Canada to "
    "UK**.": "CTH QUOTA(quota-volumes)",
}

SCOPES = {
    "11. (A) A change to a light truck of subheading 8704.31 from any other heading, provided "
    "there is a regional value content of not less than 75 percent under the net cost method; or "
    "(B) A change to a vehicle for off-road use of subheading 8704.31 from any other heading, "
    "provided there is a regional value content of not less than 62.5 percent under the net cost "
    "method.": (
        'GOOD("a light truck"): CTH & RVC.nc>=75% '
        '| GOOD("a vehicle for off-road use"): CTH & RVC.nc>=62.5%'
    ),
    "19. For any other good of heading 8707: (A) A change to heading 8707 from any other chapter; "
    "or (B) A change to heading 8707 from heading 8708, whether or not there is also a change "
    "from any other chapter, provided there is a regional value content of not less than 60 "
    "percent under the net cost method.": (
        'GOOD("any other good of heading 8707"): (CC | CC +{8708} & RVC.nc>=60%)'
    ),
    "2. (A) A change to subheadings 7106.10 through 7106.92 from any other subheading; or (B) No "
    "change in tariff classification to a good of subheading 7106.91, provided that the "
    "nonoriginating materials undergo electrolytic separation or alloying.": (
        "CTSH | GOOD{710691}: (P(electrolytic_separation) | P(alloying))"
    ),
    "1. A change to heading 8501 from any other heading.\n2. A change to heading 8502 from any "
    "other chapter.": "GOOD{8501}: CTH | GOOD{8502}: CC",
    "CTH; RVC 40; or CR": "CTH | RVC>=40% | P(chemical_reaction)",
    "CTH and MaxNOM 50% (EXW) or RVC 45%": "CTH & VNM<=50%EXW | RVC>=45%",
    "MaxNOM 45 % (EXW) and battery packs of heading 85.07 of a kind used for propulsion must be "
    "originating": 'VNM<=45%EXW & ORIG{"battery packs of a kind used for propulsion"@8507}',
    "Manufacture from materials of any subheading, except that of the product and except materials "
    f"of subheading 2905 44. However, materials of the same subheading as the product may be used, "
    f"provided that their total value does not exceed 20 % {EXW}": (
        "CTSH -{290544} spare{same6 <= 20%EXW}"
    ),
    "CTH; however, materials of heading 3105 may be used, provided that their total value does "
    "not exceed 20 % of the EXW or 15 % of the FOB of the product": (
        "CTH spare{3105 <= 20%EXW} | CTH spare{3105 <= 15%FOB}"
    ),
    "Manufacture from offal of heading 0206. However, bones of heading 0506 may not be used": (
        'FROM("offal"@0206) & ANY -{"bones"@0506}'
    ),
    "Weaving, knitting or nonwoven fabric formation combined with dyeing": (
        "P(weaving+dyeing) | P(knitting+dyeing) | P(nonwoven_fabric_formation+dyeing)"
    ),
    f"Coating provided that the value of the uncoated fabric used does not exceed 40 % {EXW}, "
    "combined with making-up including cutting": (
        'P(coating+making_up) & VNM{"uncoated fabric"}<=40%EXW'
    ),
    "Weaving, knitting or non-woven process combined with dyeing": (
        "P(weaving+dyeing) | P(knitting+dyeing) | P(non_woven_process+dyeing)"
    ),
    "Manufacturing in which all the materials used are classified within a heading other than that "
    "of the product": "CTH",
    "Manufacture in which all the cereals, edible vegetables, roots and tubers of heading 0714 or "
    "fruit used are wholly obtained": (
        'WO{"cereals","edible vegetables","roots and tubers"@0714,"fruit"}'
    ),
    "The value of non-originating mangoes of subheading 0804.50, peaches of subheading 0809.30 "
    f"and heading 2006 used does not exceed 40 % {EXW}": (
        'VNM{"mangoes"@080450,"peaches"@080930,2006}<=40%EXW'
    ),
    "Manufacture from yarn. However, jute fabric may be used as backing": (
        'FROM{"yarn","jute fabric used as a backing"}'
    ),
    "Manufacture from materials of any heading, except those of heading 7106, or\nelectrolytic "
    "separation of precious metals of heading 7106": (
        'ANY -{7106} | P("electrolytic separation of precious metals of heading 7106")'
    ),
    "Manufacture from materials of any heading, including materials of a different 'group' in this "
    "heading. However, materials of the same group may be used, provided their value does not "
    f"exceed 20 % {EXW}": (
        'ANY -{"of the same group as the product"@same4} '
        'spare{"of the same group as the product"@same4 <= 20%EXW}'
    ),
    "Production from non-originating materials of any heading, provided that the total weight of "
    "non-originating materials of heading 24.01 used does not exceed 30 % of the weight of "
    "materials of Chapter 24 used.": "WT{2401}<=30%{c24}",
    "Manufacture from materials classified in a heading other than that of the product": "CTH",
    "Weaving combined with making-up, or manufacture from yarn": (
        'P(weaving+making_up) | FROM("yarn")'
    ),
}
READ = CHANGES | CONTENTS | TIMES | SCOPES


@pytest.mark.parametrize("words", READ)
def test_wording_of_each_family_reads_as_its_rule(words):
    reading = read_words(words)

    assert text_of(reading.rule) == READ[words]
    assert reading.status is Status.STRUCTURED


@pytest.mark.parametrize(
    "words",
    [
        "CTH, unless the good is painted",
        "At least two of the following: CTH, RVC40",
        "RVC 40% or 45%",
        "Not more than 60% non-originating content",
        "The country of origin is the country in which the fabric was formed",
        f"MaxNOM, whichever is lower, 40 % {EXW}",
    ],
)
def test_wording_that_no_form_fits_stays_a_question(words):
    reading = read_words(words)

    assert isinstance(reading.rule, Statement)
    assert reading.status is Status.UNREAD


def test_list_that_hides_how_processes_join_is_one_question():
    words = (
        "Spinning of fibres, extrusion of yarn combined with spinning, or twisting combined with "
        "weaving"
    )

    assert isinstance(read_words(words).rule, Statement)


def test_last_and_after_alternatives_is_left_to_a_person():
    reading = read_words("CTH\nor\nRVC40\nand\nMaxNOM 50 % (EXW)")

    assert reading.unread == ("not said how far the last and reaches",)


additions = st.sampled_from(
    [", unless zorbed", " if zorbed", ", except zorbed", " by zorbed", " (zorbed)", " or zorbed"]
)


@given(st.sampled_from(sorted(CHANGES | CONTENTS | SCOPES)), additions)
def test_words_added_to_a_rule_never_vanish(words, added):
    reading = read_words(f"{words.rstrip('.')}{added}")

    assert reading.unread or "zorbed" in text_of(reading.rule)
