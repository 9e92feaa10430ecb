"""Reads the rows of one case: at once where they are plain, else as a case document."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ooms.agreements.policies import Kind
from ooms.agreements.rule import Base, Rule
from ooms.determinations.bulk_columns import CASE_COLUMNS, LINE_COLUMNS, PROOF, RARE_COLUMNS, Layout
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode
from ooms.kernel.quantity import parse_amount
from ooms.origin.case import CaseFormatError, read_case
from ooms.origin.classification import slug
from ooms.origin.facts import Case, Material, Price, Product

Row = list[str]
Document = dict[str, Any]

SEPARATOR = ";"
_SAID = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_CACHED = 65_536  # codes, countries and amounts that a file repeats

_code = lru_cache(_CACHED)(HsCode.parse)
_country = lru_cache(_CACHED)(CountryCode.parse)
_amount = lru_cache(_CACHED)(parse_amount)
_day = lru_cache(_CACHED)(date.fromisoformat)
_FIELD_COLUMNS = {field: column for column, field in CASE_COLUMNS.items()}
_LINE_FIELD_COLUMNS = {f: c for c, f in (LINE_COLUMNS | RARE_COLUMNS).items()}
_LINE_FIELD = re.compile(r"(materials(?:\[\d+\]\.made_from)*\[\d+\])\.?(.*)")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a run supposes instead of what the file says: the day, and proofs that are gone."""

    on: date | None = None
    expired: frozenset[str] = frozenset()


