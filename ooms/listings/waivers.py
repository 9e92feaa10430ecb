"""Waive the review of listed applicants, by rule, and look at a sample of their issues later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ooms.access.model import User
from ooms.approvals.service import Approvals, approval_on
from ooms.audit.service import record
from ooms.db import Work
from ooms.errors import ConflictError, MissingError
from ooms.kernel.period import add_months
from ooms.listings.model import (
    Entry,
    Fact,
    FactKind,
    Ground,
    ListKind,
    PostOutcome,
    Waiver,
    is_sampled,
)
from ooms.listings.repository import FactRows, ListRows, WaiverRows

_AT_ONCE = 200
_CLERK = "review-waivers"
_BY_APPROVAL = frozenset({Ground.COMPANY_APPROVAL, Ground.ITEM_APPROVAL})

#: Pairs of an agreement and a tariff code.
Goods = Iterable[tuple[str, str]]


class Waivers:
    """Who needs no review, and what is looked at later."""

    def __init__(self, approvals: Approvals) -> None:
        """Waive by the scheme of that desk."""
        self._approvals = approvals

    def grant(
        self, work: Work, application_id: str, *, exporter_id: str, goods: Goods
    ) -> Waiver | None:
        """Waive the review of an application, if its applicant is listed and still deserves it.

        1. The applicant is on a list of waivers in force, and on none for on-site checks.
        2. What put him there holds today, for all of these goods.
        3. Whether the issue is looked at later follows from its id and the list's seed.
        """
        rows = ListRows(work.transaction)
        if rows.in_force(ListKind.ON_SITE, on=work.today, exporter_id=exporter_id):  # 1
            return None
        listed = rows.in_force(ListKind.REVIEW_WAIVER, on=work.today, exporter_id=exporter_id)
        wanted, entries = tuple(goods), tuple(one for _, _, one in listed)
        for edition_id, seed, entry in listed:
            detail = self._detail(work, entry, listed=entries, goods=wanted)  # 2
            if not detail:
                continue
            percent = self._approvals.scheme.lists.waiver.sample.percent
            waiver = Waiver(
                application_id=application_id,
                exporter_id=exporter_id,
                edition_id=edition_id,
                ground=entry.ground,
                detail=detail,
                granted_on=work.today,
                is_sampled=is_sampled(application_id, seed=seed, percent=percent),  # 3
            )
            WaiverRows(work.transaction).add(waiver)
            _record(work, waiver, "application.review_waived", who=_CLERK)
            return waiver
        return None

    def mark_issued(self, work: Work, application_id: str) -> None:
        """Keep that a certificate was issued without review, today."""
        WaiverRows(work.transaction).mark_issued(application_id, on=work.today)

    def get(self, work: Work, application_id: str, *, by: User) -> Waiver:
        """Return the waiver of an application that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = WaiverRows(work.transaction).find(application_id)
        if found is None:
            raise MissingError(what="waiver of application", id=application_id)
        by.require_sight(found.exporter_id, what="waiver of application", id=application_id)
        return found

    def to_check(self, work: Work) -> tuple[Waiver, ...]:
        """Return the sampled issues that wait for a later look."""
        return WaiverRows(work.transaction).to_check(most=_AT_ONCE)

    def keep_outcome(
        self, work: Work, application_id: str, *, outcome: PostOutcome, text: str, by: User
    ) -> Waiver:
        """Keep what a later look found.

        Raises:
            MissingError: this issue is not among those to look at.
            ConflictError: somebody looked already.

        """
        rows = WaiverRows(work.transaction)
        found = rows.find(application_id)
        if found is None or not found.is_sampled or found.issued_on is None:
            raise MissingError(what="sampled issue", id=application_id)
        checked = replace(found, outcome=outcome, text=text, checked_by=by.id, checked_at=work.now)
        if not rows.keep_outcome(checked):
            raise ConflictError(what="later look", current="done", wanted="done")
        _record(work, checked, "application.post_checked", who=by.login)
        return checked

    def _detail(
        self,
        work: Work,
        entry: Entry,
        *,
        listed: tuple[Entry, ...],
        goods: tuple[tuple[str, str], ...],
    ) -> str:
        if entry.ground in _BY_APPROVAL:
            return _approvals_of(work, entry, listed=listed, goods=goods)
        facts = FactRows(work.transaction).every(exporter_id=entry.exporter_id)
        return entry.detail if any(self._still(work, entry, one) for one in facts) else ""

    def _still(self, work: Work, entry: Entry, fact: Fact) -> bool:
        if not fact.holds(work.today):
            return False
        rule = self._approvals.scheme.lists.waiver
        if entry.ground is Ground.AEO:
            return fact.kind is FactKind.AEO and fact.code in rule.grades
        since = add_months(work.today, -rule.verified_within_months)
        return fact.kind is FactKind.CLEAN_VERIFICATION and fact.happened_on >= since


def _approvals_of(
    work: Work, entry: Entry, *, listed: tuple[Entry, ...], goods: tuple[tuple[str, str], ...]
) -> str:
    """Name the approvals that cover all goods today; nothing where the list lacks one of them."""
    approved = [one for one in listed if one.ground in _BY_APPROVAL]
    numbers = set()
    for agreement, hs in goods:
        found = approval_on(
            work, exporter_id=entry.exporter_id, agreement=agreement, hs6=hs, on=work.today
        )
        if found is None or not any(one.covers(agreement, hs) for one in approved):
            return ""
        numbers.add(found.number)
    return f"approved exporter {', '.join(sorted(numbers))}" if numbers else ""


def _record(work: Work, waiver: Waiver, what: str, *, who: str) -> None:
    record(
        work,
        who=who,
        what=what,
        subject=f"application/{waiver.application_id}",
        reason_code=waiver.ground,
        facts={"detail": waiver.detail, "list": waiver.edition_id},
    )
