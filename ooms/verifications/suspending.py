"""Suspend preference for identical goods while a verification runs; release it on security."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError
from ooms.kernel.period import add_months
from ooms.verifications.against import Against
from ooms.verifications.keeping import Keeping
from ooms.verifications.model import Verification
from ooms.verifications.parts import TellingKind
from ooms.verifications.repository import SuspensionRows
from ooms.verifications.service import goods_of
from ooms.verifications.suspension import Goods, Security, Standing, Suspension

#: How long an adverse determination sends identical goods to an officer; as long as it counts
#: in the selection of risks.
ADVERSE_MONTHS = 36


class Suspending:
    """Suspended preference, and what a claim meets of it."""

    def __init__(self, keeping: Keeping) -> None:
        """Work on the verifications that are kept there."""
        self._keeping = keeping

    def suspend(self, work: Work, case_id: str, *, reason: str, by: User) -> Verification:
        """Suspend preference for goods identical to those that are looked into.

        Raises:
            ConflictError: the verification is over, or preference is suspended already.

        """
        case = self._keeping.get(work, case_id)
        rows = SuspensionRows(work.transaction)
        if not case.is_open or any(one.holds(work.today) for one in rows.of(case_id)):
            current = "suspended" if case.is_open else case.state
            raise ConflictError(what="preference", current=current, wanted="suspended")
        for goods in suspended_goods(case):
            rows.add(
                Suspension(
                    id=work.new_id(),
                    verification_id=case.id,
                    goods=goods,
                    since=work.today,
                    reason=reason,
                    ordered_by=by.login,
                )
            )
        words = f"Preference is suspended for identical goods from {work.today}: {reason}"
        telling = self._keeping.telling(TellingKind.SUSPENSION, words, since=work.today)
        changed = replace(case, tellings=(*case.tellings, telling))
        return self._keeping.change(
            work,
            case,
            changed,
            what="preference_suspended",
            who=by.login,
            facts={"reason": reason},
        )

    def release(self, work: Work, case_id: str, *, security: Security, by: User) -> Verification:
        """Let preference be given again, against security.

        Raises:
            ConflictError: preference is not suspended.

        """
        case = self._keeping.get(work, case_id)
        held = self._held(work, case_id)
        for one in held:
            SuspensionRows(work.transaction).change(
                replace(one, security=security, released_on=work.today)
            )
        given = {
            "amount": f"{security.amount} {security.currency}",
            "reference": security.reference,
        }
        return self._keeping.change(
            work, case, case, what="released_on_security", who=by.login, facts=given
        )

    def lift(self, work: Work, case_id: str, *, because: str, by: User) -> Verification:
        """Lift a suspension for another reason than security.

        Raises:
            ConflictError: preference is not suspended.

        """
        case = self._keeping.get(work, case_id)
        self._held(work, case_id)
        lift(work, case_id, because=because)
        return self._keeping.change(
            work, case, case, what="suspension_lifted", who=by.login, facts={"because": because}
        )

    def of(self, work: Work, case_id: str) -> tuple[Suspension, ...]:
        """Return the suspensions of a verification.

        Raises:
            MissingError: there is no such verification.

        """
        self._keeping.get(work, case_id)
        return SuspensionRows(work.transaction).of(case_id)

    def _held(self, work: Work, case_id: str) -> tuple[Suspension, ...]:
        rows = SuspensionRows(work.transaction).of(case_id)
        held = tuple(one for one in rows if one.holds(work.today))
        if not held:
            raise ConflictError(what="preference", current="not suspended", wanted="released")
        return held


def lift(work: Work, case_id: str, *, because: str) -> None:
    """Lift every suspension of a verification, those on security too: it is not needed more."""
    rows = SuspensionRows(work.transaction)
    for one in rows.of(case_id):
        if one.lifted_on is None:
            rows.change(replace(one, lifted_on=work.today, lifted_because=because))


def suspended_goods(case: Verification) -> tuple[Goods, ...]:
    """Return the goods that a suspension is for: each of each sender, once."""
    return tuple(dict.fromkeys(goods_of(case.subject)))


def standing_of(goods: Goods, found: Against, *, on: date) -> Standing:
    """Say what a claim for goods meets: a verification, a suspension, a security."""
    suspended = found.suspended(goods)
    return (
        _suspended(suspended, on)
        or _verified(suspended, found.open(goods))
        or _judged(found.judged(goods, since=add_months(on, -ADVERSE_MONTHS)))
    )


def _suspended(found: tuple[Suspension, ...], on: date) -> Standing | None:
    holding = next((one for one in found if one.holds(on)), None)
    if holding is None:
        return None
    return Standing(
        verification_id=holding.verification_id,
        is_suspended=True,
        because=f"preference is suspended since {holding.since}: {holding.reason}",
    )


def _verified(found: tuple[Suspension, ...], opened: tuple[str, ...]) -> Standing | None:
    released = next((one for one in found if one.released_on and not one.lifted_on), None)
    if released is not None and released.verification_id in opened:
        return Standing(
            verification_id=released.verification_id,
            is_released=True,
            because="identical goods are verified; preference is given against security",
        )
    if not opened:
        return None
    return Standing(verification_id=opened[0], because="identical goods are being verified")


def _judged(case: Verification | None) -> Standing:
    holding = case.holding if case else None
    if case is None or holding is None or not holding.is_adverse:
        return Standing()
    words = f"identical goods were denied preference on {holding.on}"
    return Standing(verification_id=case.id, is_adverse=True, because=words)
