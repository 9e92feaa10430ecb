"""17. Does the selection of risks ask to look?"""

from __future__ import annotations

from ooms.claims.model import Case, Checked, passes

NAME = "plausibility"


def check(case: Case) -> Checked | None:
    """What the selection of risks says, with its reasons; it routes and never denies."""
    routed = case.facts.routed
    if routed is None:
        return None
    facts = {f"reason_{no}": one for no, one in enumerate(routed.reasons, start=1)}
    facts |= {"channel": routed.channel}
    if not routed.is_picked:
        return passes(NAME, "not selected", facts)
    detail = f"selected by {routed.channel.lower()}: {'; '.join(routed.reasons)}"
    return case.differs("RUL-SELECTED", detail=detail, facts=facts)
