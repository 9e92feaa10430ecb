"""Reads and writes log-ins begun at providers, and users' accounts there."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from ooms.db import Transaction, upsert
from ooms.sign_on import tables
from ooms.sign_on.model import CredentialKind, Identity, Pending

_pending, _credential = tables.pending, tables.credential
_IDENTITY = (
    _credential.c.id,
    _credential.c.user_id,
    _credential.c.authority,
    _credential.c.handle,
    _credential.c.created_at,
    _credential.c.last_used_at,
)
_OIDC = _credential.c.kind == CredentialKind.OIDC.value


class SignOnRows:
    """Log-ins at providers within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    # Log-ins that were begun

    def add_pending(self, pending: Pending) -> None:
        """Keep a log-in that was begun."""
        self._transaction.execute(insert(_pending).values(**asdict(pending)))

    def count_pending(self, address: str, *, now: datetime) -> int:
        """Count the log-ins that an address began and that may still be finished."""
        counted = select(func.count()).where(
            _pending.c.address == address, _pending.c.expires_at > now
        )
        return self._transaction.execute(counted).scalar_one()

    def take_pending(self, state_sha256: str) -> Pending | None:
        """Take a log-in that was begun; of two who come with one state only one gets it."""
        taken = self._transaction.execute(
            delete(_pending)
            .where(_pending.c.state_sha256 == state_sha256)
            .returning(
                _pending.c.state_sha256,
                _pending.c.provider,
                _pending.c.browser_sha256,
                _pending.c.address,
                _pending.c.expires_at,
            )
        ).first()
        return Pending(*taken) if taken else None

    def forget_pending(self, *, expired_before: datetime) -> int:
        """Delete log-ins that were never finished."""
        done = self._transaction.execute(
            delete(_pending).where(_pending.c.expires_at < expired_before)
        )
        return done.rowcount

    # Accounts at providers

    def add_identity(self, identity: Identity) -> bool:
        """Keep a user's account at a provider; False when it is linked already."""
        done = self._transaction.execute(
            upsert(self._transaction, _credential)
            .values(
                id=identity.id,
                user_id=identity.user_id,
                kind=CredentialKind.OIDC.value,
                authority=identity.issuer,
                handle=identity.subject,
                public_key="",
                counter=0,
                created_at=identity.created_at,
                last_used_at=identity.last_used_at,
            )
            .on_conflict_do_nothing()
            .returning(_credential.c.id)
        )
        return done.first() is not None

    def find_identity(self, issuer: str, *, subject: str) -> Identity | None:
        """Find whom an account at a provider is linked to."""
        wanted = select(*_IDENTITY).where(
            _OIDC, _credential.c.authority == issuer, _credential.c.handle == subject
        )
        row = self._transaction.execute(wanted).first()
        return Identity(*row) if row else None

    def identities(self, user_id: str) -> tuple[Identity, ...]:
        """Return the accounts that a user has at providers, the oldest first."""
        wanted = select(*_IDENTITY).where(_OIDC, _credential.c.user_id == user_id)
        rows = self._transaction.execute(wanted.order_by(_credential.c.id))
        return tuple(Identity(*row) for row in rows)

    def use_identity(self, identity_id: str, *, now: datetime) -> None:
        """Note when an account was used last."""
        self._transaction.execute(
            update(_credential).where(_credential.c.id == identity_id).values(last_used_at=now)
        )

    def drop_identity(self, identity_id: str, *, user_id: str) -> Identity | None:
        """Delete a user's account at a provider, and return what it was."""
        gone = self._transaction.execute(
            delete(_credential)
            .where(_OIDC, _credential.c.id == identity_id, _credential.c.user_id == user_id)
            .returning(*_IDENTITY)
        ).first()
        return Identity(*gone) if gone else None
