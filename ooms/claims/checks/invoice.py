"""Is the invoice one of the item's?"""

from __future__ import annotations

from ooms.claims.model import Case, Checked, Outcome

NAME = "invoice"


def check(case: Case) -> Checked | None:
    """The declared invoice stands on the certificate for this item."""
    item, declared = case.item, case.line.invoice
    if item is None or declared is None:
        return None
    facts = {"declared": declared, "certified": ", ".join(item.invoices)}
    known = {" ".join(one.split()).upper() for one in item.invoices}
    if " ".join(declared.split()).upper() in known:
        return Checked(NAME, Outcome.PASS, "stands on the certificate", facts)
    detail = f"invoice {declared} does not stand on the certificate"
    return Checked(NAME, Outcome.QUERY, detail, facts, code="REF-INVOICE")
