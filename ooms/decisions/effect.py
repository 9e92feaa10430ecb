"""What a decision moves: the ledger, the line of the claim, and what the issuing side knows."""

from __future__ import annotations

from dataclasses import replace

from ooms.claims.declaration import Line
from ooms.claims.held import Held
from ooms.claims.model import CheckedLine, Claim, Decision, Feedback, Report
from ooms.claims.ports import ReceivedCertificates, UseFeedback
from ooms.claims.repository import ClaimRows
from ooms.claims.telling import lot_of
from ooms.claims.terms import Terms
from ooms.db import Work
from ooms.decisions.model import HOLDING, Entry, Verdict
from ooms.errors import ConflictError
from ooms.kernel.quantity import Quantity
from ooms.ledger.model import WHOLE, EntryKind, ItemKey, Source, Use
from ooms.ledger.service import Ledger

_AVAILABLE = "AVAILABLE"
#: What is only set aside: preference is not given yet, or on security.
_SET_ASIDE = frozenset({Verdict.SUSPENDED, Verdict.SECURED})
_GIVEN = frozenset({Verdict.GRANTED, Verdict.PARTLY})
#: What the issuing side is told of goods that are released on security: nothing is final yet.
_ON_SECURITY = "RELEASED_ON_SECURITY"


class Effect:
    """The desk's hand on ledger and claims, and its voice towards partners."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        terms: Terms,
        received: ReceivedCertificates,
        feedback: UseFeedback,
    ) -> None:
        """Draw on a ledger with the units that the terms know, and speak through the gateway."""
        self._ledger = ledger
        self._terms = terms
        self._received = received
        self._feedback = feedback

    def move(self, work: Work, claim: Claim, *, line: CheckedLine, entry: Entry) -> None:
        """Let the ledger hold what a decision gives or sets aside, and nothing else of the line.

        Raises:
            ConflictError: there is no certificate to draw on, or not so much is left.

        """
        place = line.line.place
        reason = f"decision {entry.seq} on line {place[0]}"
        if line.key is not None:
            self._ledger.hold(work, [line.key])
        self._ledger.give_back_all(
            work, Source.CLAIM, claim.id, by=entry.decided_by, reason=reason, line=place
        )
        if entry.verdict not in HOLDING:
            return
        if line.key is None:
            raise ConflictError(what="line", current="without a certificate", wanted=entry.verdict)
        lot = self._ledger.lots(work, line.key.certificate).get(line.key.item_no, {})
        draft = self._ledger.draft(
            line.key,
            lot=lot,
            quantity=Quantity(entry.quantity, self._terms.unit(entry.unit)),
            use=_use(claim, line.line),
            by=entry.decided_by,
            kind=EntryKind.RESERVED if entry.verdict in _SET_ASIDE else EntryKind.DRAWN,
            reason=reason,
        )
        self._ledger.draw(work, [draft])

    def write(self, work: Work, claim: Claim, *, line: CheckedLine, entry: Entry) -> None:
        """Show the decision on the claim's line.

        Raises:
            ConflictError: somebody decided it meanwhile.

        """
        new = replace(
            line,
            decision=Decision(entry.verdict.value),
            reason_code=entry.why.ground if entry.why else "",
            reason=entry.why.facts if entry.why else "",
            until=None,
            granted=entry.quantity if entry.verdict is Verdict.PARTLY else None,
        )
        if not ClaimRows(work.transaction).decide_line(claim.id, new, since=line):
            raise ConflictError(what="line", current="decided meanwhile", wanted=entry.verdict)

    def tell(
        self, work: Work, entry: Entry, *, key: ItemKey | None, of_item: tuple[Entry, ...]
    ) -> None:
        """Tell the issuing side how the item stands in the declaration; the last word counts.

        `of_item` are the decisions that count on the other lines that use the same item.

        Raises:
            ConflictError: the certificate that preference is given on is not there any more.

        """
        held = self._held(work, key) if key is not None else None
        if key is None or held is None:
            return
        if held.state != _AVAILABLE:
            if entry.verdict in _GIVEN:
                raise ConflictError(what="certificate", current=held.state, wanted="used")
            return
        used = self._ledger.balance(work, key)
        is_used_up = used.used - used.reserved >= WHOLE
        lot = lot_of(held, key.item_no)
        every = (one for one in (entry, *of_item) if one.verdict in _GIVEN)
        given = self._terms.together(lot, ((one.quantity, one.unit) for one in every))
        report = _report(entry, given=given, is_used_up=is_used_up)
        feedback = Feedback(entry.about.declaration_number, entry.decided_on, (report,))
        self._feedback.send(held, feedback=feedback, within=work.transaction)

    def _held(self, work: Work, key: ItemKey) -> Held | None:
        found = self._received.find_all([key.number_key], within=work.transaction)
        every = (one for several in found.values() for one in several)
        return next((one for one in every if one.key(key.item_no) == key), None)


def _use(claim: Claim, line: Line) -> Use:
    about = claim.declaration.about
    return Use(
        Source.CLAIM,
        claim.id,
        line.line_no,
        spec_no=line.spec_no,
        reference=claim.declaration.number,
        office=about.office or None,
        importer=about.importer.name if about.importer else None,
        invoice=next(iter(line.all_invoices), None),
    )


def _report(entry: Entry, *, given: Quantity | None, is_used_up: bool) -> Report:
    """Say what is given of an item; where nothing is, the decision itself is told."""
    why = entry.why
    told = Report(
        entry.about.item_no,
        {Verdict.SECURED: Verdict.SUSPENDED}.get(entry.verdict, entry.verdict).value,
        line_no=entry.place.line_no,
        hs=entry.about.hs,
        reason_code=_class(entry),
        reason=(why.facts if why else "") or None,
        basis="; ".join(why.basis)[:256] or None if why else None,
    )
    if given is None:
        return told
    outcome = (Verdict.GRANTED if is_used_up else Verdict.PARTLY).value
    return replace(told, outcome=outcome, quantity=given.amount, unit=given.unit)


def _class(entry: Entry) -> str | None:
    if entry.verdict is Verdict.SECURED:
        return _ON_SECURITY
    return (entry.why.reason_class if entry.why else "") or None
