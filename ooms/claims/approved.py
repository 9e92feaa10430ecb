"""Asks our own register of approved exporters about the numbers that a declaration states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ooms.approvals.service import Approvals, Shown
from ooms.claims.facts import Approved
from ooms.db import Work
from ooms.errors import MissingError


class RegisterOfApprovals:
    """The approvals of our own office: partners' registers are not exchanged.

    A number of ours is stated for goods that come back, or under a first certificate of ours; of a
    partner's number the register knows nothing, which is held against nobody.
    """

    def __init__(self, approvals: Approvals) -> None:
        """Look numbers up at a desk."""
        self._approvals = approvals

    def approved(self, work: Work, numbers: Mapping[str, date]) -> Mapping[str, Approved]:
        """Say of numbers whether an approval held on a day; of an unknown one nothing."""
        found = {}
        for number, on in numbers.items():  # one a proof: seldom more than one
            try:
                shown = self._approvals.show_publicly(work, number, on=on)
            except MissingError:
                continue
            found[number] = _of(shown, number)
        return found


def _of(shown: Shown, number: str) -> Approved:
    approval = shown.approval
    last = min(one for one in (approval.valid_until, approval.ended_on) if one is not None)
    word = "holds" if shown.holds else "does not hold"
    detail = f"{number} of {shown.holder} {word} on {shown.on}: {approval.approved_on} to {last}"
    return Approved(number, shown.holder, shown.holds, detail)
