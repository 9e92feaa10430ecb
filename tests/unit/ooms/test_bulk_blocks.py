"""Bulk files in blocks: whole cases, whatever the size of what is read at once."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooms.determinations.bulk_columns import COLUMNS, REQUIRED, BulkFileError, Layout
from ooms.determinations.bulk_files import Source, whole_cases

names = st.sampled_from(["A", '"A"', "B", "AB", '"A,1"', "é"])
rows = st.lists(st.tuples(names, st.integers(1, 9)), max_size=30)


def written(cases):
    return "".join(f"{name},{number}\n" for name, number in cases).encode()


@given(rows, st.integers(1, 40))
def test_blocks_together_are_the_file(cases, size):
    text = written(cases)
    chunks = [text[start : start + size] for start in range(0, len(text), size)]

    blocks = list(whole_cases(chunks, delimiter=b","))

    assert b"".join(block.text for block in blocks) == text


@given(rows, st.integers(1, 40))
def test_no_case_lies_in_two_blocks(cases, size):
    text = written(cases)
    chunks = [text[start : start + size] for start in range(0, len(text), size)]

    blocks = list(whole_cases(chunks, delimiter=b","))

    for earlier, later in itertools.pairwise(blocks):
        last = earlier.text.splitlines()[-1].partition(b",")[0].strip(b'"')
        assert last != later.text.partition(b",")[0].strip(b'"')


@given(rows, st.integers(1, 40))
def test_each_block_knows_the_row_it_starts_at(cases, size):
    text = written(cases)
    chunks = [text[start : start + size] for start in range(0, len(text), size)]
    row = 2
    for block in whole_cases(chunks, delimiter=b","):
        assert block.row == row
        row += block.text.count(b"\n")


@pytest.mark.parametrize("missing", REQUIRED)
def test_header_without_a_needed_column_is_refused(missing):
    with pytest.raises(BulkFileError, match=missing):
        Layout.of(name for name in COLUMNS if name != missing)


def test_header_with_an_unknown_column_is_refused():
    with pytest.raises(BulkFileError, match="colour"):
        Layout.of([*COLUMNS, "colour"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_what_follows_the_first_column(tmp_path, delimiter):
    file = tmp_path / "bills.csv"
    file.write_bytes(b"\xef\xbb\xbf" + delimiter.join(f'"{name}"' for name in COLUMNS).encode())

    source = Source.of(file)

    assert (delimiter, COLUMNS) == (source.delimiter, source.header)


def test_file_of_something_else_is_refused(tmp_path):
    file = tmp_path / "bills.csv"
    file.write_text("product,price\n")

    with pytest.raises(BulkFileError, match="header"):
        Source.of(file)
