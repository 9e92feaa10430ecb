"""Reads and writes companies, and what is kept about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from ooms.access.model import Scope
from ooms.db import Transaction, Window
from ooms.exporters import tables
from ooms.exporters.model import (
    Account,
    Delegation,
    Exporter,
    Signatory,
    SignatureCard,
    Site,
    State,
    Wanted,
)

_t, _account, _site = tables.exporter, tables.account, tables.site
_card, _delegation = tables.card, tables.delegation


class ExporterRows:
    """Companies within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, exporter: Exporter) -> None:
        """Keep a new company."""
        signatory = exporter.signatory
        self._transaction.execute(
            insert(_t).values(
                id=exporter.id,
                name=exporter.name,
                address=exporter.address,
                city=exporter.city,
                country=exporter.country,
                tax_id=exporter.tax_id,
                telephone=exporter.telephone,
                fax=exporter.fax,
                email=exporter.email,
                signatory_name=signatory.name,
                signatory_title=signatory.title,
                signatory_place=signatory.place,
                registered_at=exporter.registered_at,
            )
        )

    def find(self, exporter_id: str) -> Exporter | None:
        """Find a company by its key."""
        row = self._transaction.execute(select(_t).where(_t.c.id == exporter_id)).mappings().first()
        return _read(row) if row else None

    def change_signatory(self, company_id: str, signatory: Signatory) -> None:
        """Let somebody else sign for a company."""
        self._transaction.execute(
            update(_t)
            .where(_t.c.id == company_id)
            .values(
                signatory_name=signatory.name,
                signatory_title=signatory.title,
                signatory_place=signatory.place,
            )
        )

    def numbered(self, *, country: str, tax_id: str) -> str | None:
        """Return the key of the company with a tax number, if it is registered."""
        found = select(_t.c.id).where(_t.c.country == country, _t.c.tax_id == tax_id)
        return self._transaction.execute(found).scalar_one_or_none()

    def page(self, window: Window, *, company: str | None, wanted: Wanted) -> tuple[Exporter, ...]:
        """Return the newest companies that are wanted; `company` narrows to one."""
        chosen = window.of(select(_t), by=_t.c.id)
        if company is not None:
            chosen = chosen.where(_t.c.id == company)
        if wanted.words:
            named = func.lower(_t.c.name).contains(wanted.words.lower(), autoescape=True)
            chosen = chosen.where(or_(named, _t.c.tax_id == wanted.words))
        if wanted.state is not None:
            chosen = chosen.join(_account, _account.c.company_id == _t.c.id).where(
                _account.c.state == wanted.state.value
            )
        return tuple(_read(row) for row in self._transaction.execute(chosen).mappings())

    # The account

    def add_account(self, account: Account) -> None:
        """Keep the account of a new company."""
        values = asdict(account) | {"state": account.state.value}
        self._transaction.execute(insert(_account).values(**values))

    def account(self, company_id: str) -> Account | None:
        """Find the account of a company."""
        wanted = select(_account).where(_account.c.company_id == company_id)
        row = self._transaction.execute(wanted).mappings().first()
        return Account(**_values(row) | {"state": State(row["state"])}) if row else None

    def change_account(self, account: Account, *, since: Account) -> bool:
        """Change an account; False when somebody changed it meanwhile."""
        values = asdict(account) | {"state": account.state.value}
        done = self._transaction.execute(
            update(_account)
            .where(_account.c.company_id == since.company_id, _account.c.version == since.version)
            .values(**values)
        )
        return done.rowcount == 1

    # Sites

    def add_site(self, site: Site) -> None:
        """Keep a new site."""
        self._transaction.execute(insert(_site).values(**asdict(site)))

    def sites(self, company_id: str) -> tuple[Site, ...]:
        """Return the sites of a company, closed ones too."""
        wanted = select(_site).where(_site.c.company_id == company_id).order_by(_site.c.id)
        return tuple(Site(**_values(row)) for row in self._transaction.execute(wanted).mappings())

    def close_site(self, company_id: str, site_id: str, *, now: datetime) -> bool:
        """Close a site; False when there is no such site, or it is closed."""
        done = self._transaction.execute(
            update(_site)
            .where(
                _site.c.id == site_id, _site.c.company_id == company_id, _site.c.closed_at.is_(None)
            )
            .values(closed_at=now)
        )
        return done.rowcount == 1

    # Signature cards

    def add_card(self, card: SignatureCard) -> None:
        """Keep a new signature card."""
        self._transaction.execute(insert(_card).values(**asdict(card)))

    def cards(self, company_id: str) -> tuple[SignatureCard, ...]:
        """Return the signature cards of a company, revoked ones too."""
        wanted = select(_card).where(_card.c.company_id == company_id).order_by(_card.c.id)
        rows = self._transaction.execute(wanted).mappings()
        return tuple(SignatureCard(**_values(row)) for row in rows)

    def revoke_card(self, company_id: str, card_id: str, *, now: datetime, because: str) -> bool:
        """Revoke a card; False when there is no such card, or it is revoked."""
        done = self._transaction.execute(
            update(_card)
            .where(
                _card.c.id == card_id,
                _card.c.company_id == company_id,
                _card.c.revoked_at.is_(None),
            )
            .values(revoked_at=now, revoked_because=because)
        )
        return done.rowcount == 1

    # Delegations

    def add_delegation(self, delegation: Delegation) -> None:
        """Keep a new delegation."""
        values = asdict(delegation) | {"scopes": [scope.value for scope in delegation.scopes]}
        self._transaction.execute(insert(_delegation).values(**values))

    def delegations(
        self, company_id: str, *, broker_id: str | None = None
    ) -> tuple[Delegation, ...]:
        """Return the delegations of a company, to one broker if asked."""
        wanted = select(_delegation).where(_delegation.c.company_id == company_id)
        if broker_id is not None:
            wanted = wanted.where(_delegation.c.broker_id == broker_id)
        rows = self._transaction.execute(wanted.order_by(_delegation.c.id)).mappings()
        return tuple(_read_delegation(row) for row in rows)

    def delegations_to(self, broker_id: str) -> tuple[tuple[Delegation, str], ...]:
        """Return what companies let a broker do, each with the company's name, by name."""
        wanted = (
            select(*_delegation.c, _t.c.name)
            .join(_t, _t.c.id == _delegation.c.company_id)
            .where(_delegation.c.broker_id == broker_id)
            .order_by(_t.c.name, _delegation.c.id)
        )
        rows = self._transaction.execute(wanted).mappings()
        return tuple((_read_delegation(row), row["name"]) for row in rows)

    def revoke_delegation(self, company_id: str, delegation_id: str, *, now: datetime) -> bool:
        """Revoke a delegation; False when there is no such one, or it is revoked."""
        done = self._transaction.execute(
            update(_delegation)
            .where(
                _delegation.c.id == delegation_id,
                _delegation.c.company_id == company_id,
                _delegation.c.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )
        return done.rowcount == 1


def _values(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _read_delegation(row: Mapping[Any, Any]) -> Delegation:
    values = {name: row[name] for name in _delegation.c.keys()}  # noqa: SIM118  # columns, no dict
    return Delegation(**values | {"scopes": tuple(Scope(one) for one in row["scopes"])})


def _read(row: Mapping[Any, Any]) -> Exporter:
    return Exporter(
        id=row["id"],
        name=row["name"],
        address=row["address"],
        city=row["city"],
        country=row["country"],
        tax_id=row["tax_id"],
        signatory=Signatory(row["signatory_name"], row["signatory_title"], row["signatory_place"]),
        registered_at=row["registered_at"],
        telephone=row["telephone"],
        fax=row["fax"],
        email=row["email"],
    )
