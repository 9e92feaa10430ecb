"""The arithmetic of the ledger: what is held, what is asked beyond it, what is too much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from ooms.applications.model import Content
from ooms.back_to_back.model import (
    Entry,
    First,
    FirstKey,
    Left,
    Scale,
    left_of,
    scoop_of,
    told,
)
from ooms.errors import Flaw

OVER = "LED-FIRST-EXCEEDED"

#: Amounts by item and scale.
Amounts: TypeAlias = dict[int, dict[Scale, Fraction]]
_NOTHING = Fraction(0)


def wanted(content: Content, firsts: Sequence[First | None]) -> dict[FirstKey, Amounts]:
    """Add up what the lines take, by first certificate; places are those of the application."""
    sums: dict[FirstKey, Amounts] = {one.key: {} for one in firsts if one is not None}
    for line in content.lines:
        for taken in line.takes:
            first = firsts[taken.first - 1]
            scoop = scoop_of(first, taken) if first else None
            if first and scoop:
                _add(sums[first.key], taken.item_no, scoop)
    return sums


def held(entries: Iterable[Entry], *, by: str | None = None) -> Amounts:
    """Add up entries, of one certificate or of all."""
    sums: Amounts = {}
    for one in entries:
        if by is None or one.certificate_id == by:
            _add(sums, one.item_no, {one.scale: one.amount})
    return sums


def apart(asked: Amounts, own: Amounts) -> Amounts:
    """Say how far what is asked lies from what is held already; less is negative."""
    return {
        item_no: {
            scale: amount - own.get(item_no, {}).get(scale, _NOTHING)
            for scale, amount in amounts.items()
        }
        for item_no, amounts in asked.items()
    }


def only_more(amounts: Amounts) -> Amounts:
    """Keep what goes beyond."""
    return {n: {at: max(one, _NOTHING) for at, one in of.items()} for n, of in amounts.items()}


def given_back(amounts: Amounts) -> Amounts:
    """Turn amounts around."""
    return {n: {at: -one for at, one in of.items()} for n, of in amounts.items()}


def gone(first: First, entries: Iterable[Entry]) -> dict[int, Fraction]:
    """Say which share of each item is passed on: that of the scale of which most is taken."""
    taken = held(entries)
    return {
        item.item_no: max(
            (
                taken.get(item.item_no, {}).get(Scale(one.kind, one.unit), _NOTHING)
                / Fraction(one.value)
                for one in item.quantities
                if one.value
            ),
            default=_NOTHING,
        )
        for item in first.items
    }


def overdrawn(
    first: First, more: Amounts, entries: Sequence[Entry], *, claimed: Mapping[int, Fraction]
) -> tuple[Flaw, ...]:
    """Say of which items more is asked than is left, and what is left.

    `claimed` is the share of each item that claims at import have used.
    """
    taken = held(entries)
    flaws = []
    for item_no, amounts in more.items():
        item = first.item(item_no)
        used = taken.get(item_no, {})
        if item is None:
            continue
        free = 1 - claimed.get(item_no, _NOTHING)
        whole = {Scale(one.kind, one.unit): Fraction(one.value) * free for one in item.quantities}
        if any(used.get(at, _NOTHING) + amount > whole[at] for at, amount in amounts.items()):
            left = told(left_of(item, used, claimed=claimed.get(item_no, _NOTHING)))
            detail = f"item {item_no} of {first.number} has {left} left; take no more than that"
            flaws.append(Flaw("/lines", detail, code=OVER))
    return tuple(flaws)


def left(
    first: First, entries: Sequence[Entry], *, claimed: Mapping[int, Fraction]
) -> tuple[Left, ...]:
    """Say what is left of every item of a first certificate."""
    taken = held(entries)
    return tuple(
        one
        for item in first.items
        for one in left_of(
            item, taken.get(item.item_no, {}), claimed=claimed.get(item.item_no, _NOTHING)
        )
    )


def _add(sums: Amounts, item_no: int, more: Mapping[Scale, Fraction]) -> None:
    of_item = sums.setdefault(item_no, {})
    for scale, amount in more.items():
        of_item[scale] = of_item.get(scale, _NOTHING) + amount
