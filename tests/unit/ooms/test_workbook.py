"""Workbooks read as exact texts, and those that are none, locked, or made to fill memory."""

import zlib

import pytest

from ooms.products.bill_sheet import COLUMNS, bills_of
from ooms.products.sheet import SheetError
from ooms.products.workbook import MIB, table_of
from tests.workbooks import day_cell, sheet_of, workbook, zipped

HEADER = ("product", "name", "hs", "originating", "value", "valid_from")
ROW = ("SC-500", "board", "853400", False, 0.1 + 0.2, None)


def read(content):
    return table_of(content, file="bills.xlsx", columns=COLUMNS)


def problem_of(content):
    with pytest.raises(SheetError) as refused:
        read(content)
    (flaw,) = refused.value.flaws
    return flaw.detail


def test_cells_become_the_texts_somebody_would_type():
    days = sheet_of([HEADER, ROW]).replace(
        "</row></sheetData>", day_cell("F2", 46347) + "</row></sheetData>"
    )
    numbers = sheet_of([("product", "name", "value", "weight"), ("7", "x", 35.0, 1e-7)])

    _, typed = read(workbook({"Sheet1": days}))
    _, counted = read(workbook({"Sheet1": numbers}))

    assert typed == ["SC-500", "board", "853400", "no", "0.3", "2026-11-21"]
    assert counted == ["7", "x", "35", "0.0000001"]


def test_sheet_named_bills_goes_before_the_first():
    sheets = {"Notes": sheet_of([("anything",)]), "Bills": sheet_of([HEADER, ROW])}

    assert read(workbook(sheets))[0] == list(HEADER)
    assert read(workbook({"Notes": sheets["Notes"]})) == [["anything"]]


def test_rows_keep_the_numbers_the_spreadsheet_shows():
    rows = [HEADER, (), ("SC-500", "board", None, None, "x")]

    with pytest.raises(SheetError) as refused:
        bills_of(read(workbook({"bills": sheet_of(rows)})), file="bills.xlsx")

    assert [one.pointer for one in refused.value.flaws] == ["bills.xlsx#row=3&column=value"]


def test_code_that_may_have_lost_its_zero_is_refused():
    rows = [HEADER, ("SC-500", "flour", 10121, None, 1), ("SC-500", "board", 853400, None, 1)]

    with pytest.raises(SheetError) as refused:
        read(workbook({"bills": sheet_of(rows)}))

    assert [one.pointer for one in refused.value.flaws] == ["bills.xlsx#row=2&column=hs"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"product,name\n", "save the sheet as .xlsx or as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "without a password"),
        (b"PK\x03\x04 and no more", "broken workbook"),
        (zipped({"content.xml": "<x/>"}), "no workbook of the kind .xlsx"),
        (zipped({"xl/workbook.xml": "<x/>", "content.xml": "<x/>"}), "no workbook of the kind"),
        (zipped({"xl/workbook.xml": "no XML"}), "save it as .xlsx again"),
        (b"PK\x03\x04" + bytes(10 * MIB), "larger than 10 MB"),
    ],
    ids=["text", "encrypted", "cut", "ods", "both", "no-xml", "large"],
)
def test_what_is_no_workbook_says_what_to_do(content, told):
    assert told in problem_of(content)


def test_zip_that_unpacks_without_end_is_stopped():
    packed = zipped({"xl/workbook.xml": "x", "xl/media/zeros.xml": "0" * (65 * MIB)})

    assert len(packed) < MIB
    assert "unpacks to more than 64 MB" in problem_of(packed)


def test_zip_that_lies_about_its_size_is_stopped():
    zeros = "0" * (65 * MIB)
    packed = zipped({"xl/workbook.xml": "x", "xl/media/zeros.xml": zeros})
    told = len(zeros).to_bytes(4, "little")
    checked = zlib.crc32(zeros.encode()).to_bytes(4, "little")

    lying = packed.replace(told, (9).to_bytes(4, "little")).replace(checked, bytes(4))

    assert lying != packed
    assert "unpacks to more than 64 MB" in problem_of(lying)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<c r='XFD1048576'/>",
        '<c t=">" r = "xfd1048576"/>',
        '<x:c r="XFD1048576"/>',
    ],
)
def test_cell_far_away_is_refused_before_it_is_read(cell):
    sheet = sheet_of([HEADER]).replace("</row>", f"{cell}</row>")

    assert "empty what lies beside the table" in problem_of(workbook({"bills": sheet}))


def test_rows_and_cells_without_numbers_are_counted():
    rows, cells = "<row/>" * 1_500, "<c/>" * 1_500
    sheet = sheet_of([]).replace("<sheetData>", f"<sheetData>{rows}<row>{cells}</row>")

    assert "spans more than 2000000 cells" in problem_of(workbook({"bills": sheet}))


def test_entities_of_a_workbook_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET", "utf-8")
    evil = sheet_of([HEADER, ROW]).replace(
        "<worksheet", f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><worksheet', 1
    )

    packed = workbook({"bills": evil.replace("board", "&e;")})

    try:
        told = str(read(packed))
    except SheetError as refused:
        told = str(refused)
    assert "SECRET" not in told
