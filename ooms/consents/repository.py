"""Adds and reads consents and releases; nothing here changes a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, insert, select

from ooms.consents import tables
from ooms.consents.model import Class, Consent, Purpose, Release, Subject, Withdrawal
from ooms.db import Transaction, Window

_t, _gone, _release = tables.consent, tables.withdrawal, tables.release


class ConsentRows:
    """The ledger of consents within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, consent: Consent) -> None:
        """Keep a consent."""
        self._transaction.execute(
            insert(_t).values(
                id=consent.id,
                **_subject_row(consent.subject),
                partner=consent.partner,
                purpose=consent.purpose.value,
                given_by=consent.given_by,
                given_at=consent.given_at,
                valid_from=consent.valid_from,
                valid_until=consent.valid_until,
            )
        )

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Keep that a consent was taken back; its key lets that happen once."""
        self._transaction.execute(
            insert(_gone).values(
                consent_id=withdrawal.consent_id,
                withdrawn_by=withdrawal.withdrawn_by,
                reason=withdrawal.reason,
                withdrawn_at=withdrawal.withdrawn_at,
            )
        )

    def lock(self, consent_id: str) -> Consent | None:
        """Find a consent, and let nobody else take it back or rest on it meanwhile."""
        held = select(_t.c.id).where(_t.c.id == consent_id).with_for_update()
        self._transaction.execute(held)
        return self.find(consent_id)

    def find(self, consent_id: str) -> Consent | None:
        """Find a consent by its key."""
        return next(iter(self._consents(_every().where(_t.c.id == consent_id))), None)

    def of(self, company_id: str, *, partner: str) -> tuple[Consent, ...]:
        """Return what a company consented to with a partner, the oldest first."""
        wanted = _every().where(_t.c.company_id == company_id, _t.c.partner == partner)
        return self._consents(wanted.order_by(_t.c.id))

    def page(self, window: Window, *, company: str | None) -> tuple[Consent, ...]:
        """Return the newest consents; `company` narrows to one company's."""
        wanted = window.of(_every(), by=_t.c.id)
        if company is not None:
            wanted = wanted.where(_t.c.company_id == company)
        return self._consents(wanted)

    def add_release(self, release: Release) -> None:
        """Keep what was released."""
        self._transaction.execute(
            insert(_release).values(
                id=release.id,
                **_subject_row(release.subject),
                partner=release.partner,
                purpose=release.purpose.value,
                sha256=release.sha256,
                consents=list(release.consents),
                released_by=release.released_by,
                released_at=release.released_at,
            )
        )

    def releases(self, window: Window, *, company: str | None) -> tuple[Release, ...]:
        """Return the newest releases; `company` narrows to one company's."""
        wanted = window.of(select(_release), by=_release.c.id)
        if company is not None:
            wanted = wanted.where(_release.c.company_id == company)
        return tuple(_read_release(row) for row in self._transaction.execute(wanted).mappings())

    def _consents(self, wanted: Select[Any]) -> tuple[Consent, ...]:
        return tuple(_read(row) for row in self._transaction.execute(wanted).mappings())


def _every() -> Select[Any]:
    gone = (_gone.c.withdrawn_by, _gone.c.reason, _gone.c.withdrawn_at)
    return select(_t, *gone).outerjoin(_gone, _gone.c.consent_id == _t.c.id)


def _subject_row(subject: Subject) -> dict[str, Any]:
    return {
        "company_id": subject.company_id,
        "classes": sorted(one.value for one in subject.classes),
        "thing": subject.thing,
    }


def _subject(row: Mapping[Any, Any]) -> Subject:
    classes = frozenset(Class(one) for one in row["classes"])
    return Subject(row["company_id"], classes, row["thing"])


def _read(row: Mapping[Any, Any]) -> Consent:
    withdrawal = None
    if row["withdrawn_at"] is not None:
        withdrawal = Withdrawal(row["id"], row["withdrawn_by"], row["reason"], row["withdrawn_at"])
    return Consent(
        id=row["id"],
        subject=_subject(row),
        partner=row["partner"],
        purpose=Purpose(row["purpose"]),
        given_by=row["given_by"],
        given_at=row["given_at"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        withdrawal=withdrawal,
    )


def _read_release(row: Mapping[Any, Any]) -> Release:
    return Release(
        id=row["id"],
        subject=_subject(row),
        partner=row["partner"],
        purpose=Purpose(row["purpose"]),
        sha256=row["sha256"],
        consents=tuple(row["consents"]),
        released_by=row["released_by"],
        released_at=row["released_at"],
    )
