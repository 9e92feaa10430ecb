"""18. Was origin ruled on before, for the same goods?"""

from __future__ import annotations

from dataclasses import replace

from ooms.claims.model import Case, Checked

NAME = "advance_ruling"


def check(case: Case) -> Checked | None:
    """A ruling on the same goods settles the questions that it decided."""
    ruling = case.facts.ruling
    if ruling is None:
        return None
    facts = {"number": ruling.number, "authority": ruling.authority, "origin": ruling.origin}
    held = case.held
    claimed = case.line.origin or (held.origin_country if held else "")
    if claimed and ruling.origin and claimed != ruling.origin:
        detail = f"ruling {ruling.number} found the origin {ruling.origin}, not {claimed}"
        return case.differs("RUL-RULED-OTHERWISE", detail=detail, facts=facts)
    said = case.differs(
        "RUL-RULED", detail=f"ruling {ruling.number} decided on origin", facts=facts
    )
    settles = next((one.settles for one in case.terms.checks if one.name == NAME), ())
    return replace(said, settles=settles)
