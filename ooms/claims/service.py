"""Check preference claims, draw certificates down, and tell the partner what was decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from fractions import Fraction
from typing import Protocol

from ooms.access.model import User
from ooms.audit.service import record
from ooms.claims.checks.register import check_all
from ooms.claims.model import (
    Case,
    CheckedLine,
    Claim,
    Decision,
    Declaration,
    Feedback,
    Held,
    Line,
    Outcome,
    Report,
    decide,
    share_of,
)
from ooms.claims.repository import ClaimRows
from ooms.db import Transaction, Window, Work
from ooms.errors import ConflictError, MissingError
from ooms.ledger.repository import DRAWN, RETURNED, LedgerRows

_AVAILABLE = "AVAILABLE"
_NOTHING = Fraction(0)


class ReceivedCertificates(Protocol):
    """What this desk needs of whoever keeps what partners sent."""

    def find(self, number: str, *, within: Transaction) -> tuple[Held, ...]:
        """Find certificates by number, however it is spelled."""
        ...


class UseFeedback(Protocol):
    """What this desk needs of whoever speaks to partners."""

    def send(self, held: Held, *, feedback: Feedback, within: Transaction) -> str:
        """Tell the issuing side what was decided; returns the message's id."""
        ...


class Claims:
    """The desk of claims."""

    def __init__(self, *, received: ReceivedCertificates, feedback: UseFeedback) -> None:
        """Look certificates up, and answer, through whoever speaks to partners."""
        self._received = received
        self._feedback = feedback

    def check(self, work: Work, declaration: Declaration, *, by: User) -> Claim:
        """Check a declaration's claims, decide what the rules decide, and tell the partners.

        1. The same version again gives the same claim; another content under it is refused.
        2. What an earlier version drew is given back to the ledger.
        3. Check and decide each line while its item's balance is held; draw what is granted.
        4. Tell each partner, and see that no certificate was taken back meanwhile.
        5. Record.

        Raises:
            ConflictError: the version is known with another content, or a later one is.

        """
        rows = ClaimRows(work.transaction)
        claim_id, fingerprint = work.new_id(), _fingerprint(declaration)
        if not rows.open(claim_id, declaration, fingerprint=fingerprint, now=work.now):  # 1
            return self._again(rows, declaration, fingerprint)
        given_back = self._give_back(work, rows, declaration)  # 2
        lines = tuple(  # 3
            self._check_line(work, claim_id, line, declaration=declaration)
            for line in sorted(declaration.lines, key=_lock_order)
        )
        lines = tuple(sorted(lines, key=lambda one: one.line.line_no))
        rows.add_lines(claim_id, lines)
        self._tell(work, declaration, lines=lines, given_back=given_back)  # 4
        claim = Claim(claim_id, declaration, lines, work.now)
        self._record(work, claim, by=by)  # 5
        return claim

    def decide_line(  # noqa: PLR0913  # the facts of one decision, each by its name
        self, work: Work, claim_id: str, *, line_no: int, decision: Decision, reason: str, by: User
    ) -> Claim:
        """Decide a line that the checks left to an officer.

        Raises:
            MissingError: there is no such claim or line.
            ConflictError: the line is decided, or what is left does not suffice.

        """
        claim = self.get(work, claim_id)
        old = next((one for one in claim.lines if one.line.line_no == line_no), None)
        if old is None:
            raise MissingError(what="line", id=f"{line_no} of claim {claim_id}")
        if old.decision is not Decision.REFERRED or claim.superseded:
            raise ConflictError(what="line", current=old.decision, wanted=decision)
        new = replace(old, decision=decision, reason_code="OFFICER", reason=reason)
        if decision is Decision.GRANTED:
            self._draw_for_officer(work, claim, old)
        if not ClaimRows(work.transaction).decide_line(claim.id, new, since=old):
            raise ConflictError(what="line", current="decided meanwhile", wanted=decision)
        self._tell(work, claim.declaration, lines=(new,), given_back=())
        lines = tuple(new if one is old else one for one in claim.lines)
        decided = replace(claim, lines=lines)
        self._record(work, decided, by=by)
        return decided

    def get(self, work: Work, claim_id: str) -> Claim:
        """Return a claim.

        Raises:
            MissingError: there is none.

        """
        found = ClaimRows(work.transaction).find(claim_id)
        if found is None:
            raise MissingError(what="claim", id=claim_id)
        return found

    def page(self, work: Work, window: Window, *, number: str | None) -> tuple[Claim, ...]:
        """Return claims, of one declaration or of all."""
        return ClaimRows(work.transaction).page(window, number=number)

    def _again(self, rows: ClaimRows, declaration: Declaration, fingerprint: str) -> Claim:
        known = rows.fingerprint(declaration)
        found = rows.find(known[0]) if known else None
        if known is None or found is None or known[1] != fingerprint:
            current = f"known in version {declaration.version} with another content"
            raise ConflictError(what="declaration", current=current, wanted="claimed")
        return found

    def _give_back(
        self, work: Work, rows: ClaimRows, declaration: Declaration
    ) -> tuple[CheckedLine, ...]:
        """Return what the version before drew; its claim is superseded."""
        others = rows.others(declaration)
        if not others or others[0].superseded:
            return ()
        before = others[0]
        if before.declaration.version > declaration.version:
            current = f"known in version {before.declaration.version}"
            raise ConflictError(what="declaration", current=current, wanted="claimed")
        granted = tuple(one for one in before.lines if one.decision is Decision.GRANTED)
        for one in sorted(granted, key=lambda each: _lock_order(each.line)):
            self._move(work, before.id, one, direction=RETURNED)
        rows.supersede(before.id)
        return granted

    def _check_line(
        self, work: Work, claim_id: str, line: Line, *, declaration: Declaration
    ) -> CheckedLine:
        found = self._find(work, line)
        held = found[0] if len(found) == 1 else None
        key = held.key(line.item_no) if held and held.item(line.item_no) else None
        used = LedgerRows(work.transaction).lock(key) if key else _NOTHING
        checks = check_all(Case(line, declaration.declared_on, found, used))
        decision = decide(checks)
        telling = next((one for one in checks if one.outcome is not Outcome.PASS), None)
        failed = next((one for one in checks if one.outcome is Outcome.FAIL), telling)
        checked = CheckedLine(
            line,
            checks,
            decision,
            key,
            reason_code=failed.code if failed else "",
            reason=failed.detail if failed else "",
        )
        if decision is Decision.GRANTED:
            self._move(work, claim_id, checked, direction=DRAWN)
        return checked

    def _draw_for_officer(self, work: Work, claim: Claim, line: CheckedLine) -> None:
        if line.key is None:
            raise ConflictError(what="line", current="without a certificate", wanted="GRANTED")
        self._move(work, claim.id, line, direction=DRAWN)

    def _move(self, work: Work, claim_id: str, checked: CheckedLine, *, direction: str) -> None:
        """Draw a line's quantity from its item, or give it back; never below nothing."""
        line, key = checked.line, checked.key
        assert key is not None
        item = next(
            held.item(line.item_no)
            for held in self._find(work, line)
            if held.key(line.item_no) == key
        )
        share = share_of(item, quantity=line.quantity, unit=line.unit) if item else None
        ledger = LedgerRows(work.transaction)
        used = ledger.lock(key)
        wanted = used + (share or 0) * (1 if direction == DRAWN else -1)
        if share is None or not ledger.move(key, since=used, to=wanted):
            left = "not enough left" if share is not None else "in another unit"
            raise ConflictError(what="item", current=left, wanted="drawn")
        ledger.note(
            key,
            draw_id=work.new_id(),
            claim_id=claim_id,
            line_no=line.line_no,
            direction=direction,
            quantity=(line.quantity, line.unit),
            now=work.now,
        )

    def _find(self, work: Work, line: Line) -> tuple[Held, ...]:
        found = self._received.find(line.certificate_number, within=work.transaction)
        return tuple(one for one in found if line.agreement in (None, one.agreement))

    def _tell(
        self,
        work: Work,
        declaration: Declaration,
        *,
        lines: tuple[CheckedLine, ...],
        given_back: tuple[CheckedLine, ...],
    ) -> None:
        """Send each partner one message a certificate: what was decided, what was given back."""
        reports: dict[tuple[str, str, str], tuple[Held, list[Report]]] = {}
        for one in _reportable(lines, given_back):
            held = self._held(work, one)
            if held is not None and held.state == _AVAILABLE:
                name = held.issuing_country, held.agreement, held.number_key
                reports.setdefault(name, (held, []))[1].append(self._report(work, one))
        for held, about in reports.values():
            feedback = Feedback(declaration.number, work.today, tuple(about))
            self._feedback.send(held, feedback=feedback, within=work.transaction)
        self._require_still_there(work, lines)

    def _require_still_there(self, work: Work, lines: tuple[CheckedLine, ...]) -> None:
        # The feedback marked the certificate as used, under a lock: who cancelled it before
        # that has committed by now and is seen here; who comes later sees our mark.
        for one in lines:
            held = self._held(work, one)
            granted = one.decision is Decision.GRANTED
            if granted and held is not None and held.state != _AVAILABLE:
                raise ConflictError(what="certificate", current=held.state, wanted="used")

    def _held(self, work: Work, checked: CheckedLine) -> Held | None:
        if checked.key is None:
            return None
        found = self._find(work, checked.line)
        return next((one for one in found if one.key(checked.line.item_no) == checked.key), None)

    def _report(self, work: Work, checked: CheckedLine) -> Report:
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
        used = LedgerRows(work.transaction).lock(checked.key)
        return Report(
            line.item_no,
            "GRANTED" if used == 1 else "PARTLY",
            quantity=line.quantity,
            unit=line.unit,
            line_no=line.line_no,
            hs=line.hs,
        )

    def _record(self, work: Work, claim: Claim, *, by: User) -> None:
        decided = {f"line {one.line.line_no}": one.decision.value for one in claim.lines}
        record(
            work,
            who=by.login,
            what="claim.decided",
            subject=f"claim/{claim.id}",
            facts={
                "declaration": claim.declaration.number,
                "version": str(claim.declaration.version),
                **decided,
            },
        )


def _reportable(
    lines: tuple[CheckedLine, ...], given_back: tuple[CheckedLine, ...]
) -> Iterable[CheckedLine]:
    """Choose what a partner is told: each decided item once, and those no longer claimed."""
    decided = [one for one in lines if one.decision is not Decision.REFERRED]
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


def _lock_order(line: Line) -> tuple[str, int]:
    # Two claims on the same items lock them in the same order, so that neither waits in a circle.
    return line.certificate_number, line.item_no


def _fingerprint(declaration: Declaration) -> str:
    text = json.dumps(asdict(declaration), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
