"""The periods of verifications, computed: how long, from which event, which day is the last.

Interpreted meaning, once for all periods: the day from which a period runs is not counted, so
"six months from the receipt" ends with the day of the receipt six months later, and "from the day
after the receipt" a day later (Korea's Decree 13(1) sets both beside each other).  At the end of
a month periods end as `ooms.kernel.period.last_day_of` says, here as in all desks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from ooms.errors import Flaw, UnfitError, WrongFileError
from ooms.kernel.period import add_months, last_day_of
from ooms.kernel.workdays import Calendar, Pause, days_before, due_day

_DAY = timedelta(days=1)
#: The office's own day lies within 70 % of the partner's period (Korea: Directive 33(2)).
INTERNAL_PERCENT = 70
#: The second reminder: so many months before the end, fewer when the period is short
#: (Korea: Directive 62(4)).
REMIND_MONTHS, REMIND_MONTHS_SHORT, SHORT_MONTHS = 2, 1, 3


class Unit(StrEnum):
    """What a period counts."""

    MONTHS = "MONTHS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    WORKING_DAYS = "WORKING_DAYS"


class Anchor(StrEnum):
    """The event from whose day a period runs."""

    REQUEST = "REQUEST"
    RECEIPT = "RECEIPT"
    DAY_AFTER_RECEIPT = "DAY_AFTER_RECEIPT"
    RESULT = "RESULT"  # the receipt of the result
    DISPATCH = "DISPATCH"  # of the proposal of a visit
    CONSENT = "CONSENT"  # to a visit, received
    PROPOSED_DAY = "PROPOSED_DAY"  # the day proposed for a visit
    VISIT = "VISIT"  # the first day of a visit
    DRAFT = "DRAFT"  # the receipt of the determination to comment on
    COMMENTS = "COMMENTS"  # the receipt of the comments
    DENIAL = "DENIAL"
    NOTICE = "NOTICE"  # whatever is told, on the day it is told
    DUE = "DUE"  # the last day of another period, which this one prolongs


class TermKind(StrEnum):
    """What a period is for."""

    REPLY = "REPLY"
    REPLY_WHOLE = "REPLY_WHOLE"  # the reply with every extension
    EXTENSION = "EXTENSION"  # how much a reply may be prolonged
    MORE_INFO = "MORE_INFO"  # the answer to a further question
    WHOLE = "WHOLE"  # the whole verification, with the notice of the determination
    DETERMINATION_NOTICE = "DETERMINATION_NOTICE"
    PRELIMINARY_COMMENTS = "PRELIMINARY_COMMENTS"
    VISIT_NOTICE = "VISIT_NOTICE"  # ahead of the visit
    VISIT_CONSENT = "VISIT_CONSENT"
    VISIT_POSTPONE_NOTICE = "VISIT_POSTPONE_NOTICE"
    VISIT_LATEST = "VISIT_LATEST"  # the last day for the visit, postponed or not
    VISIT_COMMENTS = "VISIT_COMMENTS"
    VISIT_DETERMINATION = "VISIT_DETERMINATION"
    VISIT_FINAL = "VISIT_FINAL"
    VISIT_WHOLE = "VISIT_WHOLE"
    DENIAL_NOTICE = "DENIAL_NOTICE"
    DENIAL_EXPLANATION = "DENIAL_EXPLANATION"


class StepKind(StrEnum):
    """The periods of an administration's own law, around those of the agreements."""

    SELF_CHECK_LEAST = "SELF_CHECK_LEAST"
    SELF_CHECK_MOST = "SELF_CHECK_MOST"
    SELF_CHECK_MORE = "SELF_CHECK_MORE"
    SELF_CHECK_ASK_MORE = "SELF_CHECK_ASK_MORE"
    SELF_CHECK_REVIEW = "SELF_CHECK_REVIEW"
    IMPORTER_PAPERS = "IMPORTER_PAPERS"
    IMPORTER_PAPERS_MORE = "IMPORTER_PAPERS_MORE"
    IMPORTER_PAPERS_ASK_MORE = "IMPORTER_PAPERS_ASK_MORE"
    TELL_REPLY = "TELL_REPLY"
    TELL_DECISION = "TELL_DECISION"
    OBJECTION = "OBJECTION"
    OBJECTION_DECISION = "OBJECTION_DECISION"
    INQUIRY_NOTICE = "INQUIRY_NOTICE"
    EXPORTER_PAPERS = "EXPORTER_PAPERS"
    EXPORTER_PAPERS_MORE = "EXPORTER_PAPERS_MORE"
    EXPORTER_PAPERS_ASK_MORE = "EXPORTER_PAPERS_ASK_MORE"
    EXPORTER_VISIT_NOTICE = "EXPORTER_VISIT_NOTICE"