class RowError(ValueError):
    """A case cannot be read; correct the cell in the row and column it names."""

    def __init__(self, *, row: int, column: str, problem: str) -> None:
        self.row = row
        self.column = column
        self.problem = problem
        super().__init__(f"row {row}, {column}: {problem}")


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The rows of one case, as cells; `first` is the number of the first one in the file."""

    name: str
    rows: tuple[Row, ...]
    first: int
    layout: Layout

    @property
    def is_plain(self) -> bool:
        """Tell whether no row fills a column that few fill."""
        rare = self.layout.rare
        return not rare or not any(row[place] for row in self.rows for place in rare)


def plain_case(rows: CaseRows, *, given: Overrides) -> Case | None:
    """Read a plain case at once, or give None when it must be read as a document.

    The agreement is the caller's; an importing Party that the file leaves open is the exporting
    one.
    """
    if not rows.is_plain or not _are_even(rows):
        return None
    try:
        return _quick(rows, given)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None  # the document's reader says what is wrong, and where


def case_of(rows: CaseRows, *, given: Overrides, agreement: str) -> Case:
    """Read a case as a document, so that each problem has its row and column.

    An importing Party that the file leaves open is the exporting one, as in a plain case.

    Raises:
        RowError: A cell is missing or malformed.
    """
    _require_even(rows)
    document, places = _document(rows, given, agreement=agreement)
    importer = document["importing_party"] or document["exporting_party"]
    document |= {"agreement": agreement, "importing_party": importer}
    try:
        return read_case(document, read_rule=_no_rule)
    except CaseFormatError as wrong:
        raise _error(wrong, rows, places) from wrong


def _are_even(rows: CaseRows) -> bool:
    width = len(rows.layout.header)
    return all(len(row) == width for row in rows.rows) and _repeats(rows) is None


def _require_even(rows: CaseRows) -> None:
    width = len(rows.layout.header)
    for number, row in enumerate(rows.rows, start=rows.first):
        if len(row) != width:
            problem = f"has {len(row)} cells instead of {width}"
            raise RowError(row=number, column="row", problem=problem)
    differing = _repeats(rows)
    if differing:
        number, column = differing
        raise RowError(row=number, column=column, problem="differs from the case's first row")


def _repeats(rows: CaseRows) -> tuple[int, str] | None:
    """Find a later row that says something else of the good than the first."""
    places = [place for place in rows.layout.of_case if place >= 0]
    first = rows.rows[0]
    for number, row in enumerate(rows.rows[1:], start=rows.first + 1):
        for place in places:
            if row[place] != first[place] and row[place]:
                return number, rows.layout.header[place]
    return None


def _quick(rows: CaseRows, given: Overrides) -> Case:
    first = rows.rows[0]
    said = dict(zip(CASE_COLUMNS, _cells(first, rows.layout.of_case), strict=True))
    price = None
    if said["price_amount"]:
        amount = _amount(said["price_amount"])
        price = Price(Base(said["price_basis"]), amount, _currency(said["price_currency"]))
    weight = said["product_weight"]
    exporter = _country(said["exporting_party"])
    return Case(
        agreement="",
        on=given.on or _day(said["on"]),
        hs_edition=int(said["hs_edition"]),
        exporting_party=exporter,
        importing_party=_country(said["importing_party"]) if said["importing_party"] else exporter,
        product=Product(
            codes=(_code(said["product_hs"]),),
            description=said["product_description"],
            weight=_amount(weight) if weight else None,
        ),
        price=price,
        materials=_lines(rows, given),
        processes=_processes(said["processes"]),
        answers=_answers(said["facts"]),
    )


def _lines(rows: CaseRows, given: Overrides) -> tuple[Material, ...]:
    places, proof = rows.layout.of_line, rows.layout.proof
    if len(rows.rows) == 1 and not any(_cells(rows.rows[0], places)):
        return ()
    lines: list[Material] = []
    for number, row in enumerate(rows.rows):
        name, hs, said, origin, value, weight, component, kind = _cells(row, places)
        shown = _SAID[said.lower()] if said else None
        if proof >= 0 and shown and row[proof] in given.expired:
            shown = None
        if not name.strip():
            raise ValueError(name)
        lines.append(
            Material(
                path=f"materials[{number}]",
                name=name,
                codes=(_code(hs),) if hs else (),
                originating=shown,
                origin=_country(origin) if origin else None,
                value=_amount(value) if value else None,
                weight=_amount(weight) if weight else None,
                component=component or None,
                kind=Kind(kind) if kind else Kind.MATERIAL,
            )
        )
    return tuple(lines)


def _cells(row: Row, places: tuple[int, ...]) -> list[str]:
    return [row[place] if place >= 0 else "" for place in places]


@lru_cache(_CACHED)
def _processes(written: str) -> frozenset[str]:
    return frozenset(slug(name) for name in written.split(SEPARATOR) if name.strip())


def _answers(written: str) -> dict[str, Any]:
    if written:
        raise ValueError(written)  # facts are read by the one reader that knows their kinds
    return {}


@lru_cache(_CACHED)
def _currency(written: str) -> str:
    if len(written) != 3 or not (written.isascii() and written.isupper()):  # noqa: PLR2004 - ISO 4217
        raise ValueError(written)
    return written


def _document(
    rows: CaseRows, given: Overrides, *, agreement: str
) -> tuple[Document, dict[str, int]]:
    """Write a case document, with the row that each line of the bill came from."""
    said = dict(zip(CASE_COLUMNS, _cells(rows.rows[0], rows.layout.of_case), strict=True))
    materials, places = _nested(rows, given, agreement=agreement)
    has_price = any(said[column] for column in ("price_basis", "price_amount", "price_currency"))
    edition = said["hs_edition"]
    document: Document = {
        "on": given.on.isoformat() if given.on else said["on"] or None,
        "hs_edition": int(edition) if edition.isdigit() else edition or None,
        "exporting_party": said["exporting_party"] or None,
        "importing_party": said["importing_party"] or None,
        "product": {
            "hs": said["product_hs"] or None,
            "description": said["product_description"],
            "weight": said["product_weight"] or None,
        },
        "price": _price(said) if has_price else None,
        "materials": materials,
        "processes": [name for name in said["processes"].split(SEPARATOR) if name.strip()],
        "facts": _facts(said["facts"], rows),
    }
    return document, places


def _price(said: Mapping[str, str]) -> Document:
    return {key: said[f"price_{key}"] or None for key in ("basis", "amount", "currency")}


def _facts(written: str, rows: CaseRows) -> Any:
    try:
        return json.loads(written) if written else {}
    except json.JSONDecodeError as broken:
        problem = f"must be a JSON object: {broken.msg}"
        raise RowError(row=rows.first, column="facts", problem=problem) from broken


def _nested(
    rows: CaseRows, given: Overrides, *, agreement: str
) -> tuple[list[Document], dict[str, int]]:
    """Put each line under the one that its row says it is a part of."""
    top: list[Document] = []
    places: dict[str, int] = {}
    named: dict[str, tuple[Document, str]] = {}
    for number, cells in enumerate(rows.rows, start=rows.first):
        said = dict(zip(rows.layout.header, cells, strict=True))
        if len(rows.rows) == 1 and not any(_cells(cells, rows.layout.of_line)):
            break
        line = _line(said, given, agreement=agreement)
        into, path = top, f"materials[{len(top)}]"
        if said.get("part_of"):
            if said["part_of"] not in named:
                problem = f"no line {said['part_of']!r} stands above"
                raise RowError(row=number, column="part_of", problem=problem)
            whole, above = named[said["part_of"]]
            into = whole.setdefault("made_from", [])
            path = f"{above}.made_from[{len(into)}]"
        into.append(line)
        places[path] = number
        if said.get("line"):
            named[said["line"]] = (line, path)
    return top, places


def _line(said: Mapping[str, str], given: Overrides, *, agreement: str) -> Document:
    line: Document = {field: said.get(column) or None for column, field in LINE_COLUMNS.items()}
    for column in ("originating", "designated"):
        written = said.get(column) or ""
        line[column] = _SAID.get(written.lower(), written) if written else None
    if said.get(PROOF) and said[PROOF] in given.expired and line["originating"] is True:
        return line | {"originating": None}
    if any(said.get(f"proof_{key}") for key in ("agreement", "from", "until")):
        line["proof"] = _proof(said, agreement=agreement)
    return line


def _proof(said: Mapping[str, str], *, agreement: str) -> Document:
    """Write the proof under the agreement that is judged, where the cell names it among others."""
    named = [name.strip() for name in said.get("proof_agreement", "").split(SEPARATOR)]
    return {
        "agreement": agreement if agreement in named else named[0] or None,
        "from": said.get("proof_from") or None,
        "until": said.get("proof_until") or None,
    }


def _error(wrong: CaseFormatError, rows: CaseRows, places: Mapping[str, int]) -> RowError:
    found = _LINE_FIELD.fullmatch(wrong.field)
    if found is None:
        column = _FIELD_COLUMNS.get(wrong.field, wrong.field.partition(".")[0])
        return RowError(row=rows.first, column=column, problem=wrong.problem)
    path, field = found.groups()
    column = _LINE_FIELD_COLUMNS.get(field, field or "material")
    return RowError(row=places.get(path, rows.first), column=column, problem=wrong.problem)


def _no_rule(text: str) -> Rule:
    # A bulk file brings no rule of its own: the agreements' packs have the say.
    raise ValueError(f"no rule may be brought along: {text}")
