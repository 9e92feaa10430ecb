"""7. Are description, model, marks and packages those of the certificate?"""

from __future__ import annotations

from ooms.claims import minor
from ooms.claims.held import HeldItem
from ooms.claims.model import Case, Checked, passes

NAME = "description"


def check(case: Case) -> Checked | None:
    """What is declared of the goods stands on the certificate; slight differences do not matter."""
    item = case.item
    if item is None:
        return None
    facts: dict[str, str] = {}
    notes: list[str] = []
    for what, code, declared, certified in _texts(case, item):
        facts |= {f"declared_{what}": declared, f"certified_{what}": certified}
        likened = minor.descriptions(declared, certified, minor=case.terms.minor)
        if not likened.alike:
            detail = f"declared {what} {declared}, certified {certified}"
            return case.differs(code, detail=detail, facts=facts)
        if likened.kind:
            notes.append(f"{what}: {likened.note}")
            facts |= {f"source_{what}": likened.source}
    return _packages(case, item, facts=facts) or _passed(facts, notes)


def _texts(case: Case, item: HeldItem) -> tuple[tuple[str, str, str, str], ...]:
    line = case.line
    both = (
        ("description", "REF-DESCRIPTION", line.description, item.description),
        ("model", "REF-MODEL", line.model, item.model),
        ("marks", "REF-MARKS", line.marks, item.marks),
    )
    return tuple(one for one in both if one[2] and one[3])


def _packages(case: Case, item: HeldItem, *, facts: dict[str, str]) -> Checked | None:
    """More packages than certified are asked about; fewer may be a part of the consignment."""
    declared, certified = case.line.packages, item.packages
    if declared is None or certified is None or declared <= certified:
        return None
    facts |= {"declared_packages": str(declared), "certified_packages": str(certified)}
    detail = f"declared {declared} packages, certified {certified}"
    return case.differs("REF-PACKAGES", detail=detail, facts=facts)


def _passed(facts: dict[str, str], notes: list[str]) -> Checked | None:
    if not facts:
        return None
    return passes(NAME, "; ".join(notes) or "the same", facts)