class TermsError(WrongFileError):
    """A file of periods is wrong; names the file and what is missing."""

    code = "SYS-TERMS"


class NoTermError(UnfitError):
    """Nobody wrote down such a period of the agreement; add it, with its article."""

    code = "REF-TERM"


@dataclass(frozen=True, slots=True)
class Term:
    """A period: how long, in what, from which event, and where that stands."""

    length: int
    unit: Unit
    anchor: Anchor
    source: str
    verified: bool
    #: Why it may be granted; empty is whatever the parties agree on.
    reasons: tuple[str, ...] = ()
    #: The country in whose law it was read, where the agreement itself was not.
    law: str = ""

    def kept_by(self, country: str) -> Term:
        """Return it as an administration keeps it: another country's law was not read as its."""
        if self.law in ("", country):
            return self
        source = f"{self.source}; stands in for the law of {country}, which was not read"
        return replace(self, source=source, verified=False)

    def starts(self, event: date) -> date:
        """Give the day from which the period runs, itself not counted."""
        return event + _DAY if self.anchor is Anchor.DAY_AFTER_RECEIPT else event

    def due(
        self, event: date, *, calendar: Calendar | None = None, pauses: tuple[Pause, ...] = ()
    ) -> date | None:
        """Give the last day of the period; None while it stands still."""
        start = self.starts(event)
        if self.unit is Unit.MONTHS:
            return _stretched(last_day_of(start, self.length), pauses)
        working = calendar if self.unit is Unit.WORKING_DAYS else None
        return due_day(start, self.length, calendar=working, pauses=pauses)

    def latest_notice(self, event: date, *, calendar: Calendar | None = None) -> date:
        """Give the last day for a notice so long before an event."""
        working = calendar if self.unit is Unit.WORKING_DAYS else None
        return days_before(event, self.length, calendar=working)

    @property
    def is_short(self) -> bool:
        """Tell whether it lasts three months at most."""
        months = self.length if self.unit is Unit.MONTHS else self.length / 30
        return months <= SHORT_MONTHS

    @property
    def iso(self) -> str:
        """The length as ISO 8601 writes it; working days are days there."""
        return f"P{self.length}{'M' if self.unit is Unit.MONTHS else 'D'}"


