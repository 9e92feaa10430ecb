"""Reads the procedures that ship with the code: one file for each administration's country."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ooms.procedures.kinds import Authentication, KindRule, NumberRule
from ooms.procedures.model import (
    Clock,
    ClockKind,
    Ground,
    Procedure,
    ProcedureError,
    ReasonCode,
    Training,
    Unit,
)
from ooms.shipped import file_of

DATA = Path(__file__).resolve().parent / "data"


@cache
def load_procedure(country: str, *, folder: Path = DATA) -> Procedure:
    """Read a country's procedure, or the one that stands in for it.

    Raises:
        ProcedureError: the file lacks something or says what nobody knows.

    """
    file = file_of(country, folder=folder)
    data = tomllib.loads(file.read_text("utf-8"))
    try:
        procedure = _read(data)
    except (KeyError, TypeError, ValueError) as wrong:
        raise ProcedureError(file=file.name, problem=repr(wrong)) from wrong
    missing = set(ClockKind) - set(procedure.clocks)
    if missing:
        names = ", ".join(sorted(missing))
        raise ProcedureError(file=file.name, problem=f"has no clock {names}")
    return procedure


def _read(data: Mapping[str, Any]) -> Procedure:
    return Procedure(
        name=data["name"],
        clocks={ClockKind(name): _clock(name, one) for name, one in data["clocks"].items()},
        grounds=tuple(Ground(**one) for one in data["grounds"]),
        completion_reasons=_reasons(data["reasons"]["completion"]),
        refusal_reasons=_reasons(data["reasons"]["refusal"]),
        training=_training(data["training"]),
        kinds=tuple(_kind(one) for one in data["kinds"]),
        kind_reasons={kind: _reasons(codes) for kind, codes in data["reasons"]["kinds"].items()},
    )


def _clock(name: str, written: Mapping[str, Any]) -> Clock:
    return Clock(ClockKind(name), **{**written, "unit": Unit(written["unit"])})


def _reasons(written: Mapping[str, str]) -> tuple[ReasonCode, ...]:
    return tuple(ReasonCode(code, title) for code, title in written.items())


def _training(written: Mapping[str, Any]) -> Training:
    return Training(**{**written, "subjects": tuple(written["subjects"])})


def _kind(written: Mapping[str, Any]) -> KindRule:
    authentication = written.get("authentication")
    read = {
        "agreements": tuple(written.get("agreements", ())),
        "number": NumberRule(written["number"]),
        "authentication": Authentication(authentication) if authentication else None,
        "papers": tuple(written.get("papers", ())),
    }
    return KindRule(**{**written, **read})
