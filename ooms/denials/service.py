"""Tell issuing authorities why preference was denied, in time; hear them explain, and decide."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.audit.service import record
from ooms.claims.ports import ReceivedCertificates
from ooms.db import Window, Work
from ooms.decisions.model import Entry, Verdict, Wanted
from ooms.decisions.service import Decisions
from ooms.denials.model import (
    MOVES,
    DenialNotice,
    Explanation,
    State,
    Way,
    advance,
)
from ooms.denials.repository import notices
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.kernel.workdays import Calendar
from ooms.verifications.letter_rows import LetterRows
from ooms.verifications.letters import Posting, Sealed, Words
from ooms.verifications.terms import AgreementTerms, Term, TermKind

_AVAILABLE = "AVAILABLE"
_KIND = "DENIAL"


class Denials:
    """The desk of notices to issuing authorities."""

    def __init__(
        self,
        decisions: Decisions,
        *,
        terms: Mapping[str, AgreementTerms],
        received: ReceivedCertificates,
        calendar: Calendar,
        office: str,
    ) -> None:
        """Tell of the denials of that desk, within the periods of the agreements."""
        self._decisions = decisions
        self._terms = terms
        self._received = received
        self._calendar = calendar
        self._office = office

    def decided(self, work: Work, entries: tuple[Entry, ...]) -> None:
        """Hear what was decided on lines.

        1. What was to be told of an earlier decision on the line is not told any more.
        2. A denial under an agreement that names a period is to be told; where the certificate
           came by message, the use feedback of this transaction told it already.
        """
        for entry in entries:
            if entry.seq > 1:
                self._drop(work, entry)  # 1
            term = self._term(entry.about.agreement, TermKind.DENIAL_NOTICE)
            is_denied = entry.verdict is Verdict.DENIED and bool(entry.about.issuing_country)
            if term is not None and is_denied:
                notices(work.transaction).add(self._noted(work, entry, term))  # 2

    def write(self, work: Work, notice_id: str) -> Words:
        """Write the letter that returns a certificate with the reasons.

        Raises:
            MissingError: there is no such notice.
            ConflictError: its denial does not count any more, or a letter is sealed.

        """
        notice = self.get(work, notice_id)
        if notice.state is State.DROPPED or notice.letter_id:
            current = "sealed" if notice.letter_id else notice.state
            raise ConflictError(what="letter", current=current, wanted="sealed")
        return _letter(notice, sender=self._office, on=work.today)

    def keep(self, work: Work, sealed: Sealed, *, by: User) -> DenialNotice:
        """Keep a sealed letter.

        Raises:
            ConflictError: one is kept already.

        """
        notice = self.get(work, sealed.words.about)
        if notice.letter_id:
            raise ConflictError(what="letter", current="sealed", wanted="sealed")
        sha256 = hashlib.sha256(sealed.pdf).hexdigest()
        kept = replace(notice, letter_id=work.new_id())
        LetterRows(work.transaction).add(
            kept.letter_id,
            about=notice.id,
            kind=_KIND,
            sha256=sha256,
            pdf=sealed.pdf,
            at=sealed.at,
        )
        return _changed(work, notice, kept, what="letter_sealed", by=by.login)

    def letter(self, work: Work, notice_id: str) -> bytes:
        """Return the exact bytes of the letter.

        Raises:
            MissingError: there is no such notice or letter.

        """
        notice = self.get(work, notice_id)
        found = LetterRows(work.transaction).pdf(notice.letter_id, about=notice.id)
        if found is None:
            raise MissingError(what="letter", id=notice_id)
        return found

    def post(self, work: Work, notice_id: str, *, posting: Posting, by: User) -> DenialNotice:
        """Note that the letter was posted: from that day the authority may explain.

        Raises:
            MissingError: there is no such notice.
            ConflictError: it is told, or no letter is sealed.
            UnfitError: the day lies before the denial, or is still to come.

        """
        notice = self.get(work, notice_id)
        state = advance(notice.state, State.TOLD)
        if not notice.letter_id:
            raise ConflictError(what="letter", current="not sealed", wanted="posted")
        _require_between(posting.posted_on, notice.denied_on, work.today, at="/posted_on")
        told = replace(
            notice,
            state=state,
            told_on=posting.posted_on,
            way=Way.LETTER,
            tracking=posting.tracking,
            explain_by=self._explain_by(notice.about.agreement, posting.posted_on),
        )
        return _changed(work, notice, told, what="told", by=by.login)

    def explain(
        self, work: Work, notice_id: str, *, words: str, received_on: date, by: User
    ) -> DenialNotice:
        """Keep what the issuing authority explains; what comes late is taken, and marked so.

        Raises:
            MissingError: there is no such notice.
            ConflictError: the authority was not told, or has explained.
            UnfitError: the day lies before the notice, or is still to come.

        """
        notice = self.get(work, notice_id)
        state = advance(notice.state, State.EXPLAINED)
        assert notice.told_on is not None  # the state says so
        _require_between(received_on, notice.told_on, work.today, at="/received_on")
        is_late = notice.explain_by is not None and received_on > notice.explain_by
        said = Explanation(words, received_on, is_late)
        explained = replace(notice, state=state, explanation=said)
        return _changed(work, notice, explained, what="explained", by=by.login)

    def accept(
        self, work: Work, notice_id: str, *, wanted: Wanted, words: str, by: User
    ) -> DenialNotice:
        """Accept an explanation: the line is decided anew, and what was paid is to be paid back.

        Raises:
            MissingError: there is no such notice.
            ConflictError: nothing was explained, or the ledger has not so much left.

        """
        notice = self.get(work, notice_id)
        answered = _answered(notice, State.ACCEPTED, words=words, by=by.login, on=work.today)
        accepted = _changed(work, notice, answered, what="accepted", by=by.login)
        made = self._decisions.decide(work, notice.place, wanted, by=by.login)
        assert accepted.explanation is not None  # it was answered
        said = replace(accepted.explanation, new_decision_id=made.id)
        linked = replace(accepted, explanation=said)
        notices(work.transaction).change(linked, since=State.ACCEPTED)
        return linked

    def dismiss(self, work: Work, notice_id: str, *, words: str, by: User) -> DenialNotice:
        """Let the denial stand in spite of an explanation.

        Raises:
            MissingError: there is no such notice.
            ConflictError: nothing was explained.

        """
        notice = self.get(work, notice_id)
        answered = _answered(notice, State.DISMISSED, words=words, by=by.login, on=work.today)
        return _changed(work, notice, answered, what="dismissed", by=by.login)

    def get(self, work: Work, notice_id: str) -> DenialNotice:
        """Return a notice.

        Raises:
            MissingError: there is none.

        """
        found = notices(work.transaction).find(notice_id)
        if found is None:
            raise MissingError(what="denial notice", id=notice_id)
        return found

    def page(
        self, work: Work, window: Window, *, state: State | None, overdue: bool
    ) -> tuple[DenialNotice, ...]:
        """Return the notices, the newest first; or those whose last day passed untold."""
        before = work.today if overdue else None
        wanted = State.DUE if overdue else state
        return notices(work.transaction).page(window, state=wanted, before=before)

    def _noted(self, work: Work, entry: Entry, term: Term) -> DenialNotice:
        due_on = term.due(entry.decided_on, calendar=self._calendar)
        assert due_on is not None  # nothing stops it
        partner, is_told = self._sent_by(work, entry)
        why = entry.why
        agreement = entry.about.agreement
        return DenialNotice(
            id=work.new_id(),
            place=entry.place,
            decision_id=entry.id,
            about=entry.about,
            partner=partner,
            reason_class=why.reason_class if why else "",
            facts=why.facts if why else "",
            basis=why.basis if why else (),
            denied_on=entry.decided_on,
            state=State.TOLD if is_told else State.DUE,
            due_on=due_on,
            source=term.source,
            verified=term.verified,
            told_on=entry.decided_on if is_told else None,
            way=Way.MESSAGE if is_told else None,
            explain_by=self._explain_by(agreement, entry.decided_on) if is_told else None,
        )

    def _sent_by(self, work: Work, entry: Entry) -> tuple[str, bool]:
        about = entry.about
        found = self._received.find_all([about.number_key], within=work.transaction)
        every = (one for several in found.values() for one in several)
        for one in every:
            if (one.issuing_country, one.agreement) == (about.issuing_country, about.agreement):
                return one.partner, one.state == _AVAILABLE
        return "", False

    def _drop(self, work: Work, entry: Entry) -> None:
        for one in notices(work.transaction).of_claim(entry.place.claim_id):
            if one.place == entry.place and State.DROPPED in MOVES[one.state]:
                gone = replace(one, state=State.DROPPED)
                _changed(work, one, gone, what="dropped", by=entry.decided_by)

    def _term(self, agreement: str, kind: TermKind) -> Term | None:
        known = self._terms.get(agreement)
        return known.terms.get(kind) if known else None

    def _explain_by(self, agreement: str, told_on: date) -> date | None:
        term = self._term(agreement, TermKind.DENIAL_EXPLANATION)
        return term.due(told_on, calendar=self._calendar) if term else None


def _answered(
    notice: DenialNotice, wanted: State, *, words: str, by: str, on: date
) -> DenialNotice:
    state = advance(notice.state, wanted)
    assert notice.explanation is not None  # the state says so
    said = replace(notice.explanation, answer=words, decided_by=by, decided_on=on)
    return replace(notice, state=state, explanation=said)


def _changed(
    work: Work, since: DenialNotice, changed: DenialNotice, *, what: str, by: str
) -> DenialNotice:
    if not notices(work.transaction).change(changed, since=since.state):
        raise ConflictError(what="denial notice", current="changed meanwhile", wanted=changed.state)
    record(
        work,
        who=by,
        what=f"denial_notice.{what}",
        subject=f"claim/{changed.place.claim_id}",
        reason_code=changed.reason_class,
        facts={"certificate": changed.about.certificate_number, "due_on": str(changed.due_on)},
    )
    return changed


def _require_between(day: date, first: date, last: date, *, at: str) -> None:
    if not first <= day <= last:
        raise UnfitError(Flaw(at, f"lies between {first} and today, {last}", code="RUL-PERIOD"))


def _letter(notice: DenialNotice, *, sender: str, on: date) -> Words:
    about = notice.about
    told = notice.explain_by
    explain = f" until {told}" if told else ""
    return Words(
        about=notice.id,
        kind=_KIND,
        to=notice.partner or f"The issuing authority of {about.issuing_country}",
        sender=sender,
        dated=on,
        subject=f"Denial of preference: certificate {about.certificate_number}",
        paragraphs=(
            f"Preference was denied on {notice.denied_on} for the item named below.",
            "The certificate that the importer handed over is returned with this letter.",
            f"{notice.reason_class}: {notice.facts}",
            *notice.basis,
            f"You may explain{explain} that a mere slip does not bear on the origin.",
        ),
        facts=(
            ("Agreement", about.agreement),
            ("Certificate", about.certificate_number),
            (f"Item {about.item_no}", about.hs),
            ("Import declaration", about.declaration_number),
            ("To be told by", f"{notice.due_on} ({notice.source})"),
        ),
    )
