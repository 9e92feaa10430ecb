"""Usage: what all decisions of importing customs on one certificate amount to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from eodes.domain.lifecycle import Exchange
from eodes.messages.co_use import CertificateUse, UseDecision, UsedQuantity, UseOutcome
from eodes.store.records import CertificateKey, UseRow

_DRAWN = frozenset({"GRANTED", "PARTLY"})
_OPEN = frozenset({"SUSPENDED", "WITHDRAWN"})
#: Of several decisions on one item, the first of these says how it stands.
_WEIGHT = (
    UseOutcome.GRANTED,
    UseOutcome.PARTLY,
    UseOutcome.SUSPENDED,
    UseOutcome.DENIED,
    UseOutcome.WITHDRAWN,
)


def rows_of(
    body: CertificateUse, message_id: str, *, direction: str, partner: str, at: datetime
) -> list[UseRow]:
    """Write down the decisions that a message carries, ours or a partner's: one an item."""
    key = CertificateKey.named(body.certificate)
    by_item: dict[int, list[UseDecision]] = {}
    for one in body.decisions:
        by_item.setdefault(one.item_no, []).append(one)
    return [
        UseRow(
            message_id=message_id,
            item_no=one.item_no,
            direction=direction,
            partner=partner,
            key=key,
            declaration_number=body.declaration_number,
            outcome=one.outcome.value,
            at=at,
            quantity=format(one.quantity.value, "f") if one.quantity else None,
            unit=one.quantity.unit if one.quantity else None,
            reason_code=one.reason_code,
        )
        for one in map(_together, by_item.values())
    ]


def _together(decisions: list[UseDecision]) -> UseDecision:
    """Say what decisions on several lines that use one item amount to: what is given counts.

    Quantities of one unit are added; of several nobody here knows how they convert.
    """
    first = min(decisions, key=lambda one: _WEIGHT.index(one.outcome))
    given = [one.quantity for one in decisions if one.outcome is first.outcome and one.quantity]
    units = {one.unit for one in given}
    if len(units) != 1:
        return replace(first, quantity=None)
    total = sum((one.value for one in given), Decimal(0))
    return replace(first, quantity=UsedQuantity(total, units.pop()))


def latest(rows: Iterable[UseRow]) -> tuple[UseRow, ...]:
    """Return the decisions that stand: of each declaration the last one on each item."""
    return tuple({(row.declaration_number, row.item_no): row for row in rows}.values())


def drawing_declaration(rows: Iterable[UseRow]) -> str | None:
    """Name the last declaration that draws on a certificate, or none if all were withdrawn."""
    drawing = [row for row in latest(rows) if row.outcome in _DRAWN]
    return max(drawing, key=lambda row: row.at).declaration_number if drawing else None


def amounts_to(items: set[int], rows: Iterable[UseRow]) -> Exchange:
    """Say how far a certificate with these items is used.

    GRANTED means that nothing of the item is left, PARTLY that something is: an item is used up by
    the declaration that draws the rest, whatever others drew before.
    """
    standing = latest(rows)
    outcomes = {row.outcome for row in standing} - _OPEN
    if not outcomes:
        return Exchange.LINKED
    if outcomes == {"DENIED"}:
        return Exchange.DENIED
    granted = {row.item_no for row in standing if row.outcome == "GRANTED"}
    return Exchange.USED if granted >= items else Exchange.USED_PARTLY
