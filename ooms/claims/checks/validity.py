"""4. Was the certificate valid on the day of the declaration?"""

from __future__ import annotations

from datetime import date, timedelta

from ooms.claims.declaration import ClaimType, Span
from ooms.claims.held import Held
from ooms.claims.model import Case, Checked, passes

NAME = "validity"

_DAY = timedelta(days=1)


def check(case: Case) -> Checked | None:
    """The day of declaration lies in the validity; some days do not count (by data).

    The days from the day after arrival to the claim do not count when the goods arrived in time,
    and days of force majeure do not count at all.
    """
    held = case.held
    if held is None:
        return None
    on = claimed_on(case)
    facts = {
        "declared_on": on.isoformat(),
        "valid_from": held.valid_from.isoformat(),
        "valid_until": held.valid_until.isoformat(),
    }
    if on < held.valid_from:
        return _before(case, held, facts=facts)
    if on <= held.valid_until:
        return passes(NAME, f"valid until {held.valid_until}", facts)
    return _after(case, held, facts=facts)


def claimed_on(case: Case) -> date:
    """Give the day that is held against the validity.

    A late claim may rest on the day of the declaration or on its own (Enforcement Decree 5(2)):
    the earlier one serves the importer.
    """
    claimed = case.about.claimed_on
    if case.about.claim_type is ClaimType.AT_IMPORT or claimed is None:
        return case.declared_on
    return min(case.declared_on, claimed)


def _before(case: Case, held: Held, *, facts: dict[str, str]) -> Checked:
    """Read the first day by the calendar of the place of issue, which may be a day ahead of ours.

    A certificate that Seoul issues in its early morning is valid at once: in Hanoi and New Delhi
    it is still the evening before.
    """
    if claimed_on(case) + case.facts.days_ahead * _DAY < held.valid_from:
        detail = f"not valid before {held.valid_from}"
        return case.differs("RUL-NOT-YET-VALID", detail=detail, facts=facts)
    detail = f"valid from {held.valid_from}, a day that had begun where it was issued"
    return passes(NAME, detail, facts)


def _after(case: Case, held: Held, *, facts: dict[str, str]) -> Checked:
    excluded = case.terms.excluded_days(held.agreement)
    on, end = claimed_on(case), held.valid_until
    delayed = case.about.journey.delayed if excluded and excluded.force_majeure else ()
    lost = sum(_within(one, first=held.valid_from, last=on) for one in delayed)
    end += lost * _DAY
    arrived = case.about.journey.arrived_on
    facts |= {"days_of_delay": str(lost), "valid_until_with_delay": end.isoformat()}
    if arrived is not None:
        facts |= {"arrived_on": arrived.isoformat()}
    if on <= end:
        return passes(NAME, f"valid until {end}: {lost} days of delay do not count", facts)
    in_time = excluded is not None and excluded.after_arrival and arrived is not None
    if in_time and arrived is not None and arrived <= end:
        assert excluded is not None
        detail = f"arrived on {arrived}, before its end on {end}; the days since do not count"
        return passes(
            NAME, detail, facts | {"source": excluded.cited.source_in(case.facts.country)}
        )
    return case.differs("RUL-EXPIRED", detail=f"expired on {end}", facts=facts)


def _within(span: Span, *, first: date, last: date) -> int:
    """Count the days after a span's first day up to its last, between two days."""
    begins, ends = max(span.first + _DAY, first), min(span.last, last)
    return max(0, (ends - begins).days + 1)
