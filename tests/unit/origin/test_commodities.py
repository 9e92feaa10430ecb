"""What headings say of words: who must be asked, and who need not be."""

import pytest

from ooms.kernel.hs import HsCode
from ooms.origin.commodities import is_named
from ooms.origin.truth import Truth

LINING = "linings and interlinings"
POLYURETHANE = "yarn made of polyurethane segmented with flexible segments of polyether"


def named(words, *codes):
    return is_named(words, tuple(map(HsCode, codes)))


@pytest.mark.parametrize("code", ["520511", "960622", "580710"])
def test_yarn_button_or_label_is_no_lining(code):
    assert named(LINING, code) is Truth.NO


def test_person_says_whether_cloth_is_a_lining():
    assert named(LINING, "540761") is Truth.UNKNOWN


def test_polyurethane_yarn_lies_among_synthetic_filaments():
    assert [named(POLYURETHANE, code) for code in ("540244", "510710", "520911")] == [
        Truth.UNKNOWN,
        Truth.NO,
        Truth.NO,
    ]


def test_cane_sugar_is_sugar_and_milk_is_not():
    assert [named("sugar", code) for code in ("170199", "040210", "170290")] == [
        Truth.YES,
        Truth.NO,
        Truth.UNKNOWN,
    ]


def test_code_too_short_to_tell_leaves_it_open():
    assert named("sugar", "17") is Truth.UNKNOWN
    assert named(LINING) is Truth.UNKNOWN


def test_every_candidate_code_must_say_the_same():
    assert named("sugar", "170199", "210690") is Truth.UNKNOWN


def test_words_nobody_listed_are_left_to_a_person():
    assert named("waste and scrap of cork", "450190") is Truth.UNKNOWN
