"""Treaty words become notation: form by form, and never by a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.agreements import notation
from ooms.agreements.rule import Statement
from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words.reading import Status, read_words

EXW = "of the ex-works price of the product"

READ = {
    # short forms
    "CTSH; or\nRVC40": "CTSH | RVC>=40%",
    "MaxNOM 50 % (EXW).": "VNM<=50%EXW",
    "CTH except from non-originating materials of heading 70.10.": "CTH -{7010}",
    "CC except from Chapter 01": "CC -{c01}",
    "Change in tariff heading": "CTH",
    "RVC 40% (FOB) or CTSH": "RVC>=40%FOB | CTSH",
    "CTH; or\nProcess Rule": "CTH | MACRO(process_rule)",
    # materials of any heading
    "Manufacture from materials of any heading": "ANY",
    "Manufacture from materials of any heading, except that of the product": "CTH",
    "Production from materials of any heading, except heading 2207 or 2208": "ANY -{2207,2208}",
    "Manufacture from materials of any heading, except that of the product and heading 8529": (
        "CTH -{8529}"
    ),
    "Manufacture from materials of any heading, including other materials of heading 1504": (
        'ANY -{"of the same description as the product"@same4}'
    ),
    # what it is made from
    "Manufacture from yarn": 'FROM("yarn")',
    "Manufacture from materials of heading 7206 or 7207": "FROM{7206,7207}",
    "Manufacture from:\n- natural fibres,\n- waste of heading 5202, or\n- paper": (
        'FROM{"natural fibres","waste"@5202,"paper"}'
    ),
    # amounts
    f"Manufacture in which the value of all the materials used does not exceed 47,5 % {EXW}": (
        "VNM<=47.5%EXW"
    ),
    f"Manufacture in which:\n- the value of all the materials used does not exceed 40 % {EXW}, "
    f"and\n- within the above limit, the value of all the materials of headings 8541 and 8542 "
    f"used does not exceed 10 % {EXW}": "VNM<=40%EXW & VNM{8541,8542}<=10%EXW",
    "Manufacture in which at least 70 % by weight of the tobacco of heading 2401 used is "
    "originating": 'ORIG{"tobacco"@2401}>=70%',
    "Production in which all the materials of Chapters 3 and 16 used are wholly obtained.": (
        "WO{c03,c16}"
    ),
    "CTH, provided that:\n- the individual weight of sugar and of the materials of Chapter 4 used "
    "does not exceed 20 % of the weight of the final product, and\n- the total combined weight of "
    "sugar and the materials of Chapter 4 used does not exceed 40 % of the weight of the final "
    "product": 'CTH & WT.each{"sugar",c04}<=20% & WT{"sugar",c04}<=40%',
    # a change to ... from ...
    "A change to heading 9614 from any other heading.": "CTH",
    "A change to subheadings 8607.11 through 8607.12 from any subheading outside that group.": (
        "CTSH -{860711..860712}"
    ),
    "A change to heading 8603 from heading 8607, whether or not there is also a change from any "
    "other heading, provided that there is a regional value content of not less than:\n"
    "(1) 35 percent under the build-up method, or\n(2) 45 percent under the build-down method.": (
        "CTH & (RVC.bu>=35% | RVC.bd>=45%)"
    ),
    "A change to subheading 9005.80 from subheading 9005.90, whether or not there is also a "
    "change from any other heading": "CTH +{900590}",
    "A change to ketchup of subheading 210320 from any other chapter, except from subheading "
    "200290.": 'GOOD("ketchup"): CC -{200290}',
    "No change in tariff classification required for a good of heading 7005, provided there is a "
    "regional value content of not less than:\n- a) 30% under the build-up method.\n- b) 50% under "
    "the focused value method taking into account only the non-originating materials of heading "
    "7003 to heading 7005.": "RVC.bu>=30% | RVC.fv{7003..7005}>=50%",
    "A change to a good of heading 0901 from any other heading, provided that the good is both "
    "cut and sewn in the territory of any Party": "CTH & P(cutting+sewing)",
    # reliefs
    f"Manufacture from materials of any heading, except that of the product. However, other "
    f"materials of heading 8302 may be used, provided that their total value does not exceed "
    f"20 % {EXW}": "CTH spare{8302 <= 20%EXW}",
    "Manufacture from materials of any heading, except that of the product. However, handles of "
    "base metal may be used": 'CTH +{"handles of base metal"}',
    "Manufacture from materials of any heading, except that of the product. However, scrap of "
    "heading 7802 may not be used": 'CTH -{"scrap"@7802}',
    # processes
    "Weaving accompanied by dyeing or by coating": "P(weaving+dyeing) | P(weaving+coating)",
    "Weaving or knitting combined with making-up including cutting of fabric": (
        "P(weaving+making_up) | P(knitting+making_up)"
    ),
    "Making-up including cutting of fabric preceded by printing (as standalone operation).": (
        "P(printing>making_up)"
    ),
    "Printing accompanied by at least two preparatory or finishing operations (such as scouring), "
    f"provided that the value of the unprinted fabric used does not exceed 47.5 % {EXW}": (
        'P(printing+fin2) & VNM{"unprinted fabric"}<=47.5%EXW'
    ),
    "Spinning of natural fibres\nor\nExtrusion of yarn, in each case accompanied by weaving": (
        "P(spinning_of_natural_fibres+weaving) | P(extrusion_of_yarn+weaving)"
    ),
    "CTSH;\nA chemical reaction, mixing and blending, or purification is undergone;\nor\nCC": (
        "CTSH | P(chemical_reaction) | P(mixing+blending) | P(purification) | CC"
    ),
    # what connects
    "CTSH;\nMaxNOM 45 % (EXW);\nor\nWO": "CTSH | VNM<=45%EXW | WO",
    "CTH, provided that:\n- all the materials of Chapter 4 used are wholly obtained; and\n"
    "- (i) the weight of materials of heading 1701 used does not exceed 40 % of the weight of the "
    f"product; or\n(ii) the value of materials of heading 1701 used does not exceed 30 % {EXW}": (
        "CTH & WO{c04} & (WT{1701}<=40% | VNM{1701}<=30%EXW)"
    ),
    # notes, sets, quotas
    "Manufacture from yarn.\nSee Introductory Note 6.": 'FROM("yarn") NOTE(6)',
    "Each item in the set must satisfy the rule which would apply to it if it were not included "
    "in the set. However, non-originating articles may be incorporated, provided that their total "
    "value does not exceed 15 % of the ex-works price of the set": "SETRULE(15%EXW)",
    "CTH (under alternative list rules with annual quotas as specified in Annex 3)": (
        "CTH QUOTA(annex-3)"
    ),
}


@pytest.mark.parametrize("words", READ)
def test_treaty_words_read_as_the_rule_they_are(words):
    reading = read_words(words)

    assert text_of(reading.rule) == READ[words]
    assert reading.status is Status.STRUCTURED


@pytest.mark.parametrize(
    "words",
    [
        "The origin of the product in its original classification shall be retained",
        "Manufacture in which the value of all the materials used does 40% of the price",
        "Manufacture from materials of any heading whose colour is blue",
        "A change from one thing to another, give or take",
        "CTH unless the weather is fine",
        f"The value of all the materials used does not exceed 140 % {EXW}",
        "Manufacture from mаterials of any heading",  # noqa: RUF001  # the second letter is Cyrillic
        "",
    ],
)
def test_what_no_form_fits_stays_a_question(words):
    reading = read_words(words)

    assert isinstance(reading.rule, Statement)
    assert reading.status is Status.UNREAD
    assert len(reading.unread) == 1


def test_unread_clause_is_named_beside_what_was_read():
    reading = read_words("CTH;\nthe moon is full;\nor\nRVC40")

    assert reading.status is Status.NEEDS_PERSON
    assert text_of(reading.rule) == 'CTH | P("the moon is full") | RVC>=40%'
    assert reading.unread == ("the moon is full",)


def test_paragraphs_that_nothing_joins_must_both_hold():
    reading = read_words("CTH;\nMaxNOM 50 % (EXW)")

    assert text_of(reading.rule) == "CTH & VNM<=50%EXW"
    assert reading.unread == ("not said what joins this to the rest: VNM<=50%EXW",)


def test_list_that_says_and_or_is_left_to_a_person():
    reading = read_words(
        "Manufacture:\n- from animals of Chapter 1, and/or\n"
        "- in which all the materials of Chapter 3 used are wholly obtained"
    )

    assert reading.status is Status.UNREAD


fragments = st.sampled_from(
    [*" ".join(READ).split(" "), "\n", "\n- ", "; or\n", "(a) ", '"', "100", "(7)", ":", "%", "é"]
)


@given(st.lists(fragments, max_size=40).map(" ".join))
def test_any_reading_can_be_written_and_read_back(words):
    reading = read_words(words)

    assert notation.read(text_of(reading.rule)) == reading.rule
