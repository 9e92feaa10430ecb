"""Suspend preference for identical goods while a verification runs; release it on security."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError
from ooms.verifications.keeping import Keeping
from ooms.verifications.model import Verification
from ooms.verifications.parts import TellingKind
from ooms.verifications.repository import SuspensionRows, VerificationRows
from ooms.verifications.service import goods_of
from ooms.verifications.suspension import Goods, Security, Standing, Suspension


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

    def standing(  # noqa: PLR0913  # what makes goods identical, each by its name
        self,
        work: Work,
        *,
        importer: str,
        exporter: str,
        hs6: str,
        on: date,
        description: str = "",
    ) -> Standing:
        """Say what a claim for such goods meets: a verification, a suspension, a security."""
        goods = Goods(importer, exporter, hs6[:6], description)
        found = SuspensionRows(work.transaction).about(goods)
        holding = next((one for one in found if one.holds(on)), None)
        if holding is not None:
            return Standing(
                verification_id=holding.verification_id,
                is_suspended=True,
                because=f"preference is suspended since {holding.since}: {holding.reason}",
            )
        cases = VerificationRows(work.transaction).about(goods)
        released = next((one for one in found if one.released_on and not one.lifted_on), None)
        if released is not None and released.verification_id in cases:
            return Standing(
                verification_id=released.verification_id,
                is_released=True,
                because="identical goods are verified; preference is given against security",
            )
        if not cases:
            return Standing()
        return Standing(verification_id=cases[0], because="identical goods are being verified")

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
