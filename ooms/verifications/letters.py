"""Letters to partners who want them: written from the case, printed, sealed, posted, received."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Protocol

from ooms.access.model import User
from ooms.db import Work
from ooms.documents.letter import compose_letter
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.verifications.answer import Answer, AnswerState
from ooms.verifications.keeping import Keeping
from ooms.verifications.letter_rows import LetterRows
from ooms.verifications.model import State, Verification
from ooms.verifications.parts import Channel, Letter
from ooms.verifications.registering import AnswerKeeping
from ooms.verifications.releasing import withheld_words


class Sealer(Protocol):
    """Seals a document with the office's key, wherever the key is kept."""

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """Seal a document whole."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says: its kind, to whom, about what, paragraphs, and facts by title."""

    about: str
    kind: str
    to: str
    sender: str
    dated: date
    subject: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A letter as it leaves: its exact bytes."""

    words: Words
    pdf: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Press:
    """Prints letters and seals them; a mark stands on each."""

    sealer: Sealer
    mark: str = ""

    def seal(self, words: Words, *, at: datetime) -> Sealed:
        """Print and seal a letter; no transaction is open, for the key may be in a device.

        Raises:
            UnprintableError: the font lacks a character.

        """
        moment = at.replace(microsecond=0)
        printed = compose_letter(asdict(words), mark=self.mark)
        return Sealed(words, self.sealer.seal(printed, at=moment), moment)


@dataclass(frozen=True, slots=True)
class Posting:
    """When, how and under which number a letter was posted."""

    posted_on: date
    channel: Channel
    tracking: str


class Letters:
    """The letters of both sides."""

    def __init__(self, keeping: Keeping, kept: AnswerKeeping, *, press: Press) -> None:
        """Write about the cases that are kept there."""
        self._keeping = keeping
        self._kept = kept
        self._press = press

    def write(self, work: Work, case_id: str, *, is_reminder: bool) -> Words:
        """Write the letter that a verification of ours needs now.

        Raises:
            ConflictError: nothing is to be written to the partner now.

        """
        case = self._keeping.get(work, case_id)
        return _letter(case, sender=self._keeping.office, on=work.today, is_reminder=is_reminder)

    def write_reply(self, work: Work, answer_id: str) -> Words:
        """Write the letter that answers a partner.

        Raises:
            ConflictError: the result is not approved.

        """
        answer = self._kept.get(work, answer_id)
        return _reply(answer, sender=self._keeping.office, on=work.today)

    def seal(self, words: Words, *, at: datetime) -> Sealed:
        """Print and seal a letter; no transaction is open, for the key may be in a device.

        Raises:
            UnprintableError: the font lacks a character.

        """
        return self._press.seal(words, at=at)

    def keep(self, work: Work, sealed: Sealed, *, by: User) -> Verification:
        """Keep a letter of a verification of ours.

        Raises:
            ConflictError: such a letter is kept already.

        """
        case = self._keeping.get(work, sealed.words.about)
        letter = _kept(work, sealed, others=case.letters)
        changed = replace(case, letters=(*case.letters, letter))
        return self._keeping.change(
            work, case, changed, what="letter_sealed", who=by.login, facts=_facts(letter)
        )

    def keep_reply(self, work: Work, sealed: Sealed, *, by: User) -> Answer:
        """Keep a letter that answers a partner.

        Raises:
            ConflictError: such a letter is kept already.

        """
        answer = self._kept.get(work, sealed.words.about)
        letter = _kept(work, sealed, others=answer.letters)
        changed = replace(answer, letters=(*answer.letters, letter))
        return self._kept.change(
            work, answer, changed, what="letter_sealed", who=by.login, facts=_facts(letter)
        )

    def post(
        self, work: Work, case_id: str, *, letter_id: str, posting: Posting, by: User
    ) -> Verification:
        """Note that a letter of a verification of ours was posted.

        Raises:
            MissingError: there is no such letter.
            ConflictError: it was posted.

        """
        case = self._keeping.get(work, case_id)
        letters = _posted(case.letters, letter_id, posting=posting, today=work.today)
        changed = replace(case, letters=letters)
        tracked = {"letter": letter_id, "tracking": posting.tracking}
        return self._keeping.change(
            work, case, changed, what="letter_posted", who=by.login, facts=tracked
        )

    def post_reply(
        self, work: Work, answer_id: str, *, letter_id: str, posting: Posting, by: User
    ) -> Answer:
        """Note that a letter that answers a partner was posted.

        Raises:
            MissingError: there is no such letter.
            ConflictError: it was posted.

        """
        answer = self._kept.get(work, answer_id)
        letters = _posted(answer.letters, letter_id, posting=posting, today=work.today)
        changed = replace(answer, letters=letters)
        tracked = {"letter": letter_id, "tracking": posting.tracking}
        return self._kept.change(
            work, answer, changed, what="letter_posted", who=by.login, facts=tracked
        )

    def pdf(self, work: Work, about: str, *, letter_id: str) -> bytes:
        """Return the exact bytes of a letter.

        Raises:
            MissingError: there is no such letter.

        """
        found = LetterRows(work.transaction).pdf(letter_id, about=about)
        if found is None:
            raise MissingError(what="letter", id=letter_id)
        return found


def _kept(work: Work, sealed: Sealed, *, others: tuple[Letter, ...]) -> Letter:
    words = sealed.words
    if any(one.kind == words.kind for one in others):
        raise ConflictError(what="letter", current="sealed", wanted="sealed")
    letter = Letter(
        id=work.new_id(),
        kind=words.kind,
        sha256=hashlib.sha256(sealed.pdf).hexdigest(),
        sealed_on=words.dated,
    )
    LetterRows(work.transaction).add(
        letter.id,
        about=words.about,
        kind=words.kind,
        sha256=letter.sha256,
        pdf=sealed.pdf,
        at=sealed.at,
    )
    return letter


def _posted(
    letters: tuple[Letter, ...], letter_id: str, *, posting: Posting, today: date
) -> tuple[Letter, ...]:
    found = next((one for one in letters if one.id == letter_id), None)
    if found is None:
        raise MissingError(what="letter", id=letter_id)
    if found.posted_on is not None:
        raise ConflictError(what="letter", current="posted", wanted="posted")
    if not found.sealed_on <= posting.posted_on <= today:
        words = f"lies between the seal on {found.sealed_on} and today, {today}"
        raise UnfitError(Flaw("/posted_on", words, code="RUL-PERIOD"))
    posted = replace(
        found,
        posted_on=posting.posted_on,
        channel=posting.channel,
        tracking=posting.tracking,
    )
    return tuple(posted if one is found else one for one in letters)


def _facts(letter: Letter) -> dict[str, str]:
    return {"letter": letter.kind, "sha256": letter.sha256}


def _letter(case: Verification, *, sender: str, on: date, is_reminder: bool) -> Words:
    if is_reminder and case.clock is not None and case.reminded_on:
        last = case.reminded_on[-1]
        return _words(
            case,
            kind=f"REMINDER-{last:%Y%m%d}",
            sender=sender,
            on=on,
            subject=f"Reminder: verification of origin {case.number}",
            paragraphs=(
                f"We asked on {case.asked_on} and have no result yet.",
                f"The reply is due on {case.clock.due_on} ({case.clock.source}).",
            ),
        )
    if case.state is State.HQ_APPROVED and case.draft is not None:
        return _words(
            case,
            kind=f"REQUEST-{case.round}",
            sender=sender,
            on=on,
            subject=f"Request for verification of origin {case.number}",
            paragraphs=(
                case.draft.letter,
                *(f"{one.kind}: {one.text}" for one in case.draft.doubts),
                *(f"{one.id}. {one.text}" for one in case.draft.questions),
            ),
        )
    holding = case.holding
    if holding is not None:
        word = "REVISION" if case.revised else "DETERMINATION"
        return _words(
            case,
            kind=word,
            sender=sender,
            on=on,
            subject=f"Determination of origin {case.number}",
            paragraphs=tuple(
                f"{one.certificate_number}, item {one.item_no}: {one.outcome}. {one.facts} "
                f"({one.basis})"
                for one in holding.findings
            ),
        )
    raise ConflictError(what="letter", current=case.state, wanted="written")


def _words(  # noqa: PLR0913  # the parts of one letter, each by its name
    case: Verification,
    *,
    kind: str,
    sender: str,
    on: date,
    subject: str,
    paragraphs: tuple[str, ...],
) -> Words:
    return Words(
        about=case.id,
        kind=kind,
        to=case.subject.partner,
        sender=sender,
        dated=on,
        subject=subject,
        paragraphs=paragraphs,
        facts=tuple(_named(case)),
    )


def _named(case: Verification) -> Iterator[tuple[str, str]]:
    yield "Agreement", case.subject.agreement
    for one in case.subject.certificates:
        yield "Certificate", f"{one.number} of {one.issued_on}"
        for item in one.items:
            criterion = f", {item.criterion}" if item.criterion else ""
            yield f"Item {item.item_no}", f"{item.hs} {item.description}{criterion}"


def _reply(answer: Answer, *, sender: str, on: date) -> Words:
    result = answer.result
    if answer.state is not AnswerState.HQ_APPROVED or result is None:
        raise ConflictError(what="result", current=answer.state, wanted="written")
    asked = answer.asked
    findings = (
        f"{one.certificate_number}{f', item {one.item_no}' if one.item_no else ''}: authentic "
        f"{one.authentic}, originating {one.originating}. {one.facts} ({one.basis})"
        for one in result.findings
    )
    withheld = withheld_words(result)
    return Words(
        about=answer.id,
        kind=f"RESULT-{asked.round}",
        to=asked.partner,
        sender=sender,
        dated=on,
        subject=f"Result of the verification of origin {asked.case_number}",
        paragraphs=(
            f"Your request of {asked.asked_on} was received on {asked.received_on}.",
            *findings,
            *(f"{one.id}. {one.text}" for one in result.answers),
            *((withheld,) if withheld else ()),
        ),
        facts=(
            ("Investigated", f"{result.person}, {result.from_date} to {result.to_date}"),
            ("Legal basis", result.basis),
            *(
                ("Annex", f"{one.paper.title}, SHA-256 {one.paper.sha256}")
                for one in result.leaving
            ),
        ),
    )
