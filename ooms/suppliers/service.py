"""Ask suppliers for declarations, take their statements, and let them begin and end."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from ooms.access.model import User
from ooms.agreements.editions import Editions
from ooms.agreements.registry import Registry
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.suppliers.lint import lint
from ooms.suppliers.model import (
    OPEN,
    Declaration,
    Goods,
    Kind,
    Link,
    LinkError,
    State,
    Statement,
    Supplier,
    advance,
)
from ooms.suppliers.repository import DeclarationRows

TOKEN_BYTES = 32
LINK_LASTS = timedelta(days=30)
REMIND_EVERY = timedelta(days=7)
MOST_REMINDERS = 5
#: How long before its end a declaration counts as expiring.
WARN_BEFORE = timedelta(days=60)
_AT_ONCE = 500  # rows that one step of a job takes
_SUPPLIER = "supplier"
_OFFICE = "office"
#: The moves that whoever rests on a declaration hears of.
_TOLD = frozenset({State.EXPIRING, State.EXPIRED, State.REVOKED})


@dataclass(frozen=True, slots=True)
class Asked:
    """What an exporter asks a supplier for."""

    kind: Kind
    agreement: str
    supplier: Supplier
    goods: Goods
    within_days: int


class Dependents(Protocol):
    """Whoever rests on declarations and has to know when one of them ends."""

    def declaration_changed(self, work: Work, declaration: Declaration) -> None:
        """Hear that a declaration is expiring, expired or revoked."""
        ...


class Suppliers:
    """The desk of suppliers' declarations."""

    def __init__(self, *, registry: Registry, editions: Editions) -> None:
        """Know the agreements and editions that declarations name."""
        self._registry = registry
        self._editions = editions
        self._dependents: Dependents | None = None

    def connect(self, dependents: Dependents) -> None:
        """Tell somebody of declarations that end."""
        self._dependents = dependents

    def request(self, work: Work, asked: Asked, *, by: User) -> Declaration:
        """Ask a supplier for a declaration; `renew_link` then makes what he answers with.

        Raises:
            UnfitError: the caller acts for no company, or agreement or code are unknown.

        """
        if by.exporter_id is None:
            raise UnfitError(Flaw("", "only an exporter asks suppliers"))
        if asked.agreement not in self._registry.codes:
            raise UnfitError(Flaw("/agreement", f"no agreement {asked.agreement} is loaded"))
        declaration = Declaration(
            id=work.new_id(),
            exporter_id=by.exporter_id,
            kind=asked.kind,
            agreement=asked.agreement,
            supplier=asked.supplier,
            goods=asked.goods,
            state=State.REQUESTED,
            requested_at=work.now,
            answer_by=work.today + timedelta(days=asked.within_days),
            remind_on=work.today + REMIND_EVERY,
        )
        DeclarationRows(work.transaction).add(declaration)
        self._record(work, declaration, who=by.login)
        return declaration

    def renew_link(self, work: Work, declaration_id: str, *, by: User) -> tuple[Declaration, str]:
        """Make a link that opens a declaration to its supplier once; only its digest is kept.

        Raises:
            MissingError: there is no such declaration.
            ConflictError: the supplier has answered already.

        """
        declaration = self.get(work, declaration_id, by=by)
        if declaration.state not in OPEN:
            raise ConflictError(
                what="supplier declaration", current=declaration.state, wanted="asked again"
            )
        token = base64.urlsafe_b64encode(work.noise(TOKEN_BYTES)).decode().rstrip("=")
        link = Link(declaration.id, _digest(token), work.now + LINK_LASTS)
        DeclarationRows(work.transaction).add_link(link)
        record(work, who=by.login, what="declaration.link_made", subject=_subject(declaration))
        return declaration, token

    def asked(self, work: Work, token: str) -> Declaration:
        """Show a supplier what his link opens.

        Raises:
            LinkError: the link is unknown or past its day.

        """
        return self._opened(work, token)[1]

    def receive(self, work: Work, token: str, *, statement: Statement) -> Declaration:
        """Take a supplier's statement.

        1. Open the declaration by its link; the same statement again gets the same answer.
        2. Lint the statement; with findings it waits to be sent again by the same link.
        3. Without, the link is spent, and the declaration counts from its first day on.

        Raises:
            LinkError: the link is unknown, used for another statement, or past its day.

        """
        link, current = self._opened(work, token)  # 1
        if link.spent_at is not None:
            if current.statement == statement:
                return current
            raise LinkError(reason="the link was used for another statement")
        findings = lint(current, statement, editions=self._editions, today=work.today)  # 2
        received = replace(
            current,
            state=advance(current.state, State.RECEIVED),
            statement=statement,
            findings=findings,
            remind_on=None,
        )
        received = self._change(work, current, received, who=_SUPPLIER)
        if findings:
            return received
        DeclarationRows(work.transaction).spend(link, now=work.now)  # 3
        checked = self._move(work, received, State.CHECKED, who=_OFFICE)
        return self._begin(work, checked, who=_OFFICE)

    def revoke_by_link(self, work: Work, token: str, *, reason: str) -> Declaration:
        """Let a supplier take back what he stated.

        Raises:
            LinkError: the link is unknown, or past its day and never used.
            ConflictError: the declaration is revoked already.

        """
        current = self._opened(work, token)[1]
        return self._revoke(work, current, reason=reason, who=_SUPPLIER)

    def revoke(self, work: Work, declaration_id: str, *, reason: str, by: User) -> Declaration:
        """Take a declaration out of use, on the supplier's notice or on the officer's finding.

        Raises:
            MissingError: there is no such declaration.
            ConflictError: it is revoked already.

        """
        current = self.get(work, declaration_id, by=by)
        return self._revoke(work, current, reason=reason, who=by.login)

    def confirm(self, work: Work, declaration_id: str, *, reference: str, by: User) -> Declaration:
        """Keep what customs found when it checked a declaration (Notice 40).

        Raises:
            MissingError: there is no such declaration.
            ConflictError: it does not wait for customs.

        """
        current = self.get(work, declaration_id, by=by)
        if current.state is not State.CHECKED or not current.waits_for_customs:
            raise ConflictError(
                what="supplier declaration", current=current.state, wanted="confirmed"
            )
        confirmed = replace(current, customs_reference=reference)
        confirmed = self._change(work, current, confirmed, who=by.login)
        return self._begin(work, confirmed, who=by.login)

    def get(self, work: Work, declaration_id: str, *, by: User) -> Declaration:
        """Return a declaration that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = DeclarationRows(work.transaction).find(declaration_id)
        if found is None:
            raise MissingError(what="supplier declaration", id=declaration_id)
        by.require_sight(found.exporter_id, what="supplier declaration", id=declaration_id)
        return found

    def page(
        self, work: Work, window: Window, *, state: State | None, by: User
    ) -> tuple[Declaration, ...]:
        """Return the declarations that the caller may see, in a state or in all."""
        return DeclarationRows(work.transaction).page(window, company=by.company, state=state)

    def cited(self, work: Work, ids: Iterable[str]) -> dict[str, Declaration]:
        """Return declarations that bills cite, by key; whose they are the caller compares."""
        return {one.id: one for one in DeclarationRows(work.transaction).these(ids)}

    def remind(self, work: Work) -> int:
        """Remind suppliers who have not answered; after the last time they are left alone."""
        due = DeclarationRows(work.transaction).to_remind(on=work.today, most=_AT_ONCE)
        for current in due:
            count = current.reminders + 1
            again = work.today + REMIND_EVERY if count < MOST_REMINDERS else None
            reminded = replace(
                current,
                state=advance(current.state, State.REMINDED),
                reminders=count,
                remind_on=again,
            )
            self._change(work, current, reminded, who=_OFFICE)
        return len(due)

    def turn(self, work: Work) -> int:
        """Let declarations begin, near their end, and end; whoever rests on them is told."""
        due = DeclarationRows(work.transaction).to_move(
            on=work.today, warned_until=work.today + WARN_BEFORE, most=_AT_ONCE
        )
        return sum(self._turned(work, one) for one in due)

    def _turned(self, work: Work, current: Declaration) -> bool:
        if current.state is State.CHECKED:
            return self._begin(work, current, who=_OFFICE) is not current
        end = current.statement.valid_until if current.statement else None
        has_ended = end is not None and end <= work.today
        wanted = State.EXPIRED if has_ended else State.EXPIRING
        self._move(work, current, wanted, who=_OFFICE)
        return True

    def _begin(self, work: Work, current: Declaration, *, who: str) -> Declaration:
        statement = current.statement
        if current.waits_for_customs or statement is None or statement.valid_from > work.today:
            return current
        return self._move(work, current, State.VALID, who=who)

    def _revoke(self, work: Work, current: Declaration, *, reason: str, who: str) -> Declaration:
        revoked = replace(
            current, state=advance(current.state, State.REVOKED), reason=reason, remind_on=None
        )
        return self._change(work, current, revoked, who=who)

    def _move(self, work: Work, current: Declaration, wanted: State, *, who: str) -> Declaration:
        moved = replace(current, state=advance(current.state, wanted))
        return self._change(work, current, moved, who=who)

    def _change(
        self, work: Work, since: Declaration, changed: Declaration, *, who: str
    ) -> Declaration:
        changed = replace(changed, version=since.version + 1)
        if not DeclarationRows(work.transaction).change(changed, since=since):
            raise ConflictError(
                what="supplier declaration", current="changed meanwhile", wanted=changed.state
            )
        self._record(work, changed, who=who)
        if changed.state in _TOLD and changed.state is not since.state and self._dependents:
            self._dependents.declaration_changed(work, changed)
        return changed

    def _opened(self, work: Work, token: str) -> tuple[Link, Declaration]:
        rows = DeclarationRows(work.transaction)
        link = rows.link(_digest(token))
        declaration = rows.find(link.declaration_id) if link else None
        if link is None or declaration is None:
            raise LinkError(reason="the link is unknown")
        if link.spent_at is None and link.expires_at <= work.now:
            raise LinkError(reason="the link is past its day")
        return link, declaration

    def _record(self, work: Work, declaration: Declaration, *, who: str) -> None:
        record(
            work,
            who=who,
            what=f"declaration.{declaration.state.lower()}",
            subject=_subject(declaration),
            facts={"kind": declaration.kind, "agreement": declaration.agreement},
        )


def _subject(declaration: Declaration) -> str:
    return f"declaration/{declaration.id}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
