"""Reads a workbook (.xlsx) as a table of exact texts, and refuses what is none or too large.

A workbook is a zip of XML.  Its reader makes a full table of every sheet, from the first cell to
the last, so one cell far away, or a zip that grows without end, would take all memory: both are
measured before the file is given to it.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from ooms.errors import Flaw
from ooms.products.sheet import MOST_FLAWS, Columns, SheetError, header_of, place_of

MIB = 1024 * 1024
MOST_BYTES = 10 * MIB
MOST_INFLATED = 64 * MIB
MOST_PARTS = 2_000
#: Cells of the rectangle that holds every cell of a sheet, the empty ones too.
MOST_CELLS = 2_000_000
#: The sheet that is read; the first one where none has this name.
SHEET = "bills"

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STORED, _DEFLATED = 0, 8
#: What makes a zip a workbook of XML, and what makes it one of another kind.
_XLSX, _OTHERS = "xl/workbook.xml", frozenset({"xl/workbook.bin", "content.xml"})
_LOCAL_HEADER = struct.Struct("<26xHH")  # the two lengths that tell where the data begins
_IS_ENCRYPTED = 0x1
_CHUNK = MIB
#: A row or a cell of a sheet, with its attributes; a quoted value may hold any sign.
_TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])((?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)")
_WHERE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{0,7})([0-9]{0,10})[^\"']*[\"']")
#: A spreadsheet shows and keeps fifteen digits; what stands behind them is binary noise.
_DIGITS = ".15g"

Cell = int | float | str | bool | time | date | datetime | timedelta
Table = list[list[str]]


def table_of(content: bytes, *, file: str, columns: Columns) -> Table:
    """Read the sheet `bills` of a workbook, or its first sheet, as texts.

    1. Refuse what is no workbook, before anything is unpacked.
    2. Unpack it piece by piece, and stop at what is too large.
    3. Read the sheet, and write each cell as its exact text.

    Raises:
        SheetError: the file is no readable workbook, too large, or spoils a code.

    """
    _require_workbook(content, file)  # 1
    for part in _parts(content, file):  # 2
        _require_bounded(part, file)
    table = _sheet(content, file)  # 3
    _require_whole_codes(table, file=file, columns=columns)
    return [[_text(cell) for cell in row] for row in table]


def _refused(file: str, problem: str) -> SheetError:
    return SheetError(Flaw(file, problem, "SCH-CELL"))


def _require_workbook(content: bytes, file: str) -> None:
    if len(content) > MOST_BYTES:
        problem = f"is larger than {MOST_BYTES // MIB} MB; hand it in as several workbooks"
        raise _refused(file, problem)
    if content.startswith(_OLE):
        problem = "is encrypted, or of the old kind .xls; save it as .xlsx without a password"
        raise _refused(file, problem)
    if not content.startswith(_ZIP):
        raise _refused(file, "is no workbook; save the sheet as .xlsx or as CSV")


def _parts(content: bytes, file: str) -> Iterator[bytes]:
    """Unpack every part of a zip; what the zip says of its sizes is not believed."""
    broken = "is a broken workbook; open it in a spreadsheet program and save it again"
    left = MOST_INFLATED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as wrong:
        raise _refused(file, broken) from wrong
    names = {member.filename.lower() for member in members}
    if _XLSX not in names or names & _OTHERS:
        raise _refused(file, "is a zip, but no workbook of the kind .xlsx; save it as .xlsx")
    if len(members) > MOST_PARTS:
        raise _refused(file, f"has more than {MOST_PARTS} parts; save only the sheet of bills")
    for member in members:
        if member.flag_bits & _IS_ENCRYPTED:
            raise _refused(file, "is encrypted; save it without a password")
        try:
            part = _inflated(content, member, left + 1)
        except (struct.error, zlib.error, NotImplementedError) as wrong:
            raise _refused(file, broken) from wrong
        left -= len(part)
        if left < 0:
            problem = f"unpacks to more than {MOST_INFLATED // MIB} MB; save only the sheet"
            raise _refused(file, problem)
        yield part


def _inflated(content: bytes, member: zipfile.ZipInfo, most: int) -> bytes:
    name, extra = _LOCAL_HEADER.unpack_from(content, member.header_offset)
    start = member.header_offset + _LOCAL_HEADER.size + name + extra
    packed = content[start : start + member.compress_size]
    if member.compress_type == _STORED:
        return packed[:most]
    if member.compress_type != _DEFLATED:
        raise NotImplementedError(member.compress_type)
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)


def _require_bounded(part: bytes, file: str) -> None:
    """Refuse a part whose cells lie so far apart that the table between them is too large."""
    row = column = widest = rows = tags = 0
    for tag in _TAG.finditer(part):
        kind, attributes = tag.groups()
        where = _WHERE.search(attributes)
        letters, digits = where.groups() if where else (b"", b"")
        if kind == b"row":
            row, column = int(digits) if digits else row + 1, 0
        else:
            row = int(digits) if digits else row
            column = _column(letters) if letters else column + 1
        rows, widest, tags = max(rows, row), max(widest, column), tags + 1
        if max(rows * widest, tags) > MOST_CELLS:
            problem = f"spans more than {MOST_CELLS} cells; empty what lies beside the table"
            raise _refused(file, problem)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheet(content: bytes, file: str) -> list[list[Cell]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [one.name for one in workbook.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        if not names:
            raise _refused(file, "has no sheet with cells")
        named = next((name for name in names if name.strip().lower() == SHEET), names[0])
        return workbook.get_sheet_by_name(named).to_python(skip_empty_area=False)
    except PasswordError as locked:
        raise _refused(file, "is encrypted; save it without a password") from locked
    except CalamineError as wrong:
        problem = "cannot be read as a workbook; save it as .xlsx again, or as CSV"
        raise _refused(file, problem) from wrong


def _require_whole_codes(table: list[list[Cell]], *, file: str, columns: Columns) -> None:
    """Refuse a code that became a number and may have lost its first zero: 10121 for 010121."""
    header = header_of(_text(cell) for cell in table[0]) if table else []
    coded = [at for at, name in enumerate(header) if name in columns.codes]
    place = place_of(file)
    problem = "is a number and may have lost a zero in front; write the code as a text"
    flaws = [
        Flaw(place(number, header[at]), problem, "SCH-CELL")
        for number, row in enumerate(table[1:], start=2)
        for at in coded
        if isinstance(row[at], float | int) and len(_text(row[at])) % 2
    ]
    if flaws:
        raise SheetError(*flaws[:MOST_FLAWS])


def _text(cell: Cell) -> str:
    """Write a cell as the text that somebody would have typed into a CSV file."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case int():
            return str(cell)
        case float():
            return format(Decimal(format(cell, _DIGITS)), "f")
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case _:
            return str(cell)
