"""What tests compare of determinations and of stocks: answers byte by byte, shares of stocks."""

from __future__ import annotations

import json
from fractions import Fraction

from ooms.origin.explain import answer
from ooms.origin.inventory import Drawn
from ooms.origin.trace import Determination


def answer_bytes(determination: Determination) -> bytes:
    """Write an answer in the one form that two of them are compared in."""
    text = json.dumps(
        answer(determination), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return text.encode()


def foreign_share(drawn: Drawn) -> Fraction:
    """Give the non-originating share of units, between 0 and 1."""
    total = sum((portion.quantity for portion in drawn), Fraction(0))
    foreign = (p.quantity for p in drawn if not p.status.originating)
    return sum(foreign, Fraction(0)) / total
