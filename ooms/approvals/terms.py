"""The days of an approval's life, counted from a scheme: validity, renewal, inspections."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ooms.approvals.model import Approval, Level, State
from ooms.approvals.scheme import MONTHS_IN_YEAR, Scheme, SpanKind
from ooms.errors import Flaw, UnfitError
from ooms.kernel.period import add_months


@dataclass(frozen=True, slots=True)
class Days:
    """Days from a first to a last, both included."""

    first: date
    last: date

    def contains(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return self.first <= day <= self.last


def last_day(scheme: Scheme, start: date, *, level: Level, years: int | None, because: str) -> date:
    """Give the last day of a term; shorter only where the scheme lets it be, and with a reason.

    Raises:
        UnfitError: such a term is not in the scheme.

    """
    validity = scheme.span(SpanKind.VALIDITY)
    if years is None or years == validity.length:
        return validity.after(start)
    if level not in scheme.shorter.levels:
        raise _out_of_bounds(f"{validity.length} years for {level} ({scheme.shorter.source})")
    if not (0 < years < validity.length and because):
        raise _out_of_bounds(f"1 to {validity.length} years, with the reason for a shorter term")
    return add_months(start, years * MONTHS_IN_YEAR)


def renewal_window(scheme: Scheme, valid_until: date) -> Days:
    """Give the days on which a renewal may be applied for."""
    return Days(
        scheme.span(SpanKind.RENEWAL_OPENS).before(valid_until),
        scheme.span(SpanKind.RENEWAL_CLOSES).before(valid_until),
    )


def common_end(approvals: Iterable[Approval]) -> date:
    """Give the end that approvals renewed together share: the earliest (AE 13(2) in Korea)."""
    return min(one.valid_until for one in approvals)


def reminder_day(scheme: Scheme, valid_until: date) -> date:
    """Give the day on which the holder is reminded, a little before the law's last day."""
    last = scheme.span(SpanKind.REMINDER).before(valid_until)
    return scheme.span(SpanKind.REMINDED_AHEAD).before(last)


def inspection_windows(scheme: Scheme, term_from: date) -> tuple[Days, ...]:
    """Give the days of each round of self-inspection."""
    return tuple(
        Days(add_months(term_from, one.opens_months), add_months(term_from, one.closes_months))
        for one in scheme.inspections
    )


def inspection_round(scheme: Scheme, approval: Approval, *, held_on: date) -> int:
    """Tell which round a self-inspection belongs to, from 1.

    Raises:
        UnfitError: it was held outside every round.

    """
    windows = inspection_windows(scheme, approval.term_from)
    for place, days in enumerate(windows, start=1):
        if days.contains(held_on):
            return place
    told = ", ".join(f"{one.first} to {one.last}" for one in windows)
    raise UnfitError(Flaw("/held_on", f"self-inspections are held {told}", code="RUL-SPAN"))


def end_of_month(day: date) -> date:
    """Give the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_expired(approval: Approval, *, on: date, renewal_pending: bool) -> bool:
    """Tell whether the clock has ended an approval: past its last day, no renewal under way."""
    running = approval.state not in (State.CANCELLED, State.LAPSED, State.EXPIRED)
    return running and approval.valid_until < on and not renewal_pending


def _out_of_bounds(detail: str) -> UnfitError:
    return UnfitError(Flaw("/years", f"a term lasts {detail}", code="RUL-SPAN"))
