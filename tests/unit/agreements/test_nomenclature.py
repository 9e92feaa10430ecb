"""The codes of an edition are numbered in order, so that ranges of rules are runs of numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.agreements.nomenclature import (
    EDITIONS,
    Nomenclature,
    NotInEditionError,
    UnknownEditionError,
    is_code,
)
from ooms.kernel.hs import HsCode, HsRange

#: As counted by the UN's lists; the WCO counts 5,609 for 2022.
SIZES = {2002: 5224, 2007: 5052, 2012: 5205, 2017: 5387, 2022: 5612}
HEADINGS = {2002: 1244, 2007: 1221, 2012: 1224, 2017: 1222, 2022: 1228}

editions = pytest.mark.parametrize("edition", EDITIONS)
any_edition = st.sampled_from(EDITIONS)


@editions
def test_edition_has_the_codes_its_source_counts(edition):
    found = Nomenclature.of(edition)

    assert (SIZES[edition], HEADINGS[edition], 96) == (
        len(found),
        len(found.headings),
        len(found.chapters),
    )


@editions
def test_codes_are_six_digits_each_once_in_order(edition):
    codes = Nomenclature.of(edition).codes

    assert list(codes) == sorted(set(codes))
    assert all(len(code) == 6 and code.isdecimal() for code in codes)


@editions
def test_number_of_a_code_is_its_place(edition):
    found = Nomenclature.of(edition)

    assert [found.index_of(code) for code in found.codes] == list(range(len(found)))


@editions
def test_runs_of_all_headings_cover_the_edition_once(edition):
    found = Nomenclature.of(edition)
    runs = [found.run(HsRange.parse(heading)) for heading in found.headings]

    assert (runs[0][0], runs[-1][1]) == (0, len(found))
    assert all(before[1] == after[0] for before, after in pairwise(runs))


@given(edition=any_edition, data=st.data())
def test_run_holds_exactly_the_codes_of_its_range(edition, data):
    found = Nomenclature.of(edition)
    ends = st.builds(
        lambda code, length: HsCode(code[:length]),
        st.sampled_from(found.codes),
        st.sampled_from((2, 4, 6)),
    )
    first, second = sorted(
        (data.draw(ends), data.draw(ends)), key=lambda code: (code.first, code.last)
    )
    codes = HsRange(first, second)

    start, stop = found.run(codes)

    inside = [code for code in found.codes if codes.start.first <= int(code) <= codes.end.last]
    assert inside == list(found.codes[start:stop])


def test_range_between_codes_is_an_empty_run():
    start, stop = Nomenclature.of(2022).run(HsRange.parse("0199", "0199"))

    assert start == stop


@pytest.mark.parametrize(
    ("edition", "digits", "expected"),
    [
        (2022, "85", True),
        (2022, "8504", True),
        (2022, "850440", True),
        (2022, "8504400010", True),
        (2022, "8504990010", False),
        (2022, "8549", True),
        (2017, "8549", False),
        (2022, "77", False),
        (2022, "850", False),
        (2022, "eighty", False),
    ],
)
def test_digits_are_a_code_of_an_edition_or_not(edition, digits, expected):
    assert expected == is_code(edition, digits)


def test_codes_under_a_heading_are_its_subheadings():
    assert Nomenclature.of(2017).under(HsCode("0105"))[0] == "010511"
    assert all(code.startswith("0105") for code in Nomenclature.of(2017).under(HsCode("0105")))


def test_number_of_a_code_that_is_not_there_is_refused():
    with pytest.raises(NotInEditionError, match="854921 is not a six-digit code of HS 2017"):
        Nomenclature.of(2017).index_of("854921")


def test_edition_that_is_not_here_names_those_that_are():
    with pytest.raises(UnknownEditionError, match="2002, 2007, 2012, 2017, 2022"):
        Nomenclature.of(1996)
