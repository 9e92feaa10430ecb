"""Rows of claims."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from ooms.db import Instant, metadata

claim = Table(
    "ooms_claim",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("declaration_number", String(35), nullable=False),
    Column("version", Integer, nullable=False),
    Column("declared_on", Date, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("superseded", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("declaration_number", "version"),
)

line = Table(
    "ooms_claim_line",
    metadata,
    Column("claim_id", String(36), ForeignKey("ooms_claim.id"), primary_key=True),
    Column("line_no", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("decision", String(10), nullable=False),
)
