"""A code in another edition is all that it may have become: several and none are questions."""

from functools import cache
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.editions import Editions, NotInEdition
from ooms.agreements.nomenclature import EDITIONS, Nomenclature
from ooms.kernel.hs import HsCode

LOADED = load_editions()
PAIRS = tuple(permutations(EDITIONS, 2))
pairs = st.sampled_from(PAIRS)
both_ways = pytest.mark.parametrize(("source", "target"), PAIRS)


@cache
def candidates(digits, source, target):
    found = LOADED.candidates(HsCode(digits), source, target)
    assert isinstance(found, tuple), found
    return [code.digits for code in found]


@cache
def everywhere(source, target):
    return {code: candidates(code, source, target) for code in Nomenclature.of(source).codes}


@given(edition=st.sampled_from(EDITIONS), data=st.data())
def test_code_is_its_own_candidate_in_its_edition(edition, data):
    code = data.draw(st.sampled_from(Nomenclature.of(edition).codes))

    assert [code] == candidates(code, edition, edition)


@both_ways
def test_every_candidate_is_a_code_of_its_edition(source, target):
    known = set(Nomenclature.of(target).codes)

    for code, found in everywhere(source, target).items():
        assert known.issuperset(found), code


@both_ways
def test_code_renumbered_there_and_back_is_among_its_candidates(source, target):
    back = {code: set(found) for code, found in everywhere(target, source).items()}

    for code, found in everywhere(source, target).items():
        assert all(code in back[other] for other in found), code


@both_ways
def test_candidates_are_named_once_each(source, target):
    for code, found in everywhere(source, target).items():
        assert len(found) == len(set(found)), code


@given(pair=pairs, length=st.sampled_from((2, 4)), data=st.data())
def test_short_code_leads_wherever_its_subheadings_do(pair, length, data):
    source, target = pair
    short = data.draw(st.sampled_from(Nomenclature.of(source).codes))[:length]

    found = candidates(short, source, target)

    led = {
        other[:length]
        for code in Nomenclature.of(source).under(HsCode(short))
        for other in candidates(code, source, target)
    }
    assert led == set(found)
    assert short not in found or found[0] == short


def test_heading_that_kept_its_goods_has_one_candidate():
    assert candidates("8504", 2022, 2017) == ["8504"]


def test_heading_that_gave_goods_away_has_several():
    assert candidates("8504", 2017, 2022) == ["8504", "8524", "8529", "8541", "8549"]


def test_code_that_split_has_several_candidates_in_the_old_edition():
    assert candidates("850440", 2022, 2017) == ["850440"]
    assert len(candidates("854231", 2022, 2012)) > 1


def test_own_number_is_suggested_before_waste_of_the_goods():
    found = candidates("850440", 2012, 2022)

    assert found[0] == "850440"
    assert {"854921", "854999"} < set(found)


def test_conversion_of_the_source_is_suggested_first():
    assert candidates("620130", 2022, 2017) == ["620192", "620112"]


def test_national_line_has_the_candidates_of_its_subheading():
    assert candidates("8504409010", 2022, 2017) == ["850440"]
    assert candidates("8504409010", 2022, 2022) == ["8504409010"]


@pytest.mark.parametrize(
    ("digits", "source", "target"), [("300219", 2017, 2022), ("291636", 2007, 2012)]
)
def test_code_that_leads_nowhere_has_no_candidate(digits, source, target):
    assert candidates(digits, source, target) == []


@pytest.mark.parametrize("target", [2007, 2022])
def test_code_that_its_edition_lacks_is_said_to_be_missing(target):
    found = LOADED.candidates(HsCode("854921"), 2007, target)

    assert found == NotInEdition(HsCode("854921"), 2007)


def test_edition_that_is_not_here_leads_nowhere():
    assert LOADED.candidates(HsCode("850440"), 1996, 2022) is None
    assert LOADED.candidates(HsCode("850440"), 2022, 2028) is None
    assert LOADED.candidates(HsCode("850440"), 1996, 1996) == (HsCode("850440"),)


def test_without_tables_only_the_same_edition_is_answered():
    assert Editions().candidates(HsCode("850440"), 2022, 2017) is None
    assert Editions().candidates(HsCode("850440"), 2022, 2022) == (HsCode("850440"),)


def test_code_may_stand_in_an_edition_that_is_not_known():
    assert LOADED.has(HsCode("854921"), 2022)
    assert not LOADED.has(HsCode("854921"), 2017)
    assert LOADED.has(HsCode("854921"), 1996)
