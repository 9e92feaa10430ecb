"""May the certificate be used, as it stands now?"""

from __future__ import annotations

from ooms.claims.model import Case, Checked, Outcome

NAME = "standing"

_AVAILABLE = "AVAILABLE"
_HELD = "HELD"


def check(case: Case) -> Checked | None:
    """The certificate is neither cancelled nor annulled, and nothing took its place."""
    held = case.held
    if held is None:
        return None
    facts = {"state": held.state}
    if held.superseded_by:
        facts["superseded_by"] = held.superseded_by
    if held.state == _AVAILABLE:
        return Checked(NAME, Outcome.PASS, "stands", facts)
    if held.state == _HELD:
        detail = "waits for the certificate that it replaces"
        return Checked(NAME, Outcome.QUERY, detail, facts, code="LIN-HELD")
    detail = f"is {held.state.lower()}"
    if held.superseded_by:
        detail += f" by {held.superseded_by}"
    return Checked(NAME, Outcome.FAIL, detail, facts, code="LIN-STATE")
