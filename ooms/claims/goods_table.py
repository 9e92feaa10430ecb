"""Reads lists of goods: the table that ships, and an administration's own in its place."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from ooms.claims.goods import GoodsLists, Listed, Listing
from ooms.errors import WrongFileError

_SHIPPED = "goods.csv"
_REQUIRED = ("agreement", "country", "listing", "hs", "name", "source", "verified")
_OPTIONAL = ("part", "origin", "since", "until")
COLUMNS = (*_REQUIRED, *_OPTIONAL)
#: What stands for every code; an empty field is a field that was forgotten.
_EVERY = "*"
_HS = re.compile(r"[0-9]{2,12}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_MOST_BYTES = 16 * 1024 * 1024


class GoodsTableError(WrongFileError):
    """A table of goods cannot be read; names the file, and the row and what is wrong with it."""

    code = "SYS-GOODS-TABLE"


@cache
def shipped_goods() -> GoodsLists:
    """Read the lists that ship.

    Raises:
        GoodsTableError: a row says what nobody knows.

    """
    text = files("ooms.claims").joinpath("data", _SHIPPED).read_text("utf-8")
    return read_goods(text, file=_SHIPPED)


def goods_of(own: Path) -> GoodsLists:
    """Read the lists that hold here: those that ship, and an administration's in their place.

    Raises:
        GoodsTableError: a row of its file says what nobody knows.

    """
    if not own.exists():
        return shipped_goods()
    return shipped_goods().with_own(read_goods(_text(own), file=own.name))


def load_goods(table: Path, *, own: Path) -> GoodsLists:
    """Keep a table as an administration's own; a broken one leaves what was there.

    1. Read every row.
    2. Write it beside, and put it in its place in one move.

    Raises:
        GoodsTableError: a row says what nobody knows.

    """
    text = _text(table)
    found = read_goods(text, file=table.name)  # 1
    beside = own.with_name(f"{own.name}.unfinished")  # 2
    beside.write_text(text, encoding="utf-8")
    beside.replace(own)
    return found


def read_goods(text: str, *, file: str) -> GoodsLists:
    """Read a table of goods.

    Raises:
        GoodsTableError: it lacks columns, or a row says what nobody knows.

    """
    reader = csv.DictReader(text.splitlines())
    columns = set(reader.fieldnames or ())
    if not set(_REQUIRED) <= columns <= set(COLUMNS):
        wanted = f"the columns are {', '.join(COLUMNS)}; the last four may be left out"
        raise GoodsTableError(file=file, problem=wanted)
    rows = []
    for row in reader:
        filled = {name: (row.get(name) or "").strip() for name in COLUMNS}
        for problem in _problems(filled):
            raise GoodsTableError(file=file, problem=f"row {reader.line_num}: {problem}")
        rows.append(_listed(filled))
    return GoodsLists.of(rows)


def _text(table: Path) -> str:
    if table.stat().st_size > _MOST_BYTES:
        raise GoodsTableError(file=table.name, problem="has more than 16 MB")
    try:
        return table.read_text("utf-8-sig")
    except UnicodeDecodeError as wrong:
        problem = f"is not UTF-8 from byte {wrong.start} on"
        raise GoodsTableError(file=table.name, problem=problem) from wrong


def _problems(row: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a row."""
    missing = [name for name in _REQUIRED if not row[name]]
    if missing:
        yield f"lacks {', '.join(missing)}"
    if not _COUNTRY.fullmatch(row["country"]) or not _COUNTRY.fullmatch(row["origin"] or "AA"):
        yield "a country or origin is two capital letters"
    if row["listing"] not in set(Listing):
        yield f"listing is {', '.join(Listing)}"
    if row["hs"] != _EVERY and not _HS.fullmatch(row["hs"]):
        yield f"hs is 2 to 12 digits, or {_EVERY} for every code"
    if row["verified"] not in {"yes", "no"}:
        yield "verified is yes or no"
    yield from (f"{one} is no day" for one in ("since", "until") if not _is_day(row[one]))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text or "2026-01-01")
    except ValueError:
        return False
    return True


def _listed(row: Mapping[str, str]) -> Listed:
    since, until = (date.fromisoformat(row[one]) if row[one] else None for one in _OPTIONAL[2:])
    return Listed(
        row["agreement"],
        row["country"],
        Listing(row["listing"]),
        "" if row["hs"] == _EVERY else row["hs"],
        row["name"],
        row["source"],
        row["verified"] == "yes",
        part=row["part"],
        origin=row["origin"],
        since=since,
        until=until,
    )
