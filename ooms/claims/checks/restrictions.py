"""16. Does a register ask to look at exporter, producer or importer?"""

from __future__ import annotations

from ooms.claims.facts import LimitKind
from ooms.claims.model import Case, Checked, passes

NAME = "restrictions"

#: The gravest first: it is told, and the others stand among the facts.
_ORDER = (
    (LimitKind.SUSPENDED, "RUL-SUSPENDED"),
    (LimitKind.RESTRICTED, "RUL-RESTRICTED"),
    (LimitKind.OPEN_VERIFICATION, "RUL-OPEN-VERIFICATION"),
    (LimitKind.NEGATIVE_RESULT, "RUL-NEGATIVE-RESULT"),
)


def check(case: Case) -> Checked | None:
    """No register of restrictions, verifications or suspensions names the persons or goods."""
    kinds = {kind for kind, _ in _ORDER}
    limits = tuple(one for one in case.facts.limits if one.kind in kinds)
    if not limits:
        return passes(NAME, "in no register", {})
    facts = {f"{one.kind.lower()}_{one.reference}": one.ground or one.about for one in limits}
    for kind, code in _ORDER:
        found = next((one for one in limits if one.kind is kind), None)
        if found is not None:
            words = kind.lower().replace("_", " ")
            detail = f"{found.about}: {words} ({found.reference})"
            return case.differs(code, detail=detail, facts=facts)
    return None
