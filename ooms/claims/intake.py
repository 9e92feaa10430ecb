"""Takes files of declarations: a line of JSON each, or rows of CSV that belong together."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ooms.claims.declaration import Declaration
from ooms.claims.model import Claim
from ooms.claims.schemas import ClaimIn
from ooms.errors import Flaw, OfficeError, UnfitError

MIB = 1024 * 1024
MOST_BYTES = 64 * MIB
MOST_DECLARATIONS = 20_000

#: Columns of a CSV file that stand for a whole declaration, and where they belong in it.
_HEAD: Mapping[str, tuple[str, ...]] = {
    "declaration_number": ("declaration_number",),
    "version": ("version",),
    "declared_on": ("declared_on",),
    "office": ("office",),
    "claim_type": ("claim_type",),
    "claimed_on": ("claimed_on",),
    "released_on": ("released_on",),
    "reclassified_on": ("reclassified_on",),
    "importer": ("importer", "name"),
    "importer_identifier": ("importer", "identifier"),
    "exporter": ("exporter", "name"),
    "exporter_identifier": ("exporter", "identifier"),
    "producer": ("producer", "name"),
    "producer_identifier": ("producer", "identifier"),
    "export_country": ("journey", "export_country"),
    "export_port": ("journey", "export_port"),
    "departed_on": ("journey", "departed_on"),
    "arrived_on": ("journey", "arrived_on"),
    "through_bill": ("journey", "through_bill"),
}
_LINE = frozenset(
    {
        "line_no",
        "certificate_number",
        "item_no",
        "hs",
        "quantity",
        "unit",
        "invoice",
        "invoice_dated",
        "agreement",
        "hs_edition",
        "criterion",
        "rate_code",
        "rate",
        "description",
        "model",
        "marks",
        "packages",
        "value",
        "currency",
        "origin",
        "quota_licence",
    }
)
_SPECIFICATION = (
    *("spec_no", "certificate_number", "item_no", "quantity", "unit"),
    *("description", "model", "invoice", "value"),
)
_NUMBERS = frozenset({"version", "line_no", "item_no", "spec_no", "hs_edition", "packages"})
COLUMNS = (*_HEAD, *sorted(_LINE), "spec_no")


class ClaimFileError(UnfitError):
    """A file of declarations cannot be read at all; each flaw names its row."""

    code = "SCH-FILE"


@dataclass(frozen=True, slots=True)
class Handed:
    """A declaration of a file, as it was written, with the rows that it stands in."""

    rows: tuple[int, ...]
    written: Mapping[str, Any]
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a declaration of a file: a claim, or every reason why not."""

    rows: tuple[int, ...]
    number: str
    version: int
    claim: Claim | None = None
    flaws: tuple[Flaw, ...] = ()


def take(
    handed: Handed,
    *,
    declared: Callable[[ClaimIn], Declaration],
    check: Callable[[Declaration], Claim],
) -> Taken:
    """Check one declaration of a file; what is wrong with it stops no other one."""
    number = str(handed.written.get("declaration_number", ""))
    version = handed.written.get("version", 1)
    named = (handed.rows, number, version if isinstance(version, int) else 1)
    if handed.flaw is not None:
        return Taken(*named, flaws=(handed.flaw,))
    try:
        return Taken(*named, claim=check(declared(ClaimIn.model_validate(handed.written))))
    except ValidationError as wrong:
        return Taken(*named, flaws=tuple(_flaws(wrong)))
    except OfficeError as refused:
        said = (Flaw(one.pointer, one.detail, one.code or refused.code) for one in refused.flaws)
        return Taken(*named, flaws=tuple(said) or (Flaw("", str(refused), refused.code),))


def declarations(name: str, content: bytes) -> tuple[Handed, ...]:
    """Read the declarations of a file, by the ending of its name.

    Raises:
        ClaimFileError: the file is too large, no text, of another kind, or lacks its columns.

    """
    if len(content) > MOST_BYTES:
        raise ClaimFileError(Flaw("/file", f"a file has {MOST_BYTES // MIB} MB at most"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ClaimFileError(Flaw("/file", f"is not UTF-8 from byte {wrong.start} on")) from wrong
    if name.lower().endswith(".csv"):
        found = tuple(_of_rows(text))
    elif name.lower().endswith((".ndjson", ".jsonl")):
        found = tuple(_of_lines(text))
    else:
        raise ClaimFileError(Flaw("/file", "is named .ndjson, .jsonl or .csv"))
    if len(found) > MOST_DECLARATIONS:
        raise ClaimFileError(Flaw("/file", f"has {MOST_DECLARATIONS} declarations at most"))
    return found


def _of_lines(text: str) -> Iterator[Handed]:
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            written = json.loads(line)
        except json.JSONDecodeError as wrong:
            yield Handed((row,), {}, Flaw("", f"row {row} is no JSON: {wrong.msg}", "SCH-JSON"))
            continue
        if isinstance(written, dict):
            yield Handed((row,), written)
        else:
            yield Handed((row,), {}, Flaw("", f"row {row} is no JSON object", "SCH-JSON"))


def _of_rows(text: str) -> Iterator[Handed]:
    reader = csv.DictReader(io.StringIO(text))
    unknown = sorted(set(reader.fieldnames or ()) - set(COLUMNS))
    if unknown or "declaration_number" not in (reader.fieldnames or ()):
        problem = f"unknown columns {', '.join(unknown)}" if unknown else "no declaration_number"
        raise ClaimFileError(Flaw("/file", f"{problem}; the columns are {', '.join(COLUMNS)}"))
    together: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = {}
    for row in reader:
        filled = {name: value.strip() for name, value in row.items() if name and value}
        key = filled.get("declaration_number", ""), filled.get("version", "")
        together.setdefault(key, []).append((reader.line_num, filled))
    for rows in together.values():
        yield Handed(tuple(number for number, _ in rows), _declaration([row for _, row in rows]))


def _declaration(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Put the rows of a declaration together: its head from the first that names a column."""
    written: dict[str, Any] = {"lines": _lines(rows)}
    for row in reversed(rows):
        for name, (first, *rest) in _HEAD.items():
            if name not in row:
                continue
            if rest:
                written.setdefault(first, {})[rest[0]] = row[name]
            else:
                written[first] = _typed(name, row[name])
    return written


def _lines(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    lines: dict[str, dict[str, Any]] = {}
    for row in rows:
        own = {name: _typed(name, value) for name, value in row.items() if name in _LINE}
        if "spec_no" not in row:
            # Two rows of one line are told by the check that every line has a number of its own.
            lines[f"{row.get('line_no', '')}/{len(lines)}"] = _dated(own, row)
            continue
        line = lines.setdefault(row.get("line_no", ""), own | {"specifications": []})
        use = {name: _typed(name, row[name]) for name in _SPECIFICATION if name in row}
        line["specifications"].append(use)
        _dated(line, row)
    return list(lines.values())


def _dated(line: dict[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """State the date of a row's invoice by the invoice's number, as declarations do."""
    line.pop("invoice_dated", None)
    if "invoice_dated" in row:
        dates = line.setdefault("invoice_dates", {})
        dates[row.get("invoice", "")] = row["invoice_dated"]
    return line


def _typed(name: str, value: str) -> str | int:
    return int(value) if name in _NUMBERS and value.isdecimal() else value


def _flaws(wrong: ValidationError) -> Iterator[Flaw]:
    for one in wrong.errors(include_url=False):
        pointer = "".join(f"/{part}" for part in one["loc"])
        yield Flaw(pointer, one["msg"].removeprefix("Value error, "), "SCH-BODY")
