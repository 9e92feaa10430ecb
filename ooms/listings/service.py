"""Keep the lists of applicants: facts stated, figures counted, editions proposed and fixed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from ooms.access.model import User
from ooms.approvals.repository import ApprovalRows
from ooms.approvals.scheme import UnknownSchemeCodeError, find
from ooms.approvals.service import Approvals
from ooms.audit.service import record
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.exporters.service import Exporters
from ooms.kernel.period import add_months
from ooms.listings.model import (
    Approved,
    Contest,
    Edition,
    EditionState,
    Entry,
    Fact,
    FactKind,
    Ground,
    ListKind,
    OnSiteRule,
    Tally,
    WaiverGrounds,
    digest_of,
    on_site_entries,
    waiver_entries,
)
from ooms.listings.repository import FactRows, ListRows

SEED_BYTES = 16
_CLERK = "office-clocks"
_UPHELD = "CONTEST_UPHELD"
_URGENT = frozenset({Ground.ERROR_RATE, Ground.CONVICTIONS, Ground.JUDGMENT})


class Tallies(Protocol):
    """Whoever counts applications and their errors from what was recorded."""

    def count(
        self,
        work: Work,
        *,
        year: int,
        counted: frozenset[str],
        faults: frozenset[str],
        exporter_id: str | None = None,
    ) -> tuple[Tally, ...]:
        """Count the applications of a year, by company."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """What a company sees of itself: its figures in words, and the lists that it stands on."""

    tally: Tally
    words: str
    source: str
    counted: str
    above_percent: Decimal
    entries: tuple[tuple[ListKind, str, Entry], ...]


class Listings:
    """The desk of lists."""

    def __init__(self, approvals: Approvals, exporters: Exporters, tallies: Tallies) -> None:
        """List by the scheme of that desk, on what is counted elsewhere."""
        self._approvals = approvals
        self._exporters = exporters
        self._tallies = tallies

    # Facts

    def state_fact(self, work: Work, fact: Fact, *, by: User) -> Fact:
        """Keep a fact that an officer states about an applicant.

        Raises:
            UnfitError: its code is not the scheme's, or its day has not come.

        """
        rules = self._approvals.scheme.lists
        self._exporters.get(work, fact.exporter_id, by=by)
        known = {
            FactKind.CONVICTION: rules.convictions.laws,
            FactKind.AEO: rules.waiver.grades,
        }.get(fact.kind)
        if known is not None and fact.code not in known:
            detail = f"{fact.code or 'nothing'} is none of {', '.join(known)}"
            raise UnknownSchemeCodeError(Flaw("/code", detail))
        if fact.happened_on > work.today:
            raise UnfitError(Flaw("/happened_on", "the day has not come yet"))
        kept = replace(fact, id=work.new_id(), stated_by=by.id, stated_at=work.now)
        FactRows(work.transaction).add(kept)
        facts = {"fact": kept.id, "code": kept.code}
        _record(work, kept.exporter_id, "fact_stated", who=by.login, code=kept.kind, facts=facts)
        return kept

    def withdraw_fact(self, work: Work, fact_id: str, *, because: str, by: User) -> Fact:
        """Take a fact back; lists that are fixed stay as they are.

        Raises:
            MissingError: there is no such fact.
            ConflictError: it was taken back already.

        """
        rows = FactRows(work.transaction)
        found = rows.find(fact_id)
        if found is None:
            raise MissingError(what="fact", id=fact_id)
        gone = replace(found, withdrawn_at=work.now, withdrawn_because=because)
        if not rows.withdraw(gone):
            raise ConflictError(what="fact", current="withdrawn", wanted="withdrawn")
        facts = {"fact": fact_id, "reason": because}
        _record(work, gone.exporter_id, "fact_withdrawn", who=by.login, code=gone.kind, facts=facts)
        return gone

    def facts(self, work: Work, exporter_id: str) -> tuple[Fact, ...]:
        """Return what is stated about a company."""
        return FactRows(work.transaction).every(exporter_id=exporter_id)

    # Figures

    def standing(self, work: Work, exporter_id: str, *, year: int) -> Standing:
        """Return a company's figures of a year, in words, and the lists that it stands on."""
        rule = self._approvals.scheme.lists.errors
        found = self._count(work, year, exporter_id=exporter_id)
        tally = found[0] if found else Tally(exporter_id, year, 0, {})
        rows = ListRows(work.transaction)
        entries = tuple(
            (kind, edition_id, one)
            for kind in ListKind
            for edition_id, _, one in rows.in_force(kind, on=work.today, exporter_id=exporter_id)
        )
        words = tally.words(rule.above_percent)
        counted, above = rule.counted.source, rule.above_percent
        return Standing(tally, words, rule.source, counted, above, entries)

    # Editions

    def turn(self, work: Work) -> int:
        """Propose the lists of the year that nobody has proposed yet; tell how many."""
        rows, year = ListRows(work.transaction), work.today.year
        missing = [
            kind
            for kind in ListKind
            if all(
                one.is_urgent or one.state is EditionState.DROPPED
                for one in rows.of(kind, year=year)
            )
        ]
        for kind in missing:
            self.propose(work, kind, who=_CLERK)
        return len(missing)

    def propose(self, work: Work, kind: ListKind, *, who: str) -> Edition:
        """Propose this year's list afresh, from today's facts and last year's figures.

        Raises:
            ConflictError: this year's list is fixed already.

        """
        rows, year = ListRows(work.transaction), work.today.year
        for one in rows.of(kind, year=year):
            if one.state is EditionState.PUBLISHED and not one.is_urgent:
                raise ConflictError(what=f"list {kind} of {year}", current="fixed", wanted="anew")
            if one.state is EditionState.PROPOSED:
                dropped = replace(one, state=EditionState.DROPPED)
                rows.move(dropped, since=EditionState.PROPOSED)
        edition = Edition(
            id=work.new_id(),
            kind=kind,
            year=year,
            state=EditionState.PROPOSED,
            entries=self._entries(work, kind),
            due_on=self._approvals.scheme.lists.due(year),
            proposed_at=work.now,
        )
        rows.add(edition)
        self._note(work, edition, "proposed", who=who)
        return edition

    def publish(self, work: Work, edition_id: str, *, by: User) -> Edition:
        """Fix a proposed list: dated, with the digest of what it says; it never changes again.

        Raises:
            ConflictError: it is fixed, or another was proposed in its place.

        """
        found = self.edition(work, edition_id)
        if found.state is not EditionState.PROPOSED:
            raise ConflictError(what="list", current=found.state, wanted="fixed")
        fixed = self._fixed(work, found, by=by)
        rows = ListRows(work.transaction)
        if not rows.move(fixed, since=EditionState.PROPOSED):
            raise ConflictError(what="list", current="changed meanwhile", wanted="fixed")
        rows.close(fixed.kind, on=work.today, but=fixed.id)
        self._note(work, fixed, "fixed", who=by.login)
        return fixed

    def list_urgently(self, work: Work, entry: Entry, *, by: User) -> Edition:
        """Put a company on the list for on-site checks at once (Notice 30(2) in Korea).

        Raises:
            UnfitError: nobody is listed on such a ground.

        """
        self._exporters.get(work, entry.exporter_id, by=by)
        if entry.ground not in _URGENT:
            raise UnfitError(Flaw("/ground", f"one of {', '.join(sorted(_URGENT))}"))
        urgent = Edition(
            id=work.new_id(),
            kind=ListKind.ON_SITE,
            year=work.today.year,
            state=EditionState.PROPOSED,
            entries=(entry,),
            due_on=work.today,
            proposed_at=work.now,
            is_urgent=True,
        )
        fixed = self._fixed(work, urgent, by=by)
        ListRows(work.transaction).add(fixed)
        self._note(work, fixed, "fixed", who=by.login)
        return fixed

    def remove(
        self, work: Work, edition_id: str, *, exporter_id: str, why: tuple[str, str], by: User
    ) -> Edition:
        """Take a company off a list, for a reason that the scheme knows.

        Raises:
            MissingError: it does not stand on this list.

        """
        code, because = why
        find(self._approvals.scheme.lists.removals, code, level=None, pointer="/reason_code")
        rows = ListRows(work.transaction)
        if not rows.remove(edition_id, exporter_id, on=work.today, code=code, because=because):
            raise MissingError(what="entry on the list", id=exporter_id)
        facts = {"edition": edition_id, "reason": because}
        _record(work, exporter_id, "list_left", who=by.login, code=code, facts=facts)
        return self.edition(work, edition_id)

    def edition(self, work: Work, edition_id: str) -> Edition:
        """Return an edition.

        Raises:
            MissingError: there is none.

        """
        found = ListRows(work.transaction).find(edition_id)
        if found is None:
            raise MissingError(what="edition of a list", id=edition_id)
        return found

    def editions(self, work: Work, kind: ListKind) -> tuple[Edition, ...]:
        """Return the editions of a list, the newest first."""
        self._approvals.scheme  # noqa: B018  # refuses where there is none
        return ListRows(work.transaction).of(kind)

    def listed(self, work: Work, exporter_id: str) -> tuple[Entry, ...]:
        """Return why a company is to be checked on site today; nothing when it is not."""
        rows = ListRows(work.transaction)
        found = rows.in_force(ListKind.ON_SITE, on=work.today, exporter_id=exporter_id)
        return tuple(one for _, _, one in found)

    # Contests

    def contest(self, work: Work, edition_id: str, *, statement: str, by: User) -> Contest:
        """Keep a company's statement against its entry.

        Raises:
            MissingError: it does not stand on this list.

        """
        company = by.company or ""
        edition = self.edition(work, edition_id)
        if company not in {one.exporter_id for one in edition.entries}:
            raise MissingError(what="edition of a list", id=edition_id)
        made = Contest(work.new_id(), company, edition_id, statement, by.id, work.now)
        FactRows(work.transaction).add_contest(made)
        facts = {"edition": edition_id, "contest": made.id}
        _record(work, company, "list_contested", who=by.login, facts=facts)
        return made

    def answer_contest(
        self, work: Work, contest_id: str, *, is_upheld: bool, answer: str, by: User
    ) -> Contest:
        """Answer a contest; upheld, the company leaves the list.

        Raises:
            MissingError: there is no such contest.
            ConflictError: it was answered already.

        """
        rows = FactRows(work.transaction)
        found = next((one for one in rows.contests() if one.id == contest_id), None)
        if found is None:
            raise MissingError(what="contest", id=contest_id)
        answered = replace(
            found, is_upheld=is_upheld, answer=answer, answered_by=by.id, answered_at=work.now
        )
        if not rows.answer_contest(answered):
            raise ConflictError(what="contest", current="answered", wanted="answered")
        if is_upheld:
            ListRows(work.transaction).remove(
                found.edition_id, found.exporter_id, on=work.today, code=_UPHELD, because=answer
            )
        facts = {"contest": contest_id, "upheld": str(is_upheld).lower()}
        _record(work, found.exporter_id, "contest_answered", who=by.login, facts=facts)
        return answered

    def contests(self, work: Work, *, by: User) -> tuple[Contest, ...]:
        """Return the contests that the caller may see."""
        return FactRows(work.transaction).contests(exporter_id=by.company)

    def _entries(self, work: Work, kind: ListKind) -> tuple[Entry, ...]:
        rules, facts = self._approvals.scheme.lists, FactRows(work.transaction).every()
        if kind is ListKind.ON_SITE:
            rule = OnSiteRule(rules.errors.above_percent, rules.convictions.least)
            tallies = self._count(work, work.today.year - 1)
            return on_site_entries(rule, year=work.today.year, tallies=tallies, facts=facts)
        grounds = WaiverGrounds(
            rules.waiver.grades,
            add_months(work.today, -rules.waiver.verified_within_months),
            work.today,
        )
        on_site = ListRows(work.transaction).in_force(ListKind.ON_SITE, on=work.today)
        listed = frozenset(one.exporter_id for _, _, one in on_site)
        return waiver_entries(grounds, approved=_approved(work), facts=facts, listed=listed)

    def _count(self, work: Work, year: int, *, exporter_id: str | None = None) -> tuple[Tally, ...]:
        counted = self._approvals.scheme.lists.errors.counted
        return self._tallies.count(
            work,
            year=year,
            counted=frozenset(counted.what),
            faults=frozenset(counted.faults),
            exporter_id=exporter_id,
        )

    def _fixed(self, work: Work, edition: Edition, *, by: User) -> Edition:
        waives = edition.kind is ListKind.REVIEW_WAIVER
        months = self._approvals.scheme.lists.waiver.months
        return replace(
            edition,
            state=EditionState.PUBLISHED,
            published_by=by.id,
            published_on=work.today,
            valid_until=add_months(work.today, months) if waives else None,
            seed=work.noise(SEED_BYTES).hex() if waives else "",
            digest=digest_of(edition.kind, edition.year, edition.entries),
        )

    def _note(self, work: Work, edition: Edition, what: str, *, who: str) -> None:
        facts = {"kind": edition.kind.value, "year": str(edition.year), "digest": edition.digest}
        subject = f"list-edition/{edition.id}"
        record(work, who=who, what=f"list.{what}", subject=subject, facts=facts)


def _approved(work: Work) -> tuple[Approved, ...]:
    """Return the approvals of whole entities; what one site may do, no application can say."""
    return tuple(
        Approved(one.exporter_id, one.number, one.scope.agreement, one.scope.hs6)
        for one in ApprovalRows(work.transaction).holding(work.today)
        if one.scope.site_id is None
    )


def _record(  # noqa: PLR0913  # the facts of one entry, each by its name
    work: Work,
    exporter_id: str,
    what: str,
    *,
    who: str,
    code: str = "",
    facts: dict[str, str],
) -> None:
    subject = f"exporter/{exporter_id}"
    record(work, who=who, what=f"applicant.{what}", subject=subject, reason_code=code, facts=facts)
