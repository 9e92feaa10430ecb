"""Workbooks for tests, written part by part: the smallest that a spreadsheet program opens."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

Cell = str | int | float | bool
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
#: The style of a cell that shows a number as a day; `s="1"` names it.
_STYLES = (
    f"{_HEAD}<styleSheet {_MAIN}><fonts><font/></fonts><fills><fill/></fills>"
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    '<cellXfs><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def sheet_of(rows: Iterable[Sequence[Cell | None]]) -> str:
    """Write rows as the XML of a sheet."""
    written = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(cell, f"{_letters(at)}{number}")
            for at, cell in enumerate(row)
            if cell is not None
        )
        written.append(f'<row r="{number}">{cells}</row>')
    return f"{_HEAD}<worksheet {_MAIN}><sheetData>{''.join(written)}</sheetData></worksheet>"


def day_cell(where: str, serial: int) -> str:
    """Write a cell that shows a day: days are counted from the end of 1899."""
    return f'<c r="{where}" s="1"><v>{serial}</v></c>'


def workbook(sheets: Mapping[str, str]) -> bytes:
    """Pack sheets, each the XML of one, into a workbook."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>'
        for at, name in enumerate(names, start=1)
    )
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_LINK}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    links += f'<Relationship Id="rs" Type="{_LINK}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relationships(
            f'<Relationship Id="r1" Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook {_MAIN} xmlns:r="{_LINK}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relationships(links),
        "xl/styles.xml": _STYLES,
    }
    for at, name in enumerate(names, start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = sheets[name]
    return zipped(parts)


def zipped(parts: Mapping[str, str]) -> bytes:
    """Pack named texts into a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def _relationships(links: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _cell(cell: Cell, where: str) -> str:
    if isinstance(cell, bool):
        return f'<c r="{where}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{where}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{where}"><v>{cell!r}</v></c>'


def _letters(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else chr(ord("A") + at // 26 - 1) + _letters(at % 26)
