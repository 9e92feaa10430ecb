"""Reads grounds and periods that ship with the code."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ooms.decisions.grounds import Basis, Ground, Grounds, RemedyKind
from ooms.decisions.law import Cited, Clock, ClockKind, Law, LawError, Paper, PriorNoticeTerms
from ooms.kernel.workdays import Calendar
from ooms.shipped import file_of
from ooms.verifications import grounds as verified
from ooms.verifications import loader as verifications

DATA = Path(__file__).resolve().parent / "data"

_GROUNDS = TypeAdapter(tuple[Ground, ...])
_CLOCKS = TypeAdapter(dict[ClockKind, Clock])
_CITED = TypeAdapter(Cited)
_PAPER = TypeAdapter(Paper)
_PRIOR_NOTICE = TypeAdapter(PriorNoticeTerms)


@cache
def load_grounds(*, folder: Path = DATA) -> Grounds:
    """Read the closed list: what the border finds, and what verifications come to.

    Raises:
        LawError: a ground says what nobody knows, or two have one code.

    """
    file = folder / "grounds.toml"
    try:
        own = _GROUNDS.validate_python(_read(file)["grounds"])
    except (KeyError, ValidationError) as wrong:
        raise LawError(file=file.name, problem=str(wrong)) from wrong
    every = (*own, *(_of_verification(one) for one in verifications.load_grounds().every))
    by_code = {one.code: one for one in every}
    if len(by_code) != len(every):
        raise LawError(file=file.name, problem="two grounds have one code")
    return Grounds(by_code)


@cache
def load_law(country: str, *, calendar: Calendar, folder: Path = DATA) -> Law:
    """Read a country's periods, or those that stand in for them, and the agreements' own.

    Raises:
        LawError: a file lacks something or says what nobody knows.

    """
    file = file_of(country, folder=folder)
    data = _read(file)
    try:
        clocks = _CLOCKS.validate_python(data["clocks"])
        law = Law(
            country=country,
            name=data["name"],
            clocks=clocks,
            agreements={
                code: _CLOCKS.validate_python(written)
                for code, written in _read(folder / "agreements.toml").items()
            },
            suspension=_CITED.validate_python(data["suspension"]),
            security=_CITED.validate_python(data["security"]),
            paper=_PAPER.validate_python(data["paper"]),
            prior_notice=_PRIOR_NOTICE.validate_python(data["prior_notice"]),
            defects=data["defects"],
            calendar=calendar,
            moves_on=data["moves_on"],
        )
    except (KeyError, ValidationError) as wrong:
        raise LawError(file=file.name, problem=str(wrong)) from wrong
    missing = set(ClockKind) - set(clocks)
    if missing:
        raise LawError(file=file.name, problem=f"has no clock {', '.join(sorted(missing))}")
    unknown = law.prior_notice.grounds - set(load_grounds(folder=folder).by_code)
    if unknown:
        raise LawError(file=file.name, problem=f"names no ground {', '.join(sorted(unknown))}")
    return law


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _of_verification(ground: verified.Ground) -> Ground:
    """Take a ground that a verification comes to: whoever rests on it told of the objection."""
    return Ground(
        code=ground.code,
        wire=ground.wire,
        remedies=(RemedyKind.OBJECTION,),
        basis=(Basis(ground.source, ground.verified),),
        agreements=ground.agreements,
        countries=ground.countries,
    )
