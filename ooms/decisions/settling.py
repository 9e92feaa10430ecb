"""Amounts that follow from decisions: listed for the clearance system, which moves the money."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.decisions.asked import (
    SETTLEMENT_MOVES,
    Settlement,
    SettlementKind,
    SettlementState,
    advance,
)
from ooms.decisions.model import Entry, Security, Verdict, Wanted
from ooms.decisions.repository import settlements
from ooms.errors import ConflictError, MissingError

_CENT = Decimal("0.01")


class Settling:
    """The list of refunds and securities."""

    def follow(
        self,
        work: Work,
        entry: Entry,
        *,
        before: Entry | None,
        wanted: Wanted,
        whole: Decimal,
    ) -> None:
        """List what a decision has as its consequence: security to release or call, a refund."""
        if before is not None and before.security is not None:
            for kind, amount in _of_security(before.security, entry, whole=whole):
                self._add(work, entry, kind=kind, given=replace(before.security, amount=amount))
        if wanted.refund:
            given = Security(wanted.refund, wanted.currency, "")
            self._add(work, entry, kind=SettlementKind.REFUND, given=given)

    def page(
        self, work: Work, window: Window, *, state: SettlementState | None
    ) -> tuple[Settlement, ...]:
        """Return the amounts, the newest first."""
        return settlements(work.transaction).page(window, state=state)

    def tell(self, work: Work, settlement_id: str, *, by: User) -> Settlement:
        """Note that the clearance system was told.

        Raises:
            MissingError: there is no such amount.
            ConflictError: it was told before.

        """
        return self._move(work, settlement_id, SettlementState.TOLD, confirmation="", by=by)

    def confirm(self, work: Work, settlement_id: str, *, confirmation: str, by: User) -> Settlement:
        """Keep the clearance system's word that it is done.

        Raises:
            MissingError: there is no such amount.
            ConflictError: nobody told it yet, or it is confirmed.

        """
        wanted = SettlementState.CONFIRMED
        return self._move(work, settlement_id, wanted, confirmation=confirmation, by=by)

    def _move(
        self,
        work: Work,
        settlement_id: str,
        wanted: SettlementState,
        *,
        confirmation: str,
        by: User,
    ) -> Settlement:
        rows = settlements(work.transaction)
        current = rows.find(settlement_id)
        if current is None:
            raise MissingError(what="amount to settle", id=settlement_id)
        state = advance(current.state, wanted, moves=SETTLEMENT_MOVES, what="amount")
        is_told = state is SettlementState.TOLD
        new = replace(
            current,
            state=state,
            told_at=work.now if is_told else current.told_at,
            confirmed_at=None if is_told else work.now,
            confirmation=confirmation,
        )
        if not rows.change(new, since=current.state):
            raise ConflictError(what="amount", current="moved meanwhile", wanted=wanted)
        record(
            work,
            who=by.login,
            what=f"settlement.{state.value.lower()}",
            subject=f"claim/{new.place.claim_id}",
            facts={"amount": f"{new.amount:f} {new.currency}", "kind": new.kind.value},
        )
        return new

    def _add(
        self,
        work: Work,
        entry: Entry,
        *,
        kind: SettlementKind,
        given: Security,
    ) -> None:
        settlement = Settlement(
            id=work.new_id(),
            place=entry.place,
            decision_id=entry.id,
            declaration_number=entry.about.declaration_number,
            kind=kind,
            amount=given.amount,
            currency=given.currency,
            state=SettlementState.DUE,
            made_at=work.now,
            reference=given.reference,
        )
        settlements(work.transaction).add(settlement)


def _of_security(
    given: Security, entry: Entry, *, whole: Decimal
) -> tuple[tuple[SettlementKind, Decimal], ...]:
    """Say what becomes of a security: called for what is denied, released for the rest.

    Of a line that is granted in part, the security is called in the share of the quantity.
    """
    if entry.verdict is Verdict.DENIED:
        called = given.amount
    elif entry.verdict is Verdict.PARTLY:
        share = (whole - entry.quantity) / whole
        called = (given.amount * share).quantize(_CENT, rounding=ROUND_HALF_UP)
    else:
        called = Decimal(0)
    parts = (
        (SettlementKind.CALL_SECURITY, called),
        (SettlementKind.RELEASE_SECURITY, given.amount - called),
    )
    return tuple((kind, amount) for kind, amount in parts if amount)
