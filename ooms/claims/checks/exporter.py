"""Is the exporter the one of the certificate?"""

from __future__ import annotations

import re

from ooms.claims.model import Case, Checked, Outcome

NAME = "exporter"

_SEPARATORS = re.compile(r"[^0-9a-z]+")


def check(case: Case) -> Checked | None:
    """Declared and certified exporter are the same; signs and blanks do not matter."""
    held, declared = case.held, case.line.exporter
    if held is None or declared is None:
        return None
    facts = {"declared": declared, "certified": held.exporter}
    if _bare(declared) == _bare(held.exporter):
        return Checked(NAME, Outcome.PASS, "the same", facts)
    detail = f"declared {declared}, certified {held.exporter}"
    return Checked(NAME, Outcome.QUERY, detail, facts, code="REF-EXPORTER")


def _bare(name: str) -> str:
    return _SEPARATORS.sub("", name.casefold())
