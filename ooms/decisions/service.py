"""Decide claims item by item; keep every decision, move the ledger, tell the issuing side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from ooms.audit.service import record
from ooms.claims.declaration import Declaration, bare
from ooms.claims.model import Checked, CheckedLine, Claim, Decision
from ooms.claims.service import Claims
from ooms.db import Work
from ooms.decisions.effect import Effect
from ooms.decisions.forewarning import Forewarning
from ooms.decisions.late_register import LateRegister
from ooms.decisions.lateness import too_late
from ooms.decisions.model import (
    About,
    Cause,
    Entry,
    Place,
    Verdict,
    Wanted,
    last_of,
)
from ooms.decisions.outcomes import Outcomes
from ooms.decisions.reasons import Reasons
from ooms.decisions.repository import DecisionRows
from ooms.decisions.settling import Settling
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError

_OFFICER = "OFFICER"
_DECIDED = frozenset({Decision.GRANTED, Decision.DENIED})


class Hearer(Protocol):
    """Whoever has to know what is decided, in the transaction of the decision."""

    def decided(self, work: Work, entries: tuple[Entry, ...]) -> None:
        """Hear what was decided on lines."""
        ...


class Decisions:
    """The desk of decisions."""

    def __init__(  # noqa: PLR0913  # the parts of a desk, each by its name
        self,
        claims: Claims,
        *,
        effect: Effect,
        reasons: Reasons,
        settling: Settling,
        outcomes: Outcomes,
        late: LateRegister,
        forewarning: Forewarning,
    ) -> None:
        """Decide on the claims of that desk; hear what is decided there by rule."""
        self._claims = claims
        self._effect = effect
        self._settling = settling
        self._outcomes = outcomes
        self._late = late
        self._forewarning = forewarning
        self.reasons = reasons
        self._hearer: Hearer | None = None

    def connect(self, hearer: Hearer) -> None:
        """Tell decisions to a desk that is opened after this one."""
        self._hearer = hearer

    # What the desk of claims asks and tells

    def barred(self, work: Work, declaration: Declaration, line: CheckedLine) -> Checked | None:
        """Say that a claim after release comes too late for a line."""
        return too_late(self.reasons.law, declaration, line, today=work.today)

    def decided(self, work: Work, claim: Claim, *, lines: tuple[CheckedLine, ...], by: str) -> None:
        """Keep what was decided at the desk of claims, each denial with its notice.

        Raises:
            UnfitError: a claim after release runs from a day that is still to come.

        """
        self._late.take(work, claim)
        seqs = DecisionRows(work.transaction).last_seqs(claim.id)
        entries = []
        for line in lines:
            if line.decision not in _DECIDED:
                continue
            cause = Cause.OFFICER if line.reason_code == _OFFICER else Cause.RULE
            entry = _entry(work, claim, line, seq=seqs.get(line.line.place, 0) + 1, by=by)
            entry = replace(entry, verdict=Verdict(line.decision.value), cause=cause)
            if line.decision is Decision.DENIED:
                entry = self.reasons.of_finding(
                    claim, entry, code=line.reason_code, facts=line.reason
                )
            entries.append(entry)
        self._keep(work, tuple(entries))
        self._late.follow(work, claim)

    def withdrawn(self, work: Work, claim: Claim, *, by: str) -> None:
        """Note that a later version of the declaration took the place of a claim."""
        standing = self.standing(work, claim.id)
        gone = []
        for line in claim.lines:
            last = standing.get(line.line.place)
            if last is not None and last.verdict is not Verdict.WITHDRAWN:
                entry = _entry(work, claim, line, seq=last.seq + 1, by=by)
                gone.append(replace(entry, verdict=Verdict.WITHDRAWN, cause=Cause.NEW_VERSION))
        self._keep(work, tuple(gone))
        self._late.withdraw(work, claim)
        self._forewarning.drop_all(work, claim, by=by)

    # What officers decide

    def decide(
        self, work: Work, place: Place, wanted: Wanted, *, by: str, cause: Cause = Cause.OFFICER
    ) -> Entry:
        """Decide a line, or decide it anew: the decisions before stay as they were made.

        1. Find the line, see that the decision fits it, and that the importer was told beforehand
           where the law wants that.
        2. Give it ground, basis and remedies, and write the notice.
        3. Let the ledger hold what is given or set aside, and nothing else of the line.
        4. Show it on the claim; tell the issuing side how the item stands now.
        5. Keep it, with the amounts that follow and for the selection of risks, and record.

        Raises:
            MissingError: there is no such claim or line.
            UnfitError: something is missing that such a decision needs, such as a prior notice.
            ConflictError: it stands so already, the importer may still answer, or the ledger has
                not so much left.

        """
        claim, line = self.line(work, place)  # 1
        history = DecisionRows(work.transaction).of_line(place)
        before = last_of(history)
        entry = self._worded(work, claim, line, history=history, wanted=wanted)  # 2
        entry = replace(entry, decided_by=by, cause=cause)
        self._effect.move(work, claim, line=line, entry=entry)  # 3
        self._effect.write(work, claim, line=line, entry=entry)  # 4
        self._effect.tell(work, entry, key=line.key, of_item=self._of_item(work, claim, line))
        self._keep(work, (entry,))  # 5
        self._forewarning.follow(work, entry)
        self._late.follow(work, claim)
        self._settling.follow(work, entry, before=before, wanted=wanted, whole=line.line.quantity)
        _record(work, entry)
        return entry

    def preview(self, work: Work, place: Place, wanted: Wanted, *, by: str) -> Entry:
        """Say what a decision would be and tell, without deciding: the ledger is not asked.

        Raises:
            MissingError: there is no such claim or line.
            UnfitError: something is missing that such a decision needs, such as a prior notice.
            ConflictError: it stands so already, or the importer may still answer.

        """
        claim, line = self.line(work, place)
        history = DecisionRows(work.transaction).of_line(place)
        return replace(
            self._worded(work, claim, line, history=history, wanted=wanted),
            decided_by=by,
            cause=Cause.OFFICER,
        )

    def history(self, work: Work, place: Place) -> tuple[Entry, ...]:
        """Return every decision on a line, the oldest first.

        Raises:
            MissingError: there is no such claim or line.

        """
        _line(self._claims.get(work, place.claim_id), place)
        return DecisionRows(work.transaction).of_line(place)

    def last(self, work: Work, place: Place) -> Entry:
        """Return the decision that counts on a line.

        Raises:
            MissingError: there is no such claim or line, or it is not decided.

        """
        found = last_of(self.history(work, place))
        if found is None:
            raise MissingError(what="decision on line", id=str(place.line_no))
        return found

    def find(self, work: Work, decision_id: str) -> Entry:
        """Return a decision.

        Raises:
            MissingError: there is none.

        """
        found = DecisionRows(work.transaction).find(decision_id)
        if found is None:
            raise MissingError(what="decision", id=decision_id)
        return found

    def standing(self, work: Work, claim_id: str) -> dict[tuple[int, int], Entry]:
        """Return the decision that counts on each line of a claim."""
        entries = DecisionRows(work.transaction).of_claim(claim_id)
        ordered = sorted(entries, key=lambda one: one.seq)
        return {(one.place.line_no, one.place.spec_no): one for one in ordered}

    def line(self, work: Work, place: Place) -> tuple[Claim, CheckedLine]:
        """Return a line with its claim.

        Raises:
            MissingError: there is no such claim or line.

        """
        claim = self._claims.get(work, place.claim_id)
        return claim, _line(claim, place)

    def undecided(self, work: Work, place: Place) -> tuple[Claim, Entry]:
        """Return a claim, with what a decision on one of its lines would be about.

        Raises:
            MissingError: there is no such claim or line.

        """
        claim, line = self.line(work, place)
        return claim, _entry(work, claim, line, seq=0, by="")

    def _worded(
        self,
        work: Work,
        claim: Claim,
        line: CheckedLine,
        *,
        history: tuple[Entry, ...],
        wanted: Wanted,
    ) -> Entry:
        """See that a decision fits its line; give it ground, basis, remedies and notice."""
        before = last_of(history)
        _require_new(claim, line, before=before, wanted=wanted)
        entry = _entry(work, claim, line, seq=before.seq + 1 if before else 1, by="")
        entry = replace(
            entry,
            verdict=wanted.verdict,
            quantity=_quantity(line, wanted),
            security=wanted.security,
        )
        worded = self.reasons.of_officer(claim, entry, wanted)
        self._forewarning.require(work, claim, entry=worded, wanted=wanted, history=history)
        return worded

    def _keep(self, work: Work, entries: tuple[Entry, ...]) -> None:
        DecisionRows(work.transaction).add(entries)
        self._outcomes.decided(work, entries)
        if self._hearer is not None:
            self._hearer.decided(work, entries)

    def _of_item(self, work: Work, claim: Claim, line: CheckedLine) -> tuple[Entry, ...]:
        standing = self.standing(work, claim.id)
        return tuple(
            standing[one.line.place]
            for one in claim.lines
            if one is not line and one.key == line.key and one.line.place in standing
        )


def _line(claim: Claim, place: Place) -> CheckedLine:
    wanted = place.line_no, place.spec_no
    found = next((one for one in claim.lines if one.line.place == wanted), None)
    if found is None:
        raise MissingError(what="line", id=f"{place.line_no} of claim {claim.id}")
    return found


def _require_new(claim: Claim, line: CheckedLine, *, before: Entry | None, wanted: Wanted) -> None:
    if claim.superseded:
        raise ConflictError(what="claim", current="superseded", wanted=wanted.verdict)
    stands = before is not None and before.verdict is wanted.verdict
    if stands and wanted.verdict is Verdict.GRANTED:
        raise ConflictError(what="line", current=line.decision, wanted=wanted.verdict)
    if wanted.verdict is Verdict.SECURED and wanted.security is None:
        raise UnfitError(Flaw("/security", "say how much is given, and under which reference"))
    pending = wanted.verdict in {Verdict.SUSPENDED, Verdict.SECURED}
    if pending and not (wanted.verification or wanted.facts):
        raise UnfitError(Flaw("/verification", "name the verification, or say why"))


def _quantity(line: CheckedLine, wanted: Wanted) -> Decimal:
    """Take the quantity that is decided on: the whole line's, or for PARTLY a part of it."""
    if wanted.verdict is not Verdict.PARTLY:
        return line.line.quantity
    if wanted.quantity is None or not 0 < wanted.quantity < line.line.quantity:
        detail = f"a part of the line's quantity, {line.line.quantity:f} {line.line.unit}"
        raise UnfitError(Flaw("/quantity", detail))
    return wanted.quantity


