"""Rows of challenges; passkeys themselves are credentials (`ooms_credential`)."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from ooms.db import Instant, metadata

#: One row for each challenge that waits; taken once, tidied away after minutes.
challenge = Table(
    "ooms_passkey_challenge",
    metadata,
    Column("challenge_sha256", String(64), primary_key=True),
    Column("purpose", String(10), nullable=False),
    Column("holder", String(80), nullable=False),
    Column("address", String(64), nullable=False),
    Column("expires_at", Instant, nullable=False),
)
Index("ix_ooms_passkey_challenge_expires_at", challenge.c.expires_at)
