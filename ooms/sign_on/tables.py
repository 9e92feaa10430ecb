"""Rows of credentials beside the password, by kind, and of log-ins begun at a provider."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from ooms.db import Instant, metadata, only
from ooms.sign_on.model import CredentialKind

#: What a user is recognized by, any number for each user.  Of an account at a provider the
#: authority is the issuer and the handle its subject; of a passkey they are the relying party
#: and the credential's id, beside the public key and the counter of signatures.
credential = Table(
    "ooms_credential",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("user_id", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("authority", String(300), nullable=False),
    Column("handle", String(1400), nullable=False),
    Column("public_key", Text, nullable=False),
    Column("counter", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    #: What its owner calls a passkey.
    Column("name", String(100), nullable=False, server_default=text("''")),
    UniqueConstraint("kind", "authority", "handle"),
    only("kind", CredentialKind),
)
Index("ix_ooms_credential_user_id", credential.c.user_id)

#: One row for each log-in that was begun at a provider; taken once, tidied away after minutes.
pending = Table(
    "ooms_sign_on",
    metadata,
    Column("state_sha256", String(64), primary_key=True),
    Column("provider", String(40), nullable=False),
    Column("browser_sha256", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("expires_at", Instant, nullable=False),
)
Index("ix_ooms_sign_on_expires_at", pending.c.expires_at)
