"""Rows of users, the ways they log in, their sessions, and answers kept for repeats."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from ooms.access.model import Role
from ooms.db import Instant, metadata, only

user = Table(
    "ooms_user",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("login", String(35), nullable=False, unique=True),
    Column("name", String(256), nullable=False),
    Column("role", String(20), nullable=False),
    Column("exporter_id", String(36)),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    only("role", Role),
)

session = Table(
    "ooms_session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("user_id", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("means", String(20), nullable=False),
    Column("address", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("proved_at", Instant),
    Column("device", String(200), nullable=False, server_default=text("''")),
)
Index("ix_ooms_session_expires_at", session.c.expires_at)
Index("ix_ooms_session_user_id", session.c.user_id)

#: One row for each log-in that failed, by account and by address; tidied away after a while.
login_failure = Table(
    "ooms_login_failure",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("subject", String(100), nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_ooms_login_failure_subject", login_failure.c.subject, login_failure.c.at)
Index("ix_ooms_login_failure_at", login_failure.c.at)

#: The second factor of a user; it counts once confirmed, and each of its steps opens one session.
#: The secret is sealed with the key that is named; none is named where it was kept before that.
second_factor = Table(
    "ooms_second_factor",
    metadata,
    Column("user_id", String(36), ForeignKey("ooms_user.id"), primary_key=True),
    Column("secret", String(200), nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("confirmed_at", Instant),
    Column("last_step", BigInteger, nullable=False),
)

#: Codes for who lost his second factor: their digests, and when each was used.
recovery_code = Table(
    "ooms_recovery_code",
    metadata,
    Column("user_id", String(36), ForeignKey("ooms_user.id"), primary_key=True),
    Column("code_sha256", String(64), primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
)

#: One answer for each key of a user, kept so that a repeated request is answered and not redone.
idempotency = Table(
    "ooms_idempotency",
    metadata,
    Column("user_id", String(36), primary_key=True),
    Column("key", String(100), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)
Index("ix_ooms_idempotency_created_at", idempotency.c.created_at)
