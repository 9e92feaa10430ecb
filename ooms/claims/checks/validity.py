"""Was the certificate valid on the day of the declaration?"""

from __future__ import annotations

from ooms.claims.model import Case, Checked, Outcome

NAME = "validity"


def check(case: Case) -> Checked | None:
    """The day of declaration lies in the certificate's validity (Enforcement Decree 6).

    Note: days between arrival in port and claim, which some countries do not count, are not known
    here; an officer who knows them decides a claim that comes late.
    """
    held = case.held
    if held is None:
        return None
    on = case.declared_on
    facts = {
        "declared_on": on.isoformat(),
        "valid_from": held.valid_from.isoformat(),
        "valid_until": held.valid_until.isoformat(),
    }
    if on < held.valid_from:
        detail = f"not valid before {held.valid_from}"
        return Checked(NAME, Outcome.QUERY, detail, facts, code="RUL-NOT-YET-VALID")
    if on > held.valid_until:
        detail = f"expired on {held.valid_until}"
        return Checked(NAME, Outcome.FAIL, detail, facts, code="RUL-EXPIRED")
    return Checked(NAME, Outcome.PASS, f"valid until {held.valid_until}", facts)
