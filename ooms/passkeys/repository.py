"""Reads and writes passkeys, and challenges that wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from ooms.db import Transaction, upsert
from ooms.passkeys import tables
from ooms.passkeys.model import Challenge, Passkey, Purpose
from ooms.sign_on.model import CredentialKind
from ooms.sign_on.tables import credential as _credential

_challenge = tables.challenge
_PASSKEY = (
    _credential.c.id,
    _credential.c.user_id,
    _credential.c.authority.label("party"),
    _credential.c.handle,
    _credential.c.public_key,
    _credential.c.counter,
    _credential.c.name,
    _credential.c.created_at,
    _credential.c.last_used_at,
)
_IS_PASSKEY = _credential.c.kind == CredentialKind.PASSKEY.value


class PasskeyRows:
    """Passkeys within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    # Challenges

    def add_challenge(self, challenge: Challenge) -> None:
        """Keep a challenge that was drawn."""
        values = asdict(challenge) | {"purpose": challenge.purpose.value}
        self._transaction.execute(insert(_challenge).values(**values))

    def count_challenges(self, address: str, *, now: datetime) -> int:
        """Count the challenges that an address asked for and that may still be answered."""
        counted = select(func.count()).where(
            _challenge.c.address == address, _challenge.c.expires_at > now
        )
        return self._transaction.execute(counted).scalar_one()

    def take_challenge(self, challenge_sha256: str) -> Challenge | None:
        """Take a challenge; of two who answer it only one gets it."""
        row = self._transaction.execute(
            delete(_challenge)
            .where(_challenge.c.challenge_sha256 == challenge_sha256)
            .returning(
                _challenge.c.challenge_sha256,
                _challenge.c.purpose,
                _challenge.c.holder,
                _challenge.c.address,
                _challenge.c.expires_at,
            )
        ).first()
        if row is None:
            return None
        return Challenge(row[0], Purpose(row[1]), row[2], row[3], row[4])

    def forget_challenges(self, *, expired_before: datetime) -> int:
        """Delete challenges that nobody answered."""
        done = self._transaction.execute(
            delete(_challenge).where(_challenge.c.expires_at < expired_before)
        )
        return done.rowcount

    # Passkeys

    def add(self, passkey: Passkey) -> bool:
        """Keep a passkey; False when it is somebody's already."""
        values = asdict(passkey) | {"kind": CredentialKind.PASSKEY.value}
        done = self._transaction.execute(
            upsert(self._transaction, _credential)
            .values(authority=values.pop("party"), **values)
            .on_conflict_do_nothing()
            .returning(_credential.c.id)
        )
        return done.first() is not None

    def find(self, handle: str, *, party: str) -> Passkey | None:
        """Find the passkey with a credential's id."""
        wanted = select(*_PASSKEY).where(
            _IS_PASSKEY, _credential.c.authority == party, _credential.c.handle == handle
        )
        row = self._transaction.execute(wanted).mappings().first()
        return _read(row) if row else None

    def of_user(self, user_id: str) -> tuple[Passkey, ...]:
        """Return the passkeys of a user, the oldest first."""
        wanted = select(*_PASSKEY).where(_IS_PASSKEY, _credential.c.user_id == user_id)
        rows = self._transaction.execute(wanted.order_by(_credential.c.id)).mappings()
        return tuple(_read(row) for row in rows)

    def use(self, passkey_id: str, *, counter: int, now: datetime) -> bool:
        """Note a use; False when the counter did not grow, though the device counts."""
        grows = or_(_credential.c.counter < counter, _credential.c.counter + counter == 0)
        done = self._transaction.execute(
            update(_credential)
            .where(_IS_PASSKEY, _credential.c.id == passkey_id, grows)
            .values(counter=counter, last_used_at=now)
        )
        return done.rowcount == 1

    def rename(self, passkey_id: str, *, user_id: str, name: str) -> bool:
        """Name a user's passkey anew; False when he has no such passkey."""
        done = self._transaction.execute(
            update(_credential)
            .where(_IS_PASSKEY, _credential.c.id == passkey_id, _credential.c.user_id == user_id)
            .values(name=name)
        )
        return done.rowcount == 1

    def drop(self, passkey_id: str, *, user_id: str) -> Passkey | None:
        """Delete a user's passkey, and return what it was."""
        gone = self._transaction.execute(
            delete(_credential)
            .where(_IS_PASSKEY, _credential.c.id == passkey_id, _credential.c.user_id == user_id)
            .returning(*_PASSKEY)
        )
        row = gone.mappings().first()
        return _read(row) if row else None

    def drop_all(self, user_id: str) -> int:
        """Delete every passkey of a user."""
        done = self._transaction.execute(
            delete(_credential).where(_IS_PASSKEY, _credential.c.user_id == user_id)
        )
        return done.rowcount


def _read(row: Mapping[Any, Any]) -> Passkey:
    return Passkey(**{str(name): value for name, value in row.items()})
