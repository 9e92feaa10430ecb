"""Holds a supplier's statement against what was asked and what its kind demands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from ooms.agreements.editions import Editions
from ooms.kernel.hs import HsCode
from ooms.kernel.period import add_months
from ooms.suppliers.model import (
    LONGEST_MONTHS,
    OF_ORIGIN,
    Amounts,
    Declaration,
    Finding,
    Kind,
    Statement,
)


def lint(
    declaration: Declaration, statement: Statement, *, editions: Editions, today: date
) -> tuple[Finding, ...]:
    """Find what keeps a statement from counting; nothing found means that it may."""
    found = (
        *_named(declaration, statement, editions),
        *_days(declaration.kind, statement, today),
        *_signed(statement, today),
        *_amounts(declaration.kind, statement.amounts),
    )
    return tuple(Finding(pointer, problem) for pointer, problem in found if problem)


_Found = Iterator[tuple[str, str]]


def _named(declaration: Declaration, statement: Statement, editions: Editions) -> _Found:
    asked, goods = declaration.agreement, declaration.goods
    if statement.agreement != asked:
        yield "/agreement", f"{asked} was asked for"
    if HsCode(statement.hs).subheading != HsCode(goods.hs).subheading:
        yield "/hs", f"the goods asked about are {goods.hs}"
    if not editions.has(HsCode(statement.hs), goods.hs_edition):
        yield "/hs", f"HS {goods.hs_edition} has no such code"
    if declaration.kind in OF_ORIGIN and not statement.origin:
        yield "/origin", "is what this kind of declaration states"


def _days(kind: Kind, statement: Statement, today: date) -> _Found:
    start, end = statement.valid_from, statement.valid_until
    months = LONGEST_MONTHS.get(kind)
    if end is not None and end <= start:
        yield "/valid_until", "must come after the first day"
    elif end is not None and end <= today:
        yield "/valid_until", "has passed already"
    if months and end is None:
        yield "/valid_until", f"is needed: this kind covers at most {months} months"
    if months and end and end > add_months(start, months):
        # Enforcement Rule 12-2 counts the twelve months of a blanket one from the day of supply.
        yield "/valid_until", f"is more than {months} months after the first day"


def _signed(statement: Statement, today: date) -> _Found:
    if not statement.signer.strip():
        yield "/signer", "is needed: somebody answers for it"
    if not statement.signer_title.strip():
        yield "/signer_title", "is needed: as what the person signs"
    if statement.signed_on > today:
        yield "/signed_on", "lies in the future"


def _amounts(kind: Kind, amounts: Amounts | None) -> _Found:
    if kind is not Kind.ACCUMULATION:
        if amounts is not None:
            yield "/amounts", "belongs to an accumulation declaration alone"
        return
    if amounts is None:
        yield "/amounts", "is what an accumulation declaration states"
        return
    checks: tuple[tuple[str, str, Callable[[], bool]], ...] = (
        (
            "/amounts/foreign_value",
            "state either the foreign value or the supplier's own, and only one of them",
            lambda: (
                (amounts.foreign_value is None) == (amounts.own_value is None)
                and amounts.foreign_inputs is None
            ),
        ),
        (
            "/amounts/own_value",
            "is stated beside foreign_value",
            lambda: None not in (amounts.foreign_value, amounts.own_value),
        ),
        (
            "/amounts/foreign_value",
            "is more than the net cost",
            lambda: _is_more(amounts.foreign_value, amounts.net_cost),
        ),
    )
    for pointer, problem, is_wrong in checks:
        if is_wrong():
            yield pointer, problem


def _is_more(part: Decimal | None, whole: Decimal | None) -> bool:
    return part is not None and whole is not None and part > whole
