"""Tells partners what was decided: one message a certificate, each item once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from ooms.claims.declaration import Declaration
from ooms.claims.held import Held
from ooms.claims.model import CheckedLine, Decision, Feedback, Report
from ooms.claims.ports import ReceivedCertificates, UseFeedback
from ooms.db import Work
from ooms.errors import ConflictError
from ooms.ledger.model import ItemKey

_AVAILABLE = "AVAILABLE"
_WHOLE = Fraction(1)
_TOLD = frozenset({Decision.GRANTED, Decision.DENIED})


class Telling:
    """The desk's voice towards partners."""

    def __init__(self, *, received: ReceivedCertificates, feedback: UseFeedback) -> None:
        """Speak of certificates that partners sent, through whoever speaks to them."""
        self._received = received
        self._feedback = feedback

    def tell(
        self,
        work: Work,
        declaration: Declaration,
        *,
        lines: tuple[CheckedLine, ...],
        given_back: tuple[CheckedLine, ...],
        used: Mapping[ItemKey, Fraction],
    ) -> None:
        """Send each partner what was decided and given back; see that nothing was taken back.

        Raises:
            ConflictError: a certificate that was granted is not there any more.

        """
        about = tuple(_reportable(lines, given_back))
        held = self._held(work, about)
        reports: dict[tuple[str, str, str], tuple[Held, list[Report]]] = {}
        for one in about:
            certificate = held.get(one.key) if one.key else None
            if certificate is not None and certificate.state == _AVAILABLE:
                key = certificate.key(0)
                name = key.issuing_country, key.agreement, key.number_key
                reports.setdefault(name, (certificate, []))[1].append(_report(one, used))
        for certificate, told in reports.values():
            feedback = Feedback(declaration.number, work.today, tuple(told))
            self._feedback.send(certificate, feedback=feedback, within=work.transaction)
        self._require_still_there(work, lines)

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


def _report(checked: CheckedLine, used: Mapping[ItemKey, Fraction]) -> Report:
    line = checked.line
    if checked.decision is not Decision.GRANTED:
        outcome = {Decision.DENIED: "DENIED"}.get(checked.decision, "WITHDRAWN")
        return Report(
            line.item_no,
            outcome,
            line_no=line.line_no,
            hs=line.hs,
            reason_code=checked.reason_code or None,
            reason=checked.reason or None,
        )
    assert checked.key is not None
    return Report(
        line.item_no,
        "GRANTED" if used.get(checked.key, Fraction(0)) >= _WHOLE else "PARTLY",
        quantity=line.quantity,
        unit=line.unit,
        line_no=line.line_no,
        hs=line.hs,
    )


def _reportable(
    lines: tuple[CheckedLine, ...], given_back: tuple[CheckedLine, ...]
) -> Iterable[CheckedLine]:
    """Choose what a partner is told: each decided item once, and those no longer claimed."""
    decided = [one for one in lines if one.decision in _TOLD]
    claimed = {one.key for one in decided}
    yield from decided
    for one in given_back:
        if one.key not in claimed:
            yield replace(
                one,
                decision=Decision.REFERRED,
                reason_code="DECLARATION-CHANGED",
                reason="a later version of the declaration no longer claims it",
            )
