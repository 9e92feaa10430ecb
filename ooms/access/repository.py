"""Reads and writes users, sessions and kept answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ooms.access import tables
from ooms.access.model import Role, Session, StoredAnswer, User
from ooms.db import Transaction

_user, _session, _kept = tables.user, tables.session, tables.idempotency
_USER = (_user.c.id, _user.c.login, _user.c.name, _user.c.role, _user.c.exporter_id)


class AccessRows:
    """Users, sessions and kept answers within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add_user(self, user: User, *, password_hash: str, now: datetime) -> None:
        """Keep a new user."""
        self._transaction.execute(
            insert(_user).values(
                id=user.id,
                login=user.login,
                name=user.name,
                role=user.role.value,
                exporter_id=user.exporter_id,
                password_hash=password_hash,
                created_at=now,
            )
        )

    def credentials(self, login: str) -> tuple[User, str] | None:
        """Find a user by login, with the hash of the password."""
        row = self._transaction.execute(
            select(*_USER, _user.c.password_hash).where(_user.c.login == login)
        )
        found = row.mappings().first()
        return (_read_user(found), found["password_hash"]) if found else None

    def user_of(self, token_sha256: str, *, now: datetime) -> User | None:
        """Find who a session belongs to, unless it has expired."""
        row = self._transaction.execute(
            select(*_USER)
            .join(_session, _session.c.user_id == _user.c.id)
            .where(_session.c.token_sha256 == token_sha256, _session.c.expires_at > now)
        )
        found = row.mappings().first()
        return _read_user(found) if found else None

    def add_session(self, session: Session, *, now: datetime) -> None:
        """Keep a new session."""
        self._transaction.execute(
            insert(_session).values(
                token_sha256=session.token_sha256,
                user_id=session.user_id,
                created_at=now,
                expires_at=session.expires_at,
            )
        )

    def reserve(self, user_id: str, key: str, *, fingerprint: str, now: datetime) -> bool:
        """Take an idempotency key; False when it was taken before.

        A second request under the same key waits here until the first has committed.
        """
        name = self._transaction.dialect.name
        kind = postgresql.insert if name == "postgresql" else sqlite.insert
        done = self._transaction.execute(
            kind(_kept)
            .values(
                user_id=user_id, key=key, fingerprint=fingerprint, status=0, body="", created_at=now
            )
            .on_conflict_do_nothing()
            .returning(_kept.c.key)
        )
        return done.first() is not None

    def keep_answer(self, user_id: str, key: str, *, status: int, body: str) -> None:
        """Keep the answer given under a key."""
        self._transaction.execute(
            update(_kept)
            .where(_kept.c.user_id == user_id, _kept.c.key == key)
            .values(status=status, body=body)
        )

    def answer(self, user_id: str, key: str) -> StoredAnswer:
        """Return the answer given under a key."""
        row = self._transaction.execute(
            select(_kept.c.fingerprint, _kept.c.status, _kept.c.body).where(
                _kept.c.user_id == user_id, _kept.c.key == key
            )
        ).one()
        return StoredAnswer(row.fingerprint, row.status, row.body)

    def forget_sessions(self, *, expired_before: datetime) -> int:
        """Delete sessions that ended before an instant."""
        done = self._transaction.execute(
            delete(_session).where(_session.c.expires_at < expired_before)
        )
        return done.rowcount

    def forget_answers(self, *, kept_before: datetime) -> int:
        """Delete answers kept since before an instant."""
        done = self._transaction.execute(delete(_kept).where(_kept.c.created_at < kept_before))
        return done.rowcount


def _read_user(row: Mapping[Any, Any]) -> User:
    return User(row["id"], row["login"], row["name"], Role(row["role"]), row["exporter_id"])
