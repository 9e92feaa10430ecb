"""12. Did the goods come directly, or are the papers of the way held?"""

from __future__ import annotations

from datetime import timedelta

from ooms.claims.declaration import Transshipment
from ooms.claims.held import Held
from ooms.claims.model import Case, Checked, passes
from ooms.kernel.period import add_months

NAME = "transport"

_DIRECT = "DIRECT"
#: Weather and rolled cargo move a departure; a week is asked about, less is not.
_DEPARTURE_DAYS = timedelta(days=7)


def check(case: Case) -> Checked | None:
    """A country outside that the goods passed is declared, short, and proved by a paper."""
    held = case.held
    if held is None:
        return None
    journey = case.about.journey
    outside = [one for one in journey.transshipments if one.country not in case.facts.parties]
    facts = {
        "declared_way": ", ".join(one.country for one in journey.transshipments),
        "certified_way": ", ".join(one.country for one in held.legs),
    }
    judged = _undeclared(case, held, facts=facts)
    for one in outside:
        judged = judged or _passed_through(case, one, facts=facts)
    judged = judged or _departure(case, held, facts=facts)
    if judged is not None:
        return judged
    if not journey.transshipments and not held.legs and journey.departed_on is None:
        return None
    detail = "papers of the way are held" if outside else "no country outside was passed"
    return passes(NAME, detail, facts)


def _undeclared(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    journey = case.about.journey
    said = journey.departed_on is not None or journey.transshipments or journey.export_country
    if not said:
        return None
    declared = {one.country for one in journey.transshipments}
    ends = {held.issuing_country, held.import_country}
    for leg in held.legs:
        passed = leg.transit != _DIRECT and leg.country not in ends
        if passed and leg.country not in declared:
            detail = f"the certificate names {leg.country} on the way, the declaration does not"
            return case.differs("RUL-TRANSIT-UNDECLARED", detail=detail, facts=facts)
    return None


def _passed_through(case: Case, way: Transshipment, *, facts: dict[str, str]) -> Checked | None:
    papers = (*way.papers, *((case.about.journey.through_bill,) if _has_bill(case) else ()))
    facts |= {f"papers_{way.country}": ", ".join(papers)}
    if not papers:
        detail = f"passed {way.country}, and no paper of the way is held"
        return case.differs("RUL-TRANSIT-PAPERS", detail=detail, facts=facts)
    return _stayed(case, way, facts=facts)


def _stayed(case: Case, way: Transshipment, *, facts: dict[str, str]) -> Checked | None:
    """Goods leave in time; force majeure during their stay gives them longer."""
    storage, arrived_on, left_on = case.facts.storage, way.arrived_on, way.left_on
    if storage is None or arrived_on is None or left_on is None:
        return None
    delayed = case.about.journey.delayed
    is_held_up = any(one.first <= left_on and one.last >= arrived_on for one in delayed)
    months = (storage.delayed_months if is_held_up else None) or storage.months
    last = add_months(arrived_on, months)
    if left_on <= last:
        return None
    facts |= {"left_on": left_on.isoformat(), "last_day": last.isoformat()}
    detail = f"stayed in {way.country} until {left_on}; {months} months ended on {last}"
    return case.differs("RUL-STORED-TOO-LONG", detail=detail, facts=facts)


def _has_bill(case: Case) -> bool:
    return bool(case.about.journey.through_bill)


def _departure(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    declared, certified = case.about.journey.departed_on, held.shipped_on or held.departed_on
    if declared is None or certified is None:
        return None
    facts |= {
        "declared_departure": declared.isoformat(),
        "certified_departure": certified.isoformat(),
    }
    if abs(declared - certified) <= _DEPARTURE_DAYS:
        return None
    detail = f"declared to leave on {declared}, certified {certified}"
    return case.differs("REF-DEPARTURE", detail=detail, facts=facts)
