"""A tariff's file is taken whole or not at all, and every wrong row is named."""

import pytest

from ooms.tariffs.model import Line, levels_of
from ooms.tariffs.schemas import MAX_DESCRIPTION, TariffFileError, read_tariff


def tariff(text, *, edition=2022):
    content = text if isinstance(text, bytes) else text.encode()
    return read_tariff(content, name="tariff.csv", edition=edition, language="en")


def flaws(text, **more):
    with pytest.raises(TariffFileError) as refused:
        tariff(text, **more)
    return [f"{flaw.pointer}: {flaw.detail}" for flaw in refused.value.flaws]


def test_rows_become_lines_in_the_order_of_codes():
    read = tariff("code,description\n8504.40,converters\n85,machinery\n8504400010,for ships\n")

    assert read.lines == (
        Line("85", "machinery"),
        Line("850440", "converters"),
        Line("8504400010", "for ships"),
    )


def test_columns_stand_in_any_order_and_others_are_passed_over():
    read = tariff('\ufeffunit,Description,CODE\r\nKGM,"horses, live",0101\r\n')

    assert read.lines == (Line("0101", "horses, live"),)


def test_empty_rows_are_passed_over():
    assert len(tariff("code,description\n85,machinery\n\n,\n").lines) == 1


def test_same_wording_in_another_order_is_the_same_tariff():
    one = tariff("code,description\n85,machinery\n84,boilers\n")
    other = tariff("code,description\n84,boilers\n85,machinery\n")
    changed = tariff("code,description\n84,boilers\n85,machines\n")

    assert one.digest == other.digest
    assert one.digest != changed.digest


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        ("850,odd", "row 2, column code: '850' is not an HS code"),
        ("77,none", "row 2, column code: '77' is not an HS code: there is no chapter 77"),
        ("850499,no such", "row 2, column code: 850499 is not a code of HS 2022"),
        ("8504990010,no such", "row 2, column code: 850499 is not a code of HS 2022"),
        ("85044000101010,long", "row 2, column code: '85044000101010' is not an HS code"),
        ("850440, ", "row 2, column description: says nothing"),
        ('850440,"two\nlines"', "row 2, column description: has a line break"),
        ("850440," + "x" * (MAX_DESCRIPTION + 1), "row 2, column description: has 2049 characters"),
        ("850440", "row 2: there are 1 cells, and 2 columns"),
        ('850440,"open', "row 2: unexpected end of data"),
    ],
)
def test_wrong_row_is_named_with_its_column(row, flaw):
    (found,) = flaws(f"code,description\n{row}\n")

    assert found.startswith(f"tariff.csv, {flaw}")


def test_every_wrong_row_is_told_at_once():
    found = flaws("code,description\n850499,a\n850440,b\n8504.40,c\n85,\n")

    assert found == [
        "tariff.csv, row 2, column code: 850499 is not a code of HS 2022",
        "tariff.csv, row 4, column code: 850440 is in row 3 already",
        "tariff.csv, row 5, column description: says nothing",
    ]


@pytest.mark.parametrize("parent", ["8503", "850440", "electrical"])
def test_code_must_lie_in_the_parent_it_names(parent):
    assert flaws(f"code,parent,description\n850440,{parent},converters\n") == [
        f"tariff.csv, row 2, column parent: 850440 does not lie in {parent}"
    ]


def test_parent_with_dots_or_none_is_taken():
    read = tariff("code,parent,description\n85,,machinery\n85044000,85.04,converters\n")

    assert len(read.lines) == 2


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", "tariff.csv, row 1, column code: the header must name this column, once"),
        ("code,code,description\n", "tariff.csv, row 1, column code: the header must name"),
        ("code,words\n85,a\n", "tariff.csv, row 1, column description: the header must name"),
        ("code,description\n", "tariff.csv, row 1: no row follows the header"),
        (b"code,description\n85,\xff\n", "tariff.csv, row 2: the text is not UTF-8"),
    ],
)
def test_file_that_is_no_table_is_refused(text, flaw):
    assert flaws(text)[0].startswith(flaw)


def test_codes_are_those_of_the_edition_named():
    text = "code,description\n854921,waste\n"

    assert tariff(text, edition=2022).lines
    assert flaws(text, edition=2017) == [
        "tariff.csv, row 2, column code: 854921 is not a code of HS 2017"
    ]


def test_code_lies_in_its_chapter_heading_and_subheading():
    assert levels_of("8504400010") == ("85", "8504", "850440", "85044000", "8504400010")
