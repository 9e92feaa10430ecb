"""Rows of users, sessions, and answers kept for repeated requests."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from ooms.access.model import Role
from ooms.db import Instant, metadata

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
    CheckConstraint(
        "role IN ({})".format(", ".join(f"'{role.value}'" for role in Role)), name="role"
    ),
)

session = Table(
    "ooms_session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("user_id", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
Index("ix_ooms_session_expires_at", session.c.expires_at)

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
