"""Whether goods rest on their first certificates: standing, in time, the same goods, measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ooms.applications.model import Content, FirstCertificate, Line, Taken
from ooms.back_to_back.model import First, scoop_of, shortfall
from ooms.errors import Flaw

HS6 = 6
UNIT = "LED-FIRST-UNIT"
FIRST = "RUL-FIRST-CERTIFICATE"


def unfit(content: Content, firsts: Sequence[First | None], *, on: date) -> tuple[Flaw, ...]:
    """Say what is wrong with first certificates, as they stand today."""
    found: list[Flaw] = []
    for place, (named, first) in enumerate(zip(content.first_certificates, firsts, strict=True)):
        said = _problems(content, named, first, on=on) if first else _unknown(named)
        found += [Flaw(f"/first_certificates/{place}", one, code=FIRST) for one in said]
    return tuple(found)


def misfit(content: Content, firsts: Sequence[First]) -> tuple[Flaw, ...]:
    """Say where lines show other goods than they take, or more of them."""
    found: list[Flaw] = []
    for place, line in enumerate(content.lines):
        at = f"/lines/{place}"
        for turn, taken in enumerate(line.takes):
            flaw = _of_taken(line, taken, firsts[taken.first - 1], at=f"{at}/takes/{turn}")
            found += [flaw] if flaw else []
        given = (one for taken in line.takes for one in taken.quantities)
        found += [
            Flaw(f"{at}/quantities", f"line {line.item_no} {problem}", code=UNIT)
            for problem in shortfall(line.quantities, given)
        ]
    return tuple(found)


def _unknown(named: FirstCertificate) -> tuple[str]:
    detail = f"{named.number} of {named.country} was not received here; check the number, or state"
    return (f"{detail} issued_on, valid_until and paper_items from the original",)


def _problems(
    content: Content, named: FirstCertificate, first: First, *, on: date
) -> Iterator[str]:
    if not first.stands:
        yield f"{first.number} was replaced, cancelled or annulled; name what stands"
    if first.valid_until < on:
        yield f"{first.number} expired on {first.valid_until}; nothing is issued on it any more"
    if first.key.country == content.import_country:
        yield f"{first.number} comes from {first.key.country}, where the goods go to"
    if not first.is_received and named.paper_items not in ((), first.items):
        yield f"{first.number} was stated otherwise in an earlier application; state it so"


def _of_taken(line: Line, taken: Taken, first: First, *, at: str) -> Flaw | None:
    item = first.item(taken.item_no)
    if item is None:
        return Flaw(at, f"{first.number} has no item {taken.item_no}", code=FIRST)
    if item.hs[:HS6] != line.hs[:HS6]:
        detail = f"item {taken.item_no} of {first.number} is {item.hs}, the line says {line.hs}"
        return Flaw(at, detail, code=FIRST)
    if scoop_of(first, taken) is None:
        scales = ", ".join(f"{one.kind} in {one.unit}" for one in item.quantities)
        detail = f"item {taken.item_no} of {first.number} is measured as {scales}; take it so"
        return Flaw(at, detail, code=UNIT)
    return None
