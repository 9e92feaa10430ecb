"""Determining origin: a bill of twenty lines, with the whole trace, as the office asks for it."""

from __future__ import annotations

from typing import Any

from ooms.agreements import notation, registry
from ooms.agreements.edition_tables import load_editions
from ooms.origin.case import read_case
from ooms.origin.determine import determine
from ooms.origin.explain import answer
from tests.bench.timing import cpu_us

LINES = 20
ROUNDS = 50
_HEADINGS = ("853400", "853224", "854129", "850450", "741121", "732690", "392690", "854442")


def case() -> dict[str, Any]:
    """Return a static converter made of twenty materials, half of them of foreign origin."""
    materials = [
        {
            "name": f"material {line}",
            "hs": _HEADINGS[line % len(_HEADINGS)],
            "originating": line % 2 == 0,
            "origin": "KR" if line % 2 == 0 else "JP",
            "value": f"{2 + line % 3}.50",
        }
        for line in range(LINES)
    ]
    return {
        "agreement": "AKFTA",
        "rule": None,
        "on": "2026-11-20",
        "hs_edition": 2017,
        "exporting_party": "KR",
        "importing_party": "VN",
        "product": {"hs": "850440", "description": "static converter"},
        "price": {"basis": "FOB", "amount": "100.00", "currency": "USD"},
        "materials": materials,
        "processes": ["assembly"],
        "facts": {},
    }


def measure() -> dict[str, object]:
    """Return determinations a second on one core, from JSON to the answer with its trace."""
    agreements, editions, document = registry.load_shipped(), load_editions(), case()

    def answered(_round: int) -> dict[str, Any]:
        read = read_case(document, read_rule=notation.read)
        judged = determine(read, agreements.agreement(read.agreement), editions=editions)
        return answer(judged)

    spent = cpu_us(answered, range(ROUNDS))
    return {"lines": LINES, "per_s": 1e6 / spent, "us": spent, "verdict": answered(0)["verdict"]}
