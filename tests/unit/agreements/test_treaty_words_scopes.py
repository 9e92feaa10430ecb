"""How far a word reaches in a rule: no clause is dropped, and none is read more kindly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words.reading import Status, read_words

EXW = "of the ex-works price of the product"

CODES = {
    "A change to goods of subheading 7106.91 from any other good of subheading 7106.91; a change "
    "to goods of subheading 7106.92 from any other subheading": (
        'GOOD{710691}: ONLY{"any other good"@710691} | GOOD{710692}: CTSH'
    ),
    "A change to heading 4104 from any other heading, except from heading 4107; or a change to "
    "subheading 4104.41 from subheading 4104.11 or 4104.19": (
        "CTH -{4107} | GOOD{410441}: ONLY{410411,410419}"
    ),
    "A change to headings 0901 through 0902 from any other chapter; or a change to roasted coffee "
    "of subheading 0901.21 from green coffee of subheading 0901.11": (
        'CC | GOOD{090121}: GOOD("roasted coffee"): ONLY{"green coffee"@090111}'
    ),
    "1. (A) A change to subheadings 9503.00 through 9505.90 from any other subheading; or (B) No "
    "change in tariff classification to a good of any of subheadings 9503.00 through 9505.90, "
    "provided there is a regional value content of not less than: (1) 45 percent where the "
    "transaction value method is used; or (2) 35 percent where the net cost method is used.": (
        "CTSH | RVC.bd>=45%TV | RVC.nc>=35%"
    ),
    "Change in tariff classification to a subheading from any other subheading, or MaxNOM 60%": (
        "CTSH | VNM<=60%"
    ),
    "A change to headings 73.04 through 73.06 from any other chapter, or from any other heading in "
    "that chapter outside that group.": "CTH -{7304..7306}",
    "A change to subheading 9504.10 through 9506.29 from any other subheading, including within "
    "that group.": "CTSH",
    "A change to heading 85.44 from any other heading, including headings 85.43 or 74.08": "CTH",
    "Manufacture from materials classified in a heading other than that of the product except from "
    "all headings of chapter 31": "CTH -{c31}",
    "CC; except from 0201 to 0210": "CC -{0201..0210}",
    "RVC40 except from 1006": "RVC>=40% & ANY -{1006}",
}
CHOICES = {
    "CTH / RVC 40": "CTH | RVC>=40%",
    "CTH and/or RVC40": "CTH | RVC>=40%",
    "CTH or RVC(40) and/or CR": "CTH | RVC>=40% | P(chemical_reaction)",
    "CC or QVC 35% (build up) / 45% (build down)": "CC | RVC.bu>=35% | RVC.bd>=45%",
    "CTH; or RVC (build-down) 40 per cent": "CTH | RVC.bd>=40%",
    "CTSH; a chemical reaction or purification is undergone; or MaxNOM 50 % (EXW).": (
        "CTSH | P(chemical_reaction) | P(purification) | VNM<=50%EXW"
    ),
    "A change to headings 39.01 through 39.15 from any other heading; or the good is the product "
    "of a chemical reaction": "CTH | P(chemical_reaction)",
    "A change to heading 15.07 from any other chapter, or wholly obtained": "CC | WO",
    "Change to subheading 7108.12 from any other subheading; or no required change in tariff "
    "classification, provided that the good is cut and sewn": "CTSH | P(cutting+sewing)",
    "Manufacture from materials of any heading except that of the product, or manufacture where "
    f"the value of non-originating materials does not exceed 70% {EXW}": "CTH | VNM<=70%EXW",
}
CONDITIONS = {
    "LVC of 40% or CTH, provided that the goods are cut and sewn": (
        "RVC>=40% & P(cutting+sewing) | CTH & P(cutting+sewing)"
    ),
    "Either CTH or RVC 45 %, in both cases provided that the engine of heading 84.07 used is "
    "originating": 'CTH & ORIG{"engine"@8407} | RVC>=45% & ORIG{"engine"@8407}',
    "CTH, except from 7208 to 7212; or RVC 45; provided that the engine of heading 84.07 used is "
    "originating": ('CTH -{7208..7212} & ORIG{"engine"@8407} | RVC>=45% & ORIG{"engine"@8407}'),
    "CTH or RVC 40, except from heading 8708": "CTH -{8708} | RVC>=40% & ANY -{8708}",
    "RVC40 or CTH, except from heading 8708": "RVC>=40% | CTH -{8708}",
    "CTH or RVC 40, and cut and sewn in a Party": (
        "CTH & P(cutting+sewing) | RVC>=40% & P(cutting+sewing)"
    ),
    "CTH, or RVC 40 and the good is cut and sewn": "CTH | RVC>=40% & P(cutting+sewing)",
    "CTH; or\nRVC 45;\nprovided that the good is cut and sewn": (
        "CTH & P(cutting+sewing) | RVC>=45% & P(cutting+sewing)"
    ),
    "CTH or RVC 40. The good must also be cut and sewn.": (
        "CTH & P(cutting+sewing) | RVC>=40% & P(cutting+sewing)"
    ),
    "CTH or RVC 40. In addition, all materials of chapter 4 used are wholly obtained.": (
        "CTH & WO{c04} | RVC>=40% & WO{c04}"
    ),
    "Weaving and dyeing or printing": 'P("weaving and dyeing or printing")',
    "RVC 40 or CC provided that the goods are cut and sewn": "RVC>=40% | CC & P(cutting+sewing)",
    "Knitting or crocheting and making-up including cutting": (
        "P(knitting+making_up) | P(crocheting+making_up)"
    ),
    "Spinning accompanied by weaving or knitting and making-up": (
        "P(spinning+weaving+making_up) | P(spinning+knitting+making_up)"
    ),
    "Weaving or knitting and dyeing": 'P("weaving or knitting and dyeing")',
    "CTH in which at least 10 % by weight of all materials of heading 24.01 used is wholly "
    "obtained": "CTH & WO{2401}>=10%",
    "Production in which the weight of the non-originating materials of heading 24.01 used does "
    "not exceed 30 % of the total weight of the materials of chapter 24 used.": (
        "WT{2401}<=30%{c24}"
    ),
    "A change to subheading 1806.20 from any other subheading, provided that the non-originating "
    "material of Chapter 17 constitutes no more than 35% by weight of the good and the non-"
    "originating material of heading 18.05 constitutes no more than 35% by weight of the good": (
        "CTSH & WT{c17}<=35% & WT{1805}<=35%"
    ),
    "A change to subheading 2008.11 from any other heading except from heading 12.02, and no more "
    "than 40 percent by weight of the product is sugar": 'CTH -{1202} & WT{"sugar"}<=40%',
    "CTH provided that not more than 20% of the weight of the good is non-originating sugar": (
        'CTH & WT{"sugar"}<=20%'
    ),
    "The c.i.f. value of those materials does not exceed 60% of the total cost of the materials "
    "used in the production of the goods": "VNM<=60%MAT",
    "Manufacture in which all the materials of chapters 17 used are wholly originating": (
        "ORIG{c17}"
    ),
}
READ = CODES | CHOICES | CONDITIONS


@pytest.mark.parametrize("words", READ)
def test_every_clause_is_read_as_far_as_it_reaches(words):
    reading = read_words(words)

    assert text_of(reading.rule) == READ[words]
    assert reading.status is Status.STRUCTURED


@pytest.mark.parametrize(
    ("main", "condition"),
    [
        ("CTH", "a single juice constitutes no more than 60% of all juices"),
        ("CTH -{0901}", "blending is done in a Party"),
        ("CC & WO{c04}", "the fish is taken by vessels registered with a Party"),
    ],
)
def test_only_the_condition_nobody_reads_is_left_to_a_person(main, condition):
    words = {
        "CTH": "CTH, provided that ",
        "CTH -{0901}": "A change to heading 0902 from any other heading, except from 0901, "
        "provided that ",
        "CC & WO{c04}": "CC, provided that all materials of chapter 4 used are wholly obtained, "
        "provided that ",
    }

    reading = read_words(words[main] + condition)

    assert text_of(reading.rule) == f'{main} & P("{condition}")'
    assert reading.unread == (condition,)


@pytest.mark.parametrize(
    "words",
    [
        "A change to heading 02.01 from any other chapter, except from 01.02, unless raised",
        "A change to subheading 3006.10 from any other subheading, except to catgut",
        "CTH, provided that zorbed, or whichever is met",
        "CTSH, RVC 40",
        "CTH/RVC 40 + CR",
    ],
)
def test_condition_is_never_taken_for_a_description_of_materials(words):
    assert read_words(words).status is Status.UNREAD


def test_clause_for_every_case_never_binds_one_alternative_alone():
    reading = read_words("(a) CTH; or\n(b) RVC 40, provided, in either case, that it is zorbed")

    assert text_of(reading.rule).startswith("(CTH | P(")
    assert reading.unread


additions = st.sampled_from(
    [", unless zorbed", " if zorbed", ", except zorbed", " / zorbed", ", provided that zorbed"]
)


@given(st.sampled_from(sorted(READ)), additions)
def test_words_added_behind_a_rule_never_vanish(words, added):
    reading = read_words(f"{words.rstrip('.')}{added}")

    assert reading.unread or "zorbed" in text_of(reading.rule)


def test_other_materials_of_its_heading_are_not_the_good_itself():
    read = read_words("Manufacture from other materials of headings 1507 to 1515")

    assert (
        text_of(read.rule)
        == 'FROM{1507..1515} & ANY -{"of the same description as the product"@same4}'
    )


def test_dashes_in_one_line_are_a_list_with_an_alternative_behind_it():
    read = read_words(
        "Manufacture in which: - the value of all the materials used does not exceed 40 % of the "
        "ex-works price of the product, and - within the above limit, the value of all the "
        "materials of heading No 8431 used does not exceed 10 % of the ex-works price of the "
        "product; or manufacture in which the value of all the materials used does not exceed "
        "30 % of the ex-works price of the product"
    )

    assert text_of(read.rule) == "VNM<=40%EXW & VNM{8431}<=10%EXW | VNM<=30%EXW"
