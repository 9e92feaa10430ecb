"""The checks of a claim in their order; one line each."""

from __future__ import annotations

from collections.abc import Callable

from ooms.claims.checks import (
    advance_ruling,
    agreement,
    authenticity,
    back_to_back,
    classification,
    criterion,
    description,
    duplicate,
    found,
    invoice,
    issue_timing,
    parties,
    plausibility,
    quantity,
    restrictions,
    transport,
    validity,
    waiver,
)
from ooms.claims.model import Case, Checked

#: A check says nothing where what it looks at is not there.
Check = Callable[[Case], Checked | None]

CHECKS: tuple[Check, ...] = (
    found.check,
    authenticity.check,
    agreement.check,
    validity.check,
    issue_timing.check,
    classification.check,
    description.check,
    quantity.check,
    invoice.check,
    parties.check,
    criterion.check,
    transport.check,
    back_to_back.check,
    duplicate.check,
    waiver.check,
    restrictions.check,
    plausibility.check,
    advance_ruling.check,
)


def check_all(case: Case) -> tuple[Checked, ...]:
    """Make every check of a line."""
    said = (check(case) for check in CHECKS)
    return tuple(one for one in said if one is not None)
