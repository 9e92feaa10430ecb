"""Reads a list from its file: every entry, or the first thing that is wrong with it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ooms.crosschecks.entries import SEPARATOR, Column, Form, Listing, Record
from ooms.crosschecks.model import CLOCKS_DIFFER

MIB = 1024 * 1024
MAX_LIST_BYTES = 64 * MIB  # some hundred thousand entries; more belongs behind a service
DIGEST_SUFFIX = ".sha256"
_JSON_SUFFIX = ".json"
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a list is not taken, and at which line or entry; 0 is the file itself."""

    place: int
    detail: str
    unit: str = "line"

    def __str__(self) -> str:
        """Say it for people."""
        return f"{self.unit} {self.place}: {self.detail}" if self.place else self.detail


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as its file says it; `as_of` is when its owner wrote it."""

    file: str
    sha256: str
    as_of: datetime
    entries: tuple[tuple[int, Record], ...]


class _UnreadError(Exception):
    """A list cannot be taken; correct the place that the problem names, and load it again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_list(path: Path, *, listing: Listing, now: datetime) -> ReadList | Problem:
    """Read a whole list, or say what is wrong first.

    1. Read the bytes; where `<file>.sha256` lies beside, they have to have that digest.
    2. Read every entry with its line; an unknown column, a wrong cell, or no entry refuses all.
    """
    try:
        content, written_at = _bytes(path)  # 1
        text = _text(content)
        said_at, rows = (_of_json if path.suffix == _JSON_SUFFIX else _of_csv)(text)  # 2
        entries = tuple((line, _record(cells, listing=listing, line=line)) for line, cells in rows)
    except _UnreadError as refused:
        unit = "entry" if path.suffix == _JSON_SUFFIX else "line"
        return replace(refused.problem, unit=unit)
    if not entries:
        return Problem(0, f"{path.name} holds no entry; an empty list would clear everybody")
    as_of = said_at or written_at
    if as_of > now + CLOCKS_DIFFER:
        return Problem(0, f"{path.name} is dated {as_of.isoformat()}, which is still to come")
    return ReadList(path.name, hashlib.sha256(content).hexdigest(), as_of, entries)


def _bytes(path: Path) -> tuple[bytes, datetime]:
    try:
        told = path.stat()
        if told.st_size > MAX_LIST_BYTES:
            raise _unread(0, f"{path.name} is larger than {MAX_LIST_BYTES // MIB} MiB")
        content = path.read_bytes()
        beside = path.with_name(path.name + DIGEST_SUFFIX)
        promised = beside.read_text("ascii").split() if beside.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise _unread(0, f"{path.name} cannot be read: {error}") from error
    if promised is not None and promised[:1] != [hashlib.sha256(content).hexdigest()]:
        raise _unread(0, f"{path.name} has not the digest that {path.name}{DIGEST_SUFFIX} gives")
    return content, datetime.fromtimestamp(told.st_mtime, UTC)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unread(line, "is not written in UTF-8") from error


def _of_csv(text: str) -> tuple[None, Iterator[tuple[int, Mapping[str, Any]]]]:
    if text and not text.endswith("\n"):
        raise _unread(text.count("\n") + 1, "the last line has no end: the file may be cut off")
    return None, _csv_rows(text)


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    heads: list[str] | None = None
    try:
        for cells in reader:
            if heads is None:
                heads = [one.strip() for one in cells]
                _require_once(heads)
            elif len(cells) != len(heads):
                raise _unread(reader.line_num, f"has {len(cells)} cells, the head {len(heads)}")
            else:
                yield reader.line_num, dict(zip(heads, cells, strict=True))
    except csv.Error as error:
        raise _unread(reader.line_num, f"is no CSV: {error}") from error


def _require_once(heads: list[str]) -> None:
    twice = sorted({one for one in heads if heads.count(one) > 1})
    if twice:
        raise _unread(1, f"names the column {twice[0]} twice")


def _of_json(text: str) -> tuple[datetime | None, Iterator[tuple[int, Mapping[str, Any]]]]:
    try:
        given = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _unread(0, f"is no JSON: {error}") from error
    if not isinstance(given, dict) or set(given) - {"as_of", "entries"}:
        raise _unread(0, 'is not {"as_of": "...", "entries": [...]}')
    entries = given.get("entries")
    if not isinstance(entries, list):
        raise _unread(0, '"entries" is no list')
    return _said_at(given.get("as_of")), _json_rows(entries)


def _json_rows(entries: list[Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise _unread(place, "the entry is no object")
        yield place, entry


def _said_at(given: object) -> datetime | None:
    if given is None:
        return None
    try:
        said = datetime.fromisoformat(str(given))
    except ValueError as error:
        raise _unread(0, f"as_of: {given!r} is no instant") from error
    if said.tzinfo is None:
        raise _unread(0, f"as_of: {given!r} has no time zone")
    return said.astimezone(UTC)


def _record(cells: Mapping[str, Any], *, listing: Listing, line: int) -> Record:
    columns = {one.name: one for one in listing.columns}
    unknown = sorted(set(cells) - set(columns))
    if unknown:
        raise _unread(line, f"unknown column {unknown[0]}; known are {', '.join(columns)}")
    record = {}
    for name, column in columns.items():
        text = _cell(cells.get(name), column, line=line)
        if text:
            record[name] = text
        elif column.required:
            raise _unread(line, f"{name} is empty")
    problem = listing.problem(record)
    if problem:
        raise _unread(line, problem)
    return record


def _cell(given: object, column: Column, *, line: int) -> str:
    if given is None:
        return ""
    if column.form is Form.TEXTS and isinstance(given, list):
        given = SEPARATOR.join(str(one) for one in given)
    if not isinstance(given, str):
        raise _unread(line, f"{column.name} is no text")
    text = given.strip()
    if not text:
        return ""
    try:
        return column.read(text)
    except ValueError as error:
        raise _unread(line, f"{column.name}: {text[:_LONGEST_SHOWN]!r}: {error}") from error


def _unread(line: int, detail: str) -> _UnreadError:
    return _UnreadError(Problem(line, detail))