def _entry(work: Work, claim: Claim, line: CheckedLine, *, seq: int, by: str) -> Entry:
    stated, key = line.line, line.key
    about = About(
        declaration_number=claim.declaration.number,
        certificate_number=stated.certificate_number,
        number_key=key.number_key if key else bare(stated.certificate_number),
        agreement=key.agreement if key else stated.agreement or "",
        issuing_country=key.issuing_country if key else "",
        item_no=stated.item_no,
        hs=stated.hs,
    )
    return Entry(
        id=work.new_id(),
        place=Place(claim.id, *stated.place),
        seq=seq,
        about=about,
        verdict=Verdict.GRANTED,
        cause=Cause.RULE,
        quantity=stated.quantity,
        unit=stated.unit,
        decided_by=by,
        decided_on=work.today,
        decided_at=work.now,
    )


def _record(work: Work, entry: Entry) -> None:
    record(
        work,
        who=entry.decided_by,
        what="claim.line_decided",
        subject=f"claim/{entry.place.claim_id}",
        reason_code=entry.why.ground if entry.why else "",
        facts={
            "line": str(entry.place.line_no),
            "verdict": entry.verdict.value,
            "cause": entry.cause.value,
            "quantity": f"{entry.quantity:f} {entry.unit}",
        },
    )
