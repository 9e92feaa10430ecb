"""Reads the terms of the checks: severities, slight discrepancies, waits, waivers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from ooms.claims.goods_table import shipped_goods
from ooms.claims.terms import (
    EVERY,
    Awaiting,
    CheckTerm,
    Cited,
    ClaimTermsError,
    Excluded,
    Late,
    Minor,
    NumberPattern,
    Severity,
    Surplus,
    Terms,
    Unasked,
    Waiver,
)
from ooms.crosschecks.legal_forms import load_legal_forms
from ooms.crosschecks.likeness import Likeness
from ooms.ledger.loader import load_units

_SEVERITIES = "severities.toml"
_BASES = "bases.toml"
_MINOR = "minor_discrepancies.toml"
_TERMS = "terms.toml"

Row = Mapping[str, Any]


@cache
def load_terms() -> Terms:
    """Read the shipped terms.

    Raises:
        ClaimTermsError: a file lacks what it must say.

    """
    severities, bases, terms = _read(_SEVERITIES), _read(_BASES), _read(_TERMS)
    try:
        return Terms(
            checks=tuple(_check(one) for one in severities["check"]),
            severities=_severities(severities["severity"], bases["basis"]),
            minor=_minor(_read(_MINOR)),
            awaiting=_by_agreement(terms["awaiting"], _awaiting),
            excluded=_by_agreement(terms["excluded"], _excluded),
            waivers=_by_agreement(_of_agreements(terms["waiver"]), _waiver),
            national_waivers={
                one["country"]: _waiver(one) for one in terms["waiver"] if "country" in one
            },
            unasked=tuple(_unasked(one) for one in terms["unasked"]),
            surpluses=_by_agreement(terms["surplus"], _surplus),
            editions=tuple((one["since"], one["edition"]) for one in terms["hs_edition"]),
            units=load_units(),
            goods=shipped_goods(),
            patterns=tuple(_pattern(one) for one in terms.get("approved_exporter_number", ())),
            numbering=tuple(_pattern(one) for one in terms["certificate_number"]),
        )
    except KeyError as missing:
        raise ClaimTermsError(file=_TERMS, problem=f"{missing} is missing") from missing


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("ooms.claims").joinpath("data", name).read_text("utf-8"))


def _cited(row: Row) -> Cited:
    return Cited(row["source"], row["verified"], law=row.get("law", ""))


def _check(row: Row) -> CheckTerm:
    settles = tuple(row.get("settles", ()))
    return CheckTerm(row["no"], row["name"], row["title"], row["data"], settles)


def _severity(row: Row) -> Severity:
    return Severity(
        row["check"],
        row["code"],
        row["outcome"],
        _cited(row),
        means=row["means"],
        who=row["who"],
        then=row["then"],
    )


def _severities(rows: Iterable[Row], bases: Iterable[Row]) -> dict[tuple[str, str], Severity]:
    """Read severities; under an agreement whose text was read they stand in that text."""
    said = {(one["code"], one.get("agreement", EVERY)): _severity(one) for one in rows}
    read = {
        (code, row["agreement"]): replace(said[code, EVERY], cited=_cited(row))
        for row in bases
        for code in row["codes"]
    }
    return read | said


def _by_agreement(rows: Iterable[Row], read: Any) -> dict[str, Any]:  # one reader for each table
    return {row.get("agreement", EVERY): read(row) for row in rows}


def _awaiting(row: Row) -> Awaiting:
    return Awaiting(row["days"], tuple(Late(one) for one in row["ways"]), _cited(row))


def _excluded(row: Row) -> Excluded:
    return Excluded(row["after_arrival"], row["force_majeure"], _cited(row))


def _waiver(row: Row) -> Waiver:
    return Waiver(Decimal(row["amount"]), row["currency"], row["split_days"], _cited(row))


def _of_agreements(rows: Iterable[Row]) -> Iterable[Row]:
    return (row for row in rows if "country" not in row)


def _unasked(row: Row) -> Unasked:
    return Unasked(row["country"], row["ruled"], row["listed"], _cited(row))


def _surplus(row: Row) -> Surplus:
    return Surplus(Decimal(row["part"]), _cited(row))


def _pattern(row: Row) -> NumberPattern:
    return NumberPattern(
        row.get("agreement", EVERY),
        row["country"],
        row["pattern"],
        _cited(row),
        since=row.get("since"),
        until=row.get("until"),
    )


def _minor(written: Row) -> Minor:
    least = Decimal(written["spelling"]["least"])
    return Minor(
        kinds={name: _cited(row) for name, row in written["kinds"].items()},
        likeness=Likeness(least=least, legal_forms=load_legal_forms()),
        units=dict(written["units"]),
    )
