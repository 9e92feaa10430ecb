"""The checks of a claim in the order they are made; one line each."""

from __future__ import annotations

from collections.abc import Callable

from ooms.claims.checks import (
    classification,
    exporter,
    found,
    invoice,
    quantity,
    standing,
    validity,
)
from ooms.claims.model import Case, Checked

#: A check says nothing where what it looks at is not there.
Check = Callable[[Case], Checked | None]

CHECKS: tuple[Check, ...] = (
    found.check,
    standing.check,
    validity.check,
    classification.check,
    quantity.check,
    exporter.check,
    invoice.check,
)


def check_all(case: Case) -> tuple[Checked, ...]:
    """Make every check of a line."""
    said = (check(case) for check in CHECKS)
    return tuple(one for one in said if one is not None)
