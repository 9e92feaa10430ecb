"""Reads and writes verifications; every change compares the version before it is made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Select,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from ooms.db import Transaction, Window
from ooms.verifications import tables
from ooms.verifications.against import row_of
from ooms.verifications.answer import Answer, AnswerState, Inquiry, InquiryState
from ooms.verifications.doubting import doubted_in
from ooms.verifications.model import OVER, Figure, State, Verification
from ooms.verifications.suspension import Goods, Suspension

_asked, _goods, _suspension = tables.asked, tables.goods, tables.suspension
_doubted = tables.doubted
_received, _inquiry = tables.received, tables.inquiry
_VERIFICATION = TypeAdapter(Verification)
_SUSPENSION = TypeAdapter(Suspension)
_ANSWER = TypeAdapter(Answer)
_INQUIRY = TypeAdapter(Inquiry)


class VerificationRows:
    """Verifications that we ask for, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, case: Verification, *, goods: tuple[Goods, ...]) -> None:
        """Keep a new verification with the goods that it is about."""
        own = {"id": case.id, "number": case.number, "selected_at": case.selected_at}
        about = {"partner": case.subject.partner, "agreement": case.subject.agreement}
        self._transaction.execute(insert(_asked).values(**own, **about, **_moving(case)))
        rows = [
            {"verification_id": case.id, "ordinal": place} | row_of(one)
            for place, one in enumerate(goods, start=1)
        ]
        self._transaction.execute(insert(_goods), rows)

    def change(self, case: Verification, *, since: Verification) -> bool:
        """Write a changed verification; False when somebody else changed it meanwhile."""
        done = self._transaction.execute(
            update(_asked)
            .where(_asked.c.id == since.id, _asked.c.version == since.version)
            .values(**_moving(case))
        )
        is_done = done.rowcount == 1
        if is_done and doubted_in(case) != doubted_in(since):
            self._doubt(case)
        return is_done

    def find(self, case_id: str) -> Verification | None:
        """Find a verification by its key."""
        return next(iter(self._cases(select(_asked.c.content).where(_asked.c.id == case_id))), None)

    def page(
        self, window: Window, *, state: State | None, partner: str | None, is_open: bool | None
    ) -> tuple[Verification, ...]:
        """Return the newest verifications."""
        wanted = window.of(select(_asked.c.content), by=_asked.c.id)
        if state is not None:
            wanted = wanted.where(_asked.c.state == state.value)
        if partner is not None:
            wanted = wanted.where(_asked.c.partner == partner)
        if is_open is not None:
            over = _asked.c.state.in_([one.value for one in OVER])
            wanted = wanted.where(~over if is_open else over)
        return self._cases(wanted)

    def figures(self) -> tuple[Figure, ...]:
        """Count the verifications by agreement, partner and where they stand."""
        by = (_asked.c.agreement, _asked.c.partner, _asked.c.state)
        rows = self._transaction.execute(select(*by, func.count()).group_by(*by).order_by(*by))
        return tuple(Figure(row[0], row[1], State(row[2]), row[3]) for row in rows)

    def group(
        self, states: Collection[State], *, after: str, most: int
    ) -> tuple[Verification, ...]:
        """Return the next verifications in some states, by their keys."""
        listed = [one.value for one in states]
        wanted = select(_asked.c.content).where(_asked.c.state.in_(listed), _asked.c.id > after)
        return self._cases(wanted.order_by(_asked.c.id).limit(most))

    def _doubt(self, case: Verification) -> None:
        self._transaction.execute(delete(_doubted).where(_doubted.c.verification_id == case.id))
        rows = [
            {"verification_id": case.id, "certificate_key": key[:35], "detail": one.detail}
            for key, one in doubted_in(case).items()
        ]
        if rows:
            self._transaction.execute(insert(_doubted), rows)

    def _cases(self, wanted: Select[Any]) -> tuple[Verification, ...]:
        found = self._transaction.execute(wanted).scalars()
        return tuple(_VERIFICATION.validate_python(one) for one in found)


