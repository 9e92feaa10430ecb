"""The register as a sheet: CSV that a spreadsheet opens and no formula hides in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import fields

from ooms.registers.model import Line

#: A spreadsheet computes a cell that begins so; a quote in front makes a text of it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_sheet(lines: Iterable[Line]) -> str:
    """Write lines of the register as CSV (RFC 4180), a head first."""
    names = [one.name for one in fields(Line)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for line in lines:
        writer.writerow([_cell(getattr(line, name)) for name in names])
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return _cell("; ".join(str(one) for one in value))
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
