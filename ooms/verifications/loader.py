"""Reads the periods and grounds that ship with the code, one file each."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ooms.kernel.workdays import Calendar
from ooms.shipped import file_of
from ooms.verifications.grounds import Ground, Grounds
from ooms.verifications.terms import (
    AgreementTerms,
    RunningTerm,
    StepKind,
    Term,
    TermKind,
    TermsError,
    begin,
)

DATA = Path(__file__).resolve().parent / "data"
Shape = TypeVar("Shape")

_TERMS: TypeAdapter[dict[TermKind, Term]] = TypeAdapter(dict[TermKind, Term])
_STEPS = TypeAdapter(dict[StepKind, Term])
_GROUNDS = TypeAdapter(tuple[Ground, ...])


@dataclass(frozen=True, slots=True)
class Steps:
    """The periods of an administration's own law."""

    name: str
    terms: dict[StepKind, Term]
    edition: str
    #: Whether a partner is asked only after the importer was, unless at random; and by which law.
    importer_first: str = ""

    def running(self, kind: StepKind, event: date, *, calendar: Calendar) -> RunningTerm:
        """Let a period run from the day of its event."""
        return begin(self.terms[kind], event, edition=self.edition, calendar=calendar)

    def last_day(self, kind: StepKind, event: date, *, calendar: Calendar) -> date:
        """Give the last day of a period that nothing stops."""
        due = self.terms[kind].due(event, calendar=calendar)
        assert due is not None  # only an open pause leaves no day
        return due


@cache
def load_agreement_terms(country: str, *, folder: Path = DATA) -> dict[str, AgreementTerms]:
    """Read the periods of every agreement, as the administration of a country keeps them.

    What was read in another country's law only stands in, and says so.

    Raises:
        TermsError: the file says what nobody knows.

    """
    file = folder / "agreements.toml"
    data, edition = _read(file)
    found = {}
    for code, written in data.items():
        shared = _shaped(_TERMS, written["terms"], file=file, at=code)
        own = _shaped(_TERMS, written.get("own", {}).get(country, {}), file=file, at=code)
        terms = {kind: one.kept_by(country) for kind, one in shared.items()} | own
        parties = tuple(written["parties"])
        found[code] = AgreementTerms(code, terms, edition, parties, written["mode"])
    return found


@cache
def load_steps(country: str, *, folder: Path = DATA) -> Steps:
    """Read the periods of a country's own law.

    Raises:
        TermsError: the file lacks a period, or says what nobody knows.

    """
    file = file_of(country, folder=folder)
    data, edition = _read(file)
    terms = _shaped(_STEPS, data["steps"], file=file, at="steps")
    lacking = sorted(set(StepKind) - set(terms))
    if lacking:
        raise TermsError(file=file.name, problem=f"lacks {', '.join(lacking)}")
    return Steps(
        name=data["name"],
        terms=terms,
        edition=edition,
        importer_first=data.get("importer_first", ""),
    )


@cache
def load_grounds(*, folder: Path = DATA) -> Grounds:
    """Read the grounds on which preference may be denied.

    Raises:
        TermsError: the file says what nobody knows.

    """
    file = folder / "grounds.toml"
    data, _edition = _read(file)
    return Grounds(_shaped(_GROUNDS, data["grounds"], file=file, at="grounds"))


def _read(file: Path) -> tuple[dict[str, Any], str]:
    content = file.read_bytes()
    return tomllib.loads(content.decode()), hashlib.sha256(content).hexdigest()[:16]


def _shaped(adapter: TypeAdapter[Shape], written: object, *, file: Path, at: str) -> Shape:
    try:
        return adapter.validate_python(written)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join((at, *(str(part) for part in first["loc"])))
        raise TermsError(file=file.name, problem=f"{key}: {first['msg']}") from wrong
