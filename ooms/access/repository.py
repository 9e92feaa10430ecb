"""Reads and writes users, how they log in, their sessions, and kept answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Column, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ooms.access import tables
from ooms.access.model import Role, SecondFactor, StoredAnswer, User
from ooms.access.sessions import Means, Session
from ooms.db import Transaction, Window

_user, _session, _kept = tables.user, tables.session, tables.idempotency
_failure, _factor = tables.login_failure, tables.second_factor
_recovery = tables.recovery_code
_USER = (
    _user.c.id,
    _user.c.login,
    _user.c.name,
    _user.c.role,
    _user.c.exporter_id,
    _user.c.disabled_at,
)
_SESSION = (
    _session.c.id,
    _session.c.token_sha256,
    _session.c.user_id,
    _session.c.means,
    _session.c.address,
    _session.c.device,
    _session.c.created_at,
    _session.c.expires_at,
    _session.c.proved_at,
)
_FACTOR = (_factor.c.secret, _factor.c.last_step, _factor.c.confirmed_at, _factor.c.key_id)

# Made once, for every call asks them.
_SESSION_OF = (
    select(*_USER, *_SESSION)
    .join_from(_user, _session, _session.c.user_id == _user.c.id)
    .where(
        _session.c.token_sha256 == bindparam("token"),
        _session.c.expires_at > bindparam("now"),
        _user.c.disabled_at.is_(None),
    )
)
_RESERVE = {
    "postgresql": postgresql.insert(_kept).on_conflict_do_nothing().returning(_kept.c.key),
    "sqlite": sqlite.insert(_kept).on_conflict_do_nothing().returning(_kept.c.key),
}
_KEEP_ANSWER = (
    update(_kept)
    .where(_kept.c.user_id == bindparam("of_user"), _kept.c.key == bindparam("of_key"))
    .values(status=bindparam("given_status"), body=bindparam("given_body"))
)


class AccessRows:
    """Users, sessions and kept answers within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    # Users

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

    def find_user(self, user_id: str) -> User | None:
        """Find a user by its key."""
        row = self._transaction.execute(select(*_USER).where(_user.c.id == user_id))
        found = row.mappings().first()
        return _read_user(found) if found else None

    def named(self, logins: Iterable[str]) -> dict[str, User]:
        """Return users by their logins; a login that is none is left out."""
        rows = self._transaction.execute(select(*_USER).where(_user.c.login.in_(sorted(logins))))
        return {row["login"]: _read_user(row) for row in rows.mappings()}

    def users(
        self, window: Window, *, role: Role | None = None, company: str | None = None
    ) -> tuple[User, ...]:
        """Return the newest users, of one role or company if asked."""
        wanted = window.of(select(*_USER), by=_user.c.id)
        if role is not None:
            wanted = wanted.where(_user.c.role == role.value)
        if company is not None:
            wanted = wanted.where(_user.c.exporter_id == company)
        return tuple(_read_user(row) for row in self._transaction.execute(wanted).mappings())

    def set_password(self, user_id: str, password_hash: str) -> None:
        """Keep a new hash of a user's password."""
        self._change_user(user_id, password_hash=password_hash)

    def set_disabled(self, user_id: str, *, at: datetime | None) -> None:
        """Shut a user out since an instant, or let it in again."""
        self._change_user(user_id, disabled_at=at)

    def _change_user(self, user_id: str, **values: object) -> None:
        self._transaction.execute(update(_user).where(_user.c.id == user_id).values(**values))

    # Sessions

    def add_session(self, session: Session) -> None:
        """Keep a new session."""
        values = asdict(session) | {"means": session.means.value}
        self._transaction.execute(insert(_session).values(**values))

    def session_of(self, token_sha256: str, *, now: datetime) -> tuple[User, Session] | None:
        """Find a session and whose it is, unless it has expired or its user is shut out."""
        asked = {"token": token_sha256, "now": now}
        found = self._transaction.execute(_SESSION_OF, asked).first()
        if found is None:
            return None
        user, session = found[: len(_USER)], found[len(_USER) :]
        return _read_user(_named(_USER, user)), _read_session(_named(_SESSION, session))

    def prove_session(self, session_id: str, *, means: Means, at: datetime) -> None:
        """Note when it was shown who calls, and by what means he is let in from then on."""
        self._transaction.execute(
            update(_session)
            .where(_session.c.id == session_id)
            .values(proved_at=at, means=means.value)
        )

    def sessions(self, user_id: str, *, now: datetime) -> tuple[Session, ...]:
        """Return the sessions of a user that have not expired, the newest first."""
        rows = self._transaction.execute(
            select(*_SESSION)
            .where(_session.c.user_id == user_id, _session.c.expires_at > now)
            .order_by(_session.c.id.desc())
        )
        return tuple(_read_session(row) for row in rows.mappings())

    def end_session(self, session_id: str, *, user_id: str) -> bool:
        """Delete one session of a user; False when there is none."""
        done = self._transaction.execute(
            delete(_session).where(_session.c.id == session_id, _session.c.user_id == user_id)
        )
        return done.rowcount == 1

    def end_sessions(self, user_id: str, *, but: str = "") -> int:
        """Delete every session of a user, except one if asked."""
        done = self._transaction.execute(
            delete(_session).where(_session.c.user_id == user_id, _session.c.id != but)
        )
        return done.rowcount

    def forget_sessions(self, *, expired_before: datetime) -> int:
        """Delete sessions that ended before an instant."""
        done = self._transaction.execute(
            delete(_session).where(_session.c.expires_at < expired_before)
        )
        return done.rowcount

    # Log-ins that failed

    def add_failure(self, failure_id: str, *, subject: str, now: datetime) -> None:
        """Keep that a log-in failed, for an account or from an address."""
        self._transaction.execute(insert(_failure).values(id=failure_id, subject=subject, at=now))

    def failures(self, subject: str, *, since: datetime) -> int:
        """Count the log-ins that failed since an instant."""
        counted = select(func.count()).where(_failure.c.subject == subject, _failure.c.at > since)
        return self._transaction.execute(counted).scalar_one()

    def forgive(self, subject: str) -> None:
        """Forget the failures of a subject."""
        self._transaction.execute(delete(_failure).where(_failure.c.subject == subject))

    def forget_failures(self, *, before: datetime) -> int:
        """Delete failures of before an instant."""
        return self._transaction.execute(delete(_failure).where(_failure.c.at < before)).rowcount

    # Second factors

    def second_factor(self, user_id: str) -> SecondFactor | None:
        """Find the second factor of a user, confirmed or not."""
        wanted = select(*_FACTOR).where(_factor.c.user_id == user_id)
        row = self._transaction.execute(wanted).first()
        return SecondFactor(*row) if row else None

    def factors_not_under(self, key_id: str) -> tuple[tuple[str, SecondFactor], ...]:
        """Find the second factors that another key sealed, or none, with their users' keys."""
        wanted = select(_factor.c.user_id, *_FACTOR).where(_factor.c.key_id != key_id)
        rows = self._transaction.execute(wanted.with_for_update())
        return tuple((user_id, SecondFactor(*factor)) for user_id, *factor in rows)

    def put_second_factor(self, user_id: str, factor: SecondFactor) -> None:
        """Keep a second factor in place of the one before."""
        self.drop_second_factor(user_id)
        self._transaction.execute(insert(_factor).values(user_id=user_id, **asdict(factor)))

    def drop_second_factor(self, user_id: str) -> bool:
        """Delete the second factor of a user; False when there is none."""
        done = self._transaction.execute(delete(_factor).where(_factor.c.user_id == user_id))
        return done.rowcount == 1

    def use_step(self, user_id: str, step: int) -> bool:
        """Take a step of the code; of two uses of one code only one gets it."""
        done = self._transaction.execute(
            update(_factor)
            .where(_factor.c.user_id == user_id, _factor.c.last_step < step)
            .values(last_step=step)
        )
        return done.rowcount == 1

    # Recovery codes

    def put_recovery_codes(
        self, user_id: str, digests: Iterable[str], *, made_at: datetime
    ) -> None:
        """Keep codes in place of those before."""
        self.drop_recovery_codes(user_id)
        rows = [{"user_id": user_id, "code_sha256": one, "made_at": made_at} for one in digests]
        self._transaction.execute(insert(_recovery), rows)

    def use_recovery_code(self, user_id: str, digest: str, *, now: datetime) -> bool:
        """Take a code; of two uses only one gets it, and nobody gets one that is not there."""
        done = self._transaction.execute(
            update(_recovery)
            .where(
                _recovery.c.user_id == user_id,
                _recovery.c.code_sha256 == digest,
                _recovery.c.used_at.is_(None),
            )
            .values(used_at=now)
        )
        return done.rowcount == 1

    def recovery_codes(self, user_id: str) -> tuple[datetime | None, int]:
        """Tell when a user's codes were made, and how many are left."""
        counted = select(
            func.max(_recovery.c.made_at), func.count() - func.count(_recovery.c.used_at)
        ).where(_recovery.c.user_id == user_id)
        made_at, left = self._transaction.execute(counted).one()
        return made_at, left

    def drop_recovery_codes(self, user_id: str) -> int:
        """Delete a user's codes, and tell how many there were."""
        done = self._transaction.execute(delete(_recovery).where(_recovery.c.user_id == user_id))
        return done.rowcount

    # Kept answers

    def reserve(self, user_id: str, key: str, *, fingerprint: str, now: datetime) -> bool:
        """Take an idempotency key; False when it was taken before.

        A second request under the same key waits here until the first has committed.
        """
        done = self._transaction.execute(
            _RESERVE[self._transaction.dialect.name],
            {
                "user_id": user_id,
                "key": key,
                "fingerprint": fingerprint,
                "status": 0,
                "body": "",
                "created_at": now,
            },
        )
        return done.first() is not None

    def keep_answer(self, user_id: str, key: str, *, status: int, body: str) -> None:
        """Keep the answer given under a key."""
        self._transaction.execute(
            _KEEP_ANSWER,
            {"of_user": user_id, "of_key": key, "given_status": status, "given_body": body},
        )

    def has_answer(self, user_id: str, key: str) -> bool:
        """Tell whether an answer was given under a key."""
        kept = select(_kept.c.key).where(_kept.c.user_id == user_id, _kept.c.key == key)
        return self._transaction.execute(kept).first() is not None

    def answer(self, user_id: str, key: str) -> StoredAnswer:
        """Return the answer given under a key."""
        row = self._transaction.execute(
            select(_kept.c.fingerprint, _kept.c.status, _kept.c.body).where(
                _kept.c.user_id == user_id, _kept.c.key == key
            )
        ).one()
        return StoredAnswer(row.fingerprint, row.status, row.body)

    def forget_answers(self, *, kept_before: datetime) -> int:
        """Delete answers kept since before an instant."""
        done = self._transaction.execute(delete(_kept).where(_kept.c.created_at < kept_before))
        return done.rowcount


def _named(columns: tuple[Column[Any], ...], values: Iterable[Any]) -> dict[str, Any]:
    return {column.name: value for column, value in zip(columns, values, strict=True)}


def _read_user(row: Mapping[Any, Any]) -> User:
    return User(
        row["id"],
        row["login"],
        row["name"],
        Role(row["role"]),
        row["exporter_id"],
        row["disabled_at"],
    )


def _read_session(row: Mapping[Any, Any]) -> Session:
    values = {str(name): value for name, value in row.items()}
    return Session(**values | {"means": Means(row["means"])})
