"""5. Does the certificate bear the endorsement of a late issue when it is late, and only then?"""

from __future__ import annotations

from ooms.claims.model import Case, Checked, passes

NAME = "issue_timing"


def check(case: Case) -> Checked | None:
    """A certificate issued after the form's window says so, and none is issued after its end.

    The shipment is the certified one; where the certificate names none, the declared departure
    stands in its place.
    """
    held = case.held
    timing = case.facts.timing
    if held is None or timing is None or timing.late is None:
        return None
    shipped = held.shipped or case.about.journey.departed_on
    facts = {
        "issued_on": held.issued_on.isoformat(),
        "shipped_on": shipped.isoformat() if shipped else "",
        "endorsed": str(held.marked_retroactive).lower(),
        "late": str(timing.late).lower(),
        "clock": timing.source,
    }
    if timing.last_day is not None and held.issued_on > timing.last_day:
        detail = f"issued on {held.issued_on}; the last day was {timing.last_day}"
        return case.differs("RUL-ISSUED-TOO-LATE", detail=detail, facts=facts)
    if timing.late and not held.marked_retroactive:
        detail = f"shipped on {shipped}, issued late on {held.issued_on}, and does not say so"
        return case.differs("RUL-RETROACTIVE-MISSING", detail=detail, facts=facts)
    if held.marked_retroactive and not timing.late:
        detail = f"says it was issued late; shipped on {shipped}, issued on {held.issued_on}"
        return case.differs("RUL-RETROACTIVE-NOT-DUE", detail=detail, facts=facts)
    detail = "issued late, and says so" if timing.late else "issued within the form's window"
    return passes(NAME, detail, facts)
