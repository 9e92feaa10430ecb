"""Tells partners what was decided: one message a certificate, each item once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from ooms.claims.held import Held
from ooms.claims.model import CheckedLine, Claim, Decision, Feedback, Report
from ooms.claims.ports import ReceivedCertificates, UseFeedback
from ooms.claims.terms import Terms
from ooms.db import Work
from ooms.errors import ConflictError
from ooms.kernel.quantity import Quantity
from ooms.ledger.model import CertificateKey, ItemKey, Lot

_AVAILABLE = "AVAILABLE"
_WHOLE = Fraction(1)
_TOLD = frozenset({Decision.GRANTED, Decision.DENIED})
_GIVEN = frozenset({Decision.GRANTED, Decision.PARTLY})


class Telling:
    """The desk's voice towards partners."""

    def __init__(
        self, *, received: ReceivedCertificates, feedback: UseFeedback, terms: Terms
    ) -> None:
        """Speak of certificates that partners sent, in units that the terms know."""
        self._received = received
        self._feedback = feedback
        self._terms = terms

    def tell(
        self,
        work: Work,
        claim: Claim,
        *,
        lines: tuple[CheckedLine, ...],
        given_back: tuple[CheckedLine, ...],
        used: Mapping[ItemKey, Fraction],
    ) -> None:
        """Send each partner what was decided and given back; see that nothing was taken back.

        What is told of an item is how it stands in the whole declaration, whatever lines changed:
        the last word counts.

        Raises:
            ConflictError: a certificate that was granted is not there any more.

        """
        decided = tuple(one for one in lines if one.decision in _TOLD)
        gone = _gone(given_back, claimed={one.key for one in decided})
        held = self._held(work, (*decided, *gone))
        standing = _standing(claim, lines)
        told: dict[ItemKey | None, Report] = {one.key: _withdrawn(one) for one in gone}
        for one in reversed(decided):
            lot = lot_of(held.get(one.key), one.line.item_no) if one.key else {}
            given = self._given(one, standing, lot=lot)
            told[one.key] = _report(one, standing, given=given, used=used)
        reports: dict[CertificateKey, list[Report]] = {}
        for key, of_item in told.items():
            if key is not None and key in held and held[key].state == _AVAILABLE:
                reports.setdefault(key.certificate, []).append(of_item)
        sent = {key.certificate: one for key, one in held.items()}
        for certificate, of_items in reports.items():
            in_order = tuple(sorted(of_items, key=lambda one: one.item_no))
            feedback = Feedback(claim.declaration.number, work.today, in_order)
            self._feedback.send(sent[certificate], feedback=feedback, within=work.transaction)
        self._require_still_there(work, lines)

    def _given(
        self, decided: CheckedLine, standing: tuple[CheckedLine, ...], *, lot: Lot
    ) -> Quantity | None:
        """Add up what the lines of a declaration are given of an item, whatever their units."""
        of_item = (one for one in standing if one.key == decided.key and one.decision in _GIVEN)
        return self._terms.together(lot, ((one.given, one.line.unit) for one in of_item))

    def _require_still_there(self, work: Work, lines: tuple[CheckedLine, ...]) -> None:
        # The feedback marked the certificate as used, under a lock: who cancelled it before
        # that has committed by now and is seen here; who comes later sees our mark.
        granted = tuple(one for one in lines if one.decision is Decision.GRANTED)
        for certificate in self._held(work, granted).values():
            if certificate.state != _AVAILABLE:
                raise ConflictError(what="certificate", current=certificate.state, wanted="used")

    def _held(self, work: Work, lines: Iterable[CheckedLine]) -> dict[ItemKey, Held]:
        keys = [one.key for one in lines if one.key]
        numbers = {one.number_key for one in keys}
        found = self._received.find_all(numbers, within=work.transaction) if numbers else {}
        return {
            key: held
            for key in keys
            for held in found.get(key.number_key, ())
            if held.key(key.item_no) == key
        }


def _standing(claim: Claim, lines: Iterable[CheckedLine]) -> tuple[CheckedLine, ...]:
    """Return every line of a claim as it stands once these have changed."""
    changed = {one.line.place: one for one in lines}
    return tuple(changed.get(one.line.place, one) for one in claim.lines)


def lot_of(held: Held | None, item_no: int) -> Lot:
    """Say how an item is measured on its certificate; nothing where it is not there."""
    item = held.item(item_no) if held is not None else None
    return item.quantities if item is not None else {}


def _report(
    decided: CheckedLine,
    standing: tuple[CheckedLine, ...],
    *,
    given: Quantity | None,
    used: Mapping[ItemKey, Fraction],
) -> Report:
    """Say what is given of an item; where nothing is, the refusal itself is told."""
    line, of_item = decided.line, [one for one in standing if one.key == decided.key]
    refused = next((one for one in of_item if one.decision is Decision.DENIED), None)
    told = Report(
        line.item_no,
        Decision.DENIED.value,
        line_no=line.line_no,
        hs=line.hs,
        reason_code=(refused.reason_code if refused else "") or None,
        reason=(refused.reason if refused else "") or None,
    )
    if given is None or decided.key is None:
        return told
    is_whole = used.get(decided.key, Fraction(0)) >= _WHOLE
    outcome = (Decision.GRANTED if is_whole else Decision.PARTLY).value
    return replace(told, outcome=outcome, quantity=given.amount, unit=given.unit)


def _withdrawn(gone: CheckedLine) -> Report:
    line = gone.line
    return Report(
        line.item_no,
        "WITHDRAWN",
        line_no=line.line_no,
        hs=line.hs,
        reason_code="DECLARATION-CHANGED",
        reason="a later version of the declaration no longer claims it",
    )


def _gone(
    given_back: tuple[CheckedLine, ...], *, claimed: Collection[ItemKey | None]
) -> tuple[CheckedLine, ...]:
    return tuple(one for one in given_back if one.key not in claimed)