def _stretched(end: date, pauses: tuple[Pause, ...]) -> date | None:
    """Let a period of months end as many days later as it stood still."""
    day = end
    for pause in sorted(pauses, key=lambda one: one.since):
        if pause.since >= day:
            break
        if pause.until is None:
            return None
        day += pause.until - pause.since
    return day


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """The periods of one agreement, whether it wants a draft to comment on, and its visits."""

    agreement: str
    terms: Mapping[TermKind, Term]
    #: The digest of the file, kept with what is computed from it.
    edition: str
    parties: tuple[str, ...] = ()
    mode: str = ""

    def term(self, kind: TermKind) -> Term:
        """Return a period.

        Raises:
            NoTermError: nobody wrote it down.

        """
        if kind not in self.terms:
            words = f"no period {kind} of {self.agreement} is written down"
            raise NoTermError(Flaw("/agreement", words))
        return self.terms[kind]

    @property
    def has_preliminary(self) -> bool:
        """Tell whether the importer comments on a draft before the decision."""
        return TermKind.PRELIMINARY_COMMENTS in self.terms

    def latest_reply(self, running: RunningTerm) -> date | None:
        """Give the last day to which a reply may be prolonged; None when not at all."""
        whole = self.terms.get(TermKind.REPLY_WHOLE)
        if whole is not None:
            return whole.due(running.event)
        more = self.terms.get(TermKind.EXTENSION)
        return more.due(running.first_due) if more and running.first_due else None


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """A period of one case: from which day, until when, by which rule; stored, never recounted.

    Whatever changes it (a proof of receipt, an extension, a stop) makes another one.
    """

    event: date
    due_on: date | None
    length: int
    unit: Unit
    anchor: Anchor
    source: str
    verified: bool
    edition: str = ""
    pauses: tuple[Pause, ...] = ()
    #: The last day before anybody prolonged it.
    first_due: date | None = None
    prolonged_to: date | None = None
    #: The event is taken for granted until there is proof of it.
    is_provisional: bool = False
    gaps: tuple[int, ...] = ()

    @property
    def term(self) -> Term:
        """The rule that it runs by."""
        return Term(self.length, self.unit, self.anchor, self.source, self.verified)

    def is_over(self, on: date) -> bool:
        """Tell whether its last day has passed; on the last day itself it has not."""
        return self.due_on is not None and self.due_on < on

    def prolonged(self, until: date) -> RunningTerm:
        """Let it end on another day."""
        return replace(self, due_on=until, prolonged_to=until)

    def stopped(self, on: date, *, reason: str) -> RunningTerm:
        """Let it stand still from the day after this one."""
        return replace(self, due_on=None, pauses=(*self.pauses, Pause(on, None, reason)))

    def resumed(self, on: date, *, calendar: Calendar | None = None) -> RunningTerm:
        """Let it run again from the day after this one; a day agreed on moves along."""
        pauses = tuple(one if one.until else replace(one, until=on) for one in self.pauses)
        if self.prolonged_to is not None:
            last = pauses[-1]
            until = self.prolonged_to + (on - last.since)
            return replace(self, pauses=pauses, due_on=until, prolonged_to=until)
        due = self.term.due(self.event, calendar=calendar, pauses=pauses)
        return replace(self, pauses=pauses, due_on=due)

    def reminders(self) -> tuple[date, ...]:
        """Give the days to remind a partner on: half the period gone, and near its end."""
        if self.due_on is None:
            return ()
        start = self.term.starts(self.event)
        half = start + timedelta(days=ceil((self.due_on - start).days / 2))
        months = REMIND_MONTHS_SHORT if self.term.is_short else REMIND_MONTHS
        near = add_months(self.due_on, -months)
        return tuple(sorted({day for day in (half, near) if start < day <= self.due_on}))

    def internal(self) -> date | None:
        """Give the office's own last day, at 70 % of the period."""
        if self.due_on is None:
            return None
        start = self.term.starts(self.event)
        return start + timedelta(days=(self.due_on - start).days * INTERNAL_PERCENT // 100)


def begin(
    term: Term, event: date, *, edition: str, calendar: Calendar, is_provisional: bool = False
) -> RunningTerm:
    """Let a period run from the day of its event."""
    due = term.due(event, calendar=calendar)
    in_working_days = term.unit is Unit.WORKING_DAYS and due is not None
    return RunningTerm(
        event=event,
        due_on=due,
        length=term.length,
        unit=term.unit,
        anchor=term.anchor,
        source=term.source,
        verified=term.verified,
        edition=edition,
        first_due=due,
        is_provisional=is_provisional,
        gaps=calendar.gaps(event, due) if in_working_days and due else (),
    )
