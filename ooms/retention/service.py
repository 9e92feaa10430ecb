"""Propose what is due, delete what two supervisors agreed to, and keep the evidence of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo

from ooms.access.model import User
from ooms.audit.service import record
from ooms.certificates.service import Certificates
from ooms.db import Window, Work
from ooms.errors import ConflictError, MissingError
from ooms.retention.model import (
    KEPT_BY,
    Deletion,
    DeletionList,
    Due,
    Hold,
    Kind,
    ListState,
    Outcome,
    Period,
    Rule,
    SameEyesError,
)
from ooms.retention.repository import RetentionRows, digest_of

#: As many as two people can look at; what is left is on the next list.
MOST_ON_A_LIST = 200
_PROPOSER = "retention-proposals"


class Retention:
    """The desk of retention."""

    def __init__(
        self, *, periods: Mapping[Rule, Period], certificates: Certificates, zone: tzinfo
    ) -> None:
        """Keep things for these periods; days are those of a zone."""
        self.periods = periods
        self._certificates = certificates
        self._zone = zone

    def propose(self, work: Work) -> DeletionList | None:
        """Propose what is due; None when nothing is, or a list waits already."""
        rows = self._rows(work)
        items = tuple(self._due(work))[:MOST_ON_A_LIST]
        if not items or rows.open_list() is not None:
            return None
        made = DeletionList(work.new_id(), items, digest_of(items), work.now)
        rows.add_list(made)
        facts = {"digest": made.digest, "items": str(len(items))}
        _record(work, made, what="retention.proposed", who=_PROPOSER, facts=facts)
        return made

    def try_out(self, work: Work, list_id: str) -> Outcome:
        """Tell what a list would delete now, and what it would skip; nothing is changed."""
        found = self._list(work, list_id)
        kept = set(self._due(work))
        deleted = tuple(
            Deletion(found.id, one, {}, work.now, ("", "")) for one in found.items if one in kept
        )
        return Outcome(deleted, tuple(one for one in found.items if one not in kept))

    def agree(self, work: Work, list_id: str, *, by: User) -> DeletionList:
        """Agree to a list; with the second supervisor's word it is carried out at once.

        1. Hold the list; the first word is kept, and the same person's second one refused.
        2. Look again: what is held by now, or no longer due, stays.
        3. Blank each thing, keep the digest of what was there, and record both.

        Raises:
            ConflictError: the list is carried out or dropped already.
            SameEyesError: the caller agreed before.

        """
        found = self._list(work, list_id)  # 1
        rows = self._rows(work)
        if found.state is ListState.PROPOSED:
            seen = replace(found, state=ListState.SEEN, first_by=by.id)
            rows.change_list(found.id, state=seen.state.value, first_by=by.id)
            _record(work, found, what="retention.seen", who=by.login, facts={})
            return seen
        if found.state is not ListState.SEEN:
            raise ConflictError(what="list", current=found.state, wanted=ListState.DONE)
        if found.first_by is None or found.first_by == by.id:
            raise SameEyesError(what="list", current="seen by you", wanted="agreed to by another")
        outcome = self._carry_out(work, found, eyes=(found.first_by, by.id))  # 2, 3
        rows.change_list(found.id, state=ListState.DONE.value, second_by=by.id, done_at=work.now)
        facts = {
            "digest": found.digest,
            "deleted": str(len(outcome.deleted)),
            "skipped": str(len(outcome.skipped)),
        }
        _record(work, found, what="retention.deleted", who=by.login, facts=facts)
        return replace(found, state=ListState.DONE, second_by=by.id, done_at=work.now)

    def drop(self, work: Work, list_id: str, *, by: User) -> DeletionList:
        """Drop a list that should not be carried out; what is due comes on the next one.

        Raises:
            ConflictError: the list is carried out or dropped already.

        """
        found = self._list(work, list_id)
        if found.state not in (ListState.PROPOSED, ListState.SEEN):
            raise ConflictError(what="list", current=found.state, wanted=ListState.DROPPED)
        self._rows(work).change_list(found.id, state=ListState.DROPPED.value)
        _record(work, found, what="retention.dropped", who=by.login, facts={})
        return replace(found, state=ListState.DROPPED)

    def lists(self, work: Work, window: Window) -> tuple[DeletionList, ...]:
        """Return the newest lists."""
        return self._rows(work).lists(window)

    def deletions(self, work: Work, list_id: str) -> tuple[Deletion, ...]:
        """Return the evidence of what a list deleted."""
        return self._rows(work).deletions(list_id)

    def place_hold(
        self, work: Work, certificate_id: str, *, reason: str, reference: str, by: User
    ) -> Hold:
        """Keep a certificate, and all that it rests on, until the hold is lifted.

        Raises:
            MissingError: there is no such certificate.

        """
        certificate = self._certificates.get(work, certificate_id, by=by)
        hold = Hold(work.new_id(), certificate.id, reason, reference, by.id, work.now)
        self._rows(work).add_hold(hold)
        subject, facts = f"certificate/{certificate.id}", {"reference": reference}
        record(work, who=by.login, what="hold.placed", subject=subject, facts=facts)
        return hold

    def lift_hold(self, work: Work, hold_id: str, *, by: User) -> Hold:
        """Lift a hold.

        Raises:
            MissingError: there is none, or it is lifted already.

        """
        rows = self._rows(work)
        if not rows.lift_hold(hold_id, by=by.id, now=work.now):
            raise MissingError(what="hold that stands", id=hold_id)
        hold = rows.hold(hold_id)
        assert hold is not None
        subject = f"certificate/{hold.certificate_id}"
        record(work, who=by.login, what="hold.lifted", subject=subject)
        return hold

    def holds(self, work: Work, window: Window) -> tuple[Hold, ...]:
        """Return the newest holds."""
        return self._rows(work).holds(window)

    def _carry_out(self, work: Work, found: DeletionList, *, eyes: tuple[str, str]) -> Outcome:
        rows = self._rows(work)
        kept, deleted, skipped = set(self._due(work)), [], []
        for due in found.items:
            if due not in kept:
                skipped.append(due)
                continue
            deletion = Deletion(found.id, due, rows.erase(due, on=work.today), work.now, eyes)
            rows.record(deletion)
            deleted.append(deletion)
        return Outcome(tuple(deleted), tuple(skipped))

    def _due(self, work: Work) -> Iterator[Due]:
        rows = self._rows(work)
        finding = {
            Kind.CERTIFICATE: rows.certificates,
            Kind.APPLICATION: rows.applications,
            Kind.DETERMINATION: rows.determinations,
            Kind.BILL: rows.bills,
            Kind.SUPPLIER_DECLARATION: rows.declarations,
            Kind.ERROR_NOTICE: rows.notices,
            Kind.LIST_CONTEST: rows.contests,
            Kind.USER: rows.leavers,
        }
        for kind, find in finding.items():
            period = self.periods[KEPT_BY[kind]]
            yield from find(period, today=work.today, most=MOST_ON_A_LIST)

    def _list(self, work: Work, list_id: str) -> DeletionList:
        found = self._rows(work).lock_list(list_id)
        if found is None:
            raise MissingError(what="list of what is due", id=list_id)
        return found

    def _rows(self, work: Work) -> RetentionRows:
        return RetentionRows(work.transaction, self._zone)


def _record(work: Work, about: DeletionList, *, what: str, who: str, facts: dict[str, str]) -> None:
    record(work, who=who, what=what, subject=f"deletion-list/{about.id}", facts=facts)
