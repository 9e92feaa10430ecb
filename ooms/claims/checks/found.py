"""Was the certificate received? Numbers are found however they are spelled."""

from __future__ import annotations

from ooms.claims.model import Case, Checked, Outcome

NAME = "found"


def check(case: Case) -> Checked:
    """The certificate arrived through the exchange, and it is clear which one is meant."""
    number = case.line.certificate_number
    if not case.found:
        return Checked(
            NAME, Outcome.FAIL, f"no certificate {number} was received", code="LIN-UNKNOWN"
        )
    if case.held is None:
        agreements = ", ".join(sorted(one.agreement for one in case.found))
        return Checked(
            NAME,
            Outcome.QUERY,
            f"several certificates have the number {number}; say under which agreement",
            {"agreements": agreements},
            code="LIN-AMBIGUOUS",
        )
    held = case.held
    facts = {"number": held.number, "partner": held.partner, "agreement": held.agreement}
    if held.is_lookalike:
        return Checked(NAME, Outcome.QUERY, held.warning, facts, code="LIN-LOOKALIKE")
    if case.item is None:
        return Checked(
            NAME,
            Outcome.FAIL,
            f"certificate {held.number} has no item {case.line.item_no}",
            facts,
            code="LIN-ITEM",
        )
    return Checked(NAME, Outcome.PASS, held.warning or "received through the exchange", facts)
