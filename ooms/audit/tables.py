"""The audit trail and its head; entries are added, never changed or deleted."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, String, Table

from ooms.db import Instant, metadata

entry = Table(
    "ooms_audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("reason_code", String(40), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
Index("ix_ooms_audit_subject", entry.c.subject)
Index("ix_ooms_audit_at", entry.c.at)

#: One row: the last entry's place and digest, locked by whoever adds the next.
head = Table(
    "ooms_audit_head",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
)
