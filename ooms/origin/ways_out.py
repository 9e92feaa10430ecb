"""The smallest changes that would make a good qualify."""

from __future__ import annotations

from decimal import Decimal

from ooms.agreements.policies import RuleType
from ooms.origin.facts import Material
from ooms.origin.hearing import HUNDRED, Hearing
from ooms.origin.trace import Alternative, Change, Finding, Reason, Remedy, ValueTest, WayOut
from ooms.origin.truth import Truth

_SHIFTS = ("CC", "CTH", "CTSH", "ANY", "ONLY")


def ways_out(alternatives: tuple[Alternative, ...], hearing: Hearing) -> tuple[WayOut, ...]:
    """Give, for each alternative that can be met by changes, the changes it takes together."""
    found: list[WayOut] = []
    for alternative in alternatives:
        steps = _together(alternative.findings, hearing)
        if steps:
            found.append(WayOut(alternative.rule, steps))
    return tuple(found)


def _together(findings: tuple[Finding, ...], hearing: Hearing) -> tuple[tuple[Remedy, ...], ...]:
    """Remedy every open finding, or give up on all: half a way out leads nowhere."""
    steps: list[tuple[Remedy, ...]] = []
    for finding in findings:
        if finding.met is Truth.YES:
            continue
        here = _for(finding, hearing)
        if not here:
            return ()
        steps += here
    return tuple(dict.fromkeys(steps))


def _for(finding: Finding, hearing: Hearing) -> tuple[tuple[Remedy, ...], ...]:
    if finding.met is Truth.UNKNOWN:
        return tuple((Remedy(Change.ANSWER, q.reason),) for q in finding.questions)
    if finding.value is not None:
        options = _for_value(finding, finding.value, hearing)
        return (options,) if options else ()
    if finding.criterion.startswith(_SHIFTS) and finding.materials:
        facts = (("materials", ", ".join(finding.materials)),)
        reason = Reason("change.source_originating", facts)
        return ((Remedy(Change.SOURCE_ORIGINATING, reason, finding.materials),),)
    return ()


def _for_value(finding: Finding, test: ValueTest, hearing: Hearing) -> tuple[Remedy, ...]:
    """Raise the price, or source enough of the foreign value in a Party: either is enough."""
    remedies: list[Remedy] = []
    if test.minimum_price is not None:
        remedies.append(
            Remedy(Change.RAISE_PRICE, Reason("change.raise_price"), price=test.minimum_price)
        )
    names = set(finding.materials)
    foreign = hearing.foreign(RuleType.VALUE)
    allowed = HUNDRED - test.threshold if test.at_least else test.threshold
    excess = test.counted - (allowed * test.price).scaleb(-2)
    chosen = _enough([m for m in foreign if m.name in names], excess)
    if chosen and test.minimum_price is not None:
        listed = tuple(m.name for m in chosen)
        reason = Reason("change.source_originating", (("materials", ", ".join(listed)),))
        remedies.append(Remedy(Change.SOURCE_ORIGINATING, reason, listed))
    return tuple(remedies)


def _enough(materials: list[Material], excess: Decimal) -> tuple[Material, ...]:
    """Choose few materials worth at least the excess.

    The smallest one that does it alone, or else the largest ones together.
    """
    valued = sorted(
        ((m.value, m.path, m) for m in materials if m.value), key=lambda v: (v[0], v[1])
    )
    alone = next((m for value, _, m in valued if value >= excess), None)
    if alone:
        return (alone,)
    chosen: list[Material] = []
    total = Decimal(0)
    for value, _, material in reversed(valued):
        chosen.append(material)
        total += value
        if total >= excess:
            return tuple(chosen)
    return ()