class SuspensionRows:
    """Suspended preference within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, suspension: Suspension) -> None:
        """Keep a suspension."""
        keys = row_of(suspension.goods)
        keys.pop("description_key")
        self._transaction.execute(
            insert(_suspension).values(
                id=suspension.id,
                verification_id=suspension.verification_id,
                since=suspension.since,
                **keys,
                **_ending(suspension),
            )
        )

    def change(self, suspension: Suspension) -> None:
        """Write how a suspension ended."""
        self._transaction.execute(
            update(_suspension)
            .where(_suspension.c.id == suspension.id)
            .values(**_ending(suspension))
        )

    def of(self, verification_id: str) -> tuple[Suspension, ...]:
        """Return the suspensions of a verification, held until the transaction ends."""
        mine = _suspension.c.verification_id == verification_id
        return self._found(select(_suspension.c.content).where(mine).with_for_update())

    def _found(
        self, wanted: Select[Any], asked: Mapping[str, object] | None = None
    ) -> tuple[Suspension, ...]:
        rows = self._transaction.execute(wanted, asked).scalars()
        return tuple(_SUSPENSION.validate_python(one) for one in rows)


class AnswerRows:
    """Verifications that partners ask for, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, answer: Answer) -> None:
        """Keep what a partner asks."""
        asked = answer.asked
        own = {"id": answer.id, "registered_at": answer.registered_at}
        about = {"partner": asked.partner, "case_id": asked.case_id, "agreement": asked.agreement}
        self._transaction.execute(insert(_received).values(**own, **about, **_owed(answer)))

    def change(self, answer: Answer, *, since: Answer) -> bool:
        """Write a changed answer; False when somebody else changed it meanwhile."""
        done = self._transaction.execute(
            update(_received)
            .where(_received.c.id == since.id, _received.c.version == since.version)
            .values(**_owed(answer))
        )
        return done.rowcount == 1

    def find(self, answer_id: str) -> Answer | None:
        """Find what a partner asks by our key."""
        return self._one(_received.c.id == answer_id)

    def named(self, *, partner: str, case_id: str) -> Answer | None:
        """Find what a partner asks by the partner's own key."""
        return self._one(and_(_received.c.partner == partner, _received.c.case_id == case_id))

    def page(self, window: Window, *, state: AnswerState | None) -> tuple[Answer, ...]:
        """Return what partners ask, the newest first."""
        wanted = select(_received.c.content).order_by(_received.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_received.c.id < window.before)
        if state is not None:
            wanted = wanted.where(_received.c.state == state.value)
        found = self._transaction.execute(wanted).scalars()
        return tuple(_ANSWER.validate_python(one) for one in found)

    def add_inquiry(self, inquiry: Inquiry) -> None:
        """Keep what a company is asked."""
        self._transaction.execute(
            insert(_inquiry).values(
                id=inquiry.id,
                received_id=inquiry.received_id,
                company_id=inquiry.company_id,
                **_asking(inquiry),
            )
        )

    def change_inquiry(self, inquiry: Inquiry, *, since: Inquiry) -> bool:
        """Write a changed inquiry; False when somebody else changed it meanwhile."""
        done = self._transaction.execute(
            update(_inquiry)
            .where(_inquiry.c.id == since.id, _inquiry.c.version == since.version)
            .values(**_asking(inquiry))
        )
        return done.rowcount == 1

    def inquiry(self, inquiry_id: str) -> Inquiry | None:
        """Find an inquiry by its key."""
        found = self._inquiries(select(_inquiry.c.content).where(_inquiry.c.id == inquiry_id))
        return next(iter(found), None)

    def inquiries_of(self, answer_id: str) -> tuple[Inquiry, ...]:
        """Return the inquiries about what a partner asks, the oldest first."""
        wanted = select(_inquiry.c.content).where(_inquiry.c.received_id == answer_id)
        return self._inquiries(wanted.order_by(_inquiry.c.id))

    def inquiry_page(
        self, window: Window, *, company: str | None, received_id: str | None
    ) -> tuple[Inquiry, ...]:
        """Return the newest inquiries, of one company or all, of one case or all."""
        wanted = select(_inquiry.c.content).order_by(_inquiry.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_inquiry.c.id < window.before)
        if company is not None:
            wanted = wanted.where(_inquiry.c.company_id == company)
        if received_id is not None:
            wanted = wanted.where(_inquiry.c.received_id == received_id)
        return self._inquiries(wanted)

    def lapsing(self, *, most: int) -> tuple[Inquiry, ...]:
        """Return inquiries that are open, those due first at the head."""
        open_states = [InquiryState.NOTICED.value, InquiryState.PROLONGED.value]
        wanted = select(_inquiry.c.content).where(_inquiry.c.state.in_(open_states))
        return self._inquiries(wanted.order_by(_inquiry.c.due_on, _inquiry.c.id).limit(most))

    def _one(self, condition: Any) -> Answer | None:  # a condition, typed by the database alone
        found = self._transaction.execute(select(_received.c.content).where(condition)).scalar()
        return None if found is None else _ANSWER.validate_python(found)

    def _inquiries(self, wanted: Select[Any]) -> tuple[Inquiry, ...]:
        found = self._transaction.execute(wanted).scalars()
        return tuple(_INQUIRY.validate_python(one) for one in found)


def _moving(case: Verification) -> dict[str, Any]:
    return {
        "state": case.state.value,
        "version": case.version,
        "due_on": case.due_on,
        "content": _VERIFICATION.dump_python(case, mode="json"),
    }


def _owed(answer: Answer) -> dict[str, Any]:
    return {
        "state": answer.state.value,
        "version": answer.version,
        "due_on": answer.clock.due_on,
        "officer_id": answer.officer_id,
        "content": _ANSWER.dump_python(answer, mode="json"),
    }


def _asking(inquiry: Inquiry) -> dict[str, Any]:
    return {
        "state": inquiry.state.value,
        "version": inquiry.version,
        "due_on": inquiry.clock.due_on,
        "content": _INQUIRY.dump_python(inquiry, mode="json"),
    }


def _ending(suspension: Suspension) -> dict[str, Any]:
    ends = [day for day in (suspension.released_on, suspension.lifted_on) if day is not None]
    content = _SUSPENSION.dump_python(suspension, mode="json")
    return {"ends_on": min(ends) if ends else None, "content": content}
