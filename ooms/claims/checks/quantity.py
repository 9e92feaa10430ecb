"""Is enough of the item left?"""

from __future__ import annotations

from ooms.claims.model import Case, Checked, Outcome, left_of, share_of

NAME = "quantity"


def check(case: Case) -> Checked | None:
    """All declarations together take no more of an item than was certified."""
    item, line = case.item, case.line
    if item is None:
        return None
    share = share_of(item, quantity=line.quantity, unit=line.unit)
    if share is None:
        facts = {"unit": line.unit, "certified_units": ", ".join(sorted(item.quantities))}
        detail = f"the item is not measured in {line.unit}"
        return Checked(NAME, Outcome.FAIL, detail, facts, code="LED-UNIT")
    left = left_of(item, used_share=case.used_share, unit=line.unit)
    facts = {
        "claimed": f"{line.quantity:f}",
        "left": f"{left:f}",
        "certified": f"{item.quantities[line.unit]:f}",
        "unit": line.unit,
    }
    if case.used_share + share > 1:
        detail = f"claimed {line.quantity:f} {line.unit}, left {left:f}"
        return Checked(NAME, Outcome.FAIL, detail, facts, code="LED-EXCEEDED")
    return Checked(NAME, Outcome.PASS, f"{left:f} {line.unit} were left", facts)
