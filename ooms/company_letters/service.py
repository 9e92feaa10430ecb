"""Write letters of compliance, seal them, keep each once, and hand them to their company."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from ooms.access.model import User
from ooms.audit.service import record
from ooms.company_letters.model import CompanyLetter, Every, Period, Seen, last_period
from ooms.company_letters.repository import CompanyLetterRows
from ooms.db import Window, Work
from ooms.errors import MissingError
from ooms.verifications.letters import Press, Sealed, Words

#: Companies whose letters are written from one look at the database.
AT_ONCE = 50
#: Things of one kind that a letter names; the rest is counted, and stands on the pages.
MOST_NAMED = 60
_WRITER = "company-letters"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that is to be sealed, and the period that it is about."""

    period: Period
    words: Words


class CompanyLetters:
    """The desk of letters of compliance."""

    def __init__(self, *, press: Press, office: str, zone: tzinfo, every: Every) -> None:
        """Write in an office's name, so often."""
        self._press = press
        self._office = office
        self._zone = zone
        self._every = every

    def due(self, work: Work, *, after: str = "", most: int = AT_ONCE) -> tuple[Draft, ...]:
        """Draft the letters that companies lack of the period that is over, from a key on.

        A company that nothing is to be told of is not written to.
        """
        period = last_period(self._every, on=work.today)
        if period is None:
            return ()
        rows = self._rows(work)
        return tuple(
            Draft(
                period, self._words(rows.seen(period, key), period, to=(key, name), on=work.today)
            )
            for key, name in rows.due(period, after=after, most=most)
        )

    def seal(self, draft: Draft, *, at: datetime) -> Sealed:
        """Print and seal a letter; no transaction is open, for the key may be in a device.

        Raises:
            UnprintableError: the font lacks a character.

        """
        return self._press.seal(draft.words, at=at)

    def keep(self, work: Work, sealed: Sealed, *, period: Period) -> bool:
        """Keep a letter; False when the company got one of the period meanwhile."""
        letter = CompanyLetter(
            id=work.new_id(),
            exporter_id=sealed.words.about,
            period=period.name,
            first=period.first,
            until=period.until,
            sha256=hashlib.sha256(sealed.pdf).hexdigest(),
            sealed_at=sealed.at,
        )
        if not self._rows(work).add(letter, pdf=sealed.pdf):
            return False
        record(
            work,
            who=_WRITER,
            what="company_letter.sealed",
            subject=f"exporter/{letter.exporter_id}",
            facts={"letter": letter.id, "period": letter.period, "sha256": letter.sha256},
        )
        return True

    def page(self, work: Work, window: Window, *, by: User) -> tuple[CompanyLetter, ...]:
        """Return the letters to a user's company, the newest first."""
        return self._rows(work).page(window, company=by.company or "")

    def pdf(self, work: Work, letter_id: str, *, by: User) -> bytes:
        """Return the exact bytes of a letter to a user's company.

        Raises:
            MissingError: there is no such letter to it.

        """
        found = self._rows(work).pdf(letter_id, company=by.company or "")
        if found is None:
            raise MissingError(what="letter", id=letter_id)
        return found

    def _rows(self, work: Work) -> CompanyLetterRows:
        return CompanyLetterRows(work.transaction, zone=self._zone)

    def _words(self, seen: Seen, period: Period, *, to: tuple[str, str], on: date) -> Words:
        key, name = to
        last = period.until - _DAY
        return Words(
            about=key,
            kind=period.name,
            to=name,
            sender=self._office,
            dated=on,
            subject=f"Letter of compliance, {period.name}",
            paragraphs=tuple(_paragraphs(seen, f"{period.first} to {last}")),
            facts=tuple(self._facts(seen)),
        )

    def _facts(self, seen: Seen) -> Iterator[tuple[str, str]]:
        yield from _named("Certificate", seen.certificates)
        yield from _named(
            "Stale origin finding",
            [f"{one.product}, {one.agreement}, of {one.judged_on}" for one in seen.stale],
        )
        yield from _named(
            "Supplier's declaration",
            [f"{one.goods}, {one.supplier}: until before {one.valid_until}" for one in seen.ending],
        )
        yield from _named(
            "Notice of error",
            [
                f"{one.number}, drafted on {one.drafted_at.astimezone(self._zone):%Y-%m-%d}"
                for one in seen.ungiven
            ],
        )


def _paragraphs(seen: Seen, days: str) -> Iterator[str]:
    yield (
        f"This is what this office sees of your company from {days}. It is told to you so that "
        "you can correct what is wrong before an officer or a partner finds it."
    )
    yield f"Certificates issued: {len(seen.certificates)}."
    if seen.is_faultless:
        yield "No error is likely in what this office can see."
    if seen.stale:
        yield f"Origin findings that are stale: {len(seen.stale)}. Judge them again before use."
    if seen.ending:
        yield (
            f"Suppliers' declarations that ended or end soon: {len(seen.ending)}. "
            "Ask for new ones before you rest on them again."
        )
    if seen.ungiven:
        yield (
            f"Notices of error that were drafted and not given: {len(seen.ungiven)}. "
            "Whoever tells of an error himself, in time, corrects it."
        )


def _named(title: str, things: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((title, one) for one in things[:MOST_NAMED])
    if len(things) > MOST_NAMED:
        yield title, f"and {len(things) - MOST_NAMED} more, on the pages of the office"
