"""Rows of blocks of numbers, and of what became of each number."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from ooms.db import Instant, metadata, only
from ooms.outages.model import Fate

block = Table(
    "ooms_number_block",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("office", String(35), nullable=False),
    Column("issuer", String(35), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("year", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reserved_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("reserved_on", Date, nullable=False),
    Column("reserved_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
Index("ix_ooms_number_block_series", block.c.issuer, block.c.agreement, block.c.year, block.c.first)

number = Table(
    "ooms_block_number",
    metadata,
    Column("block_id", String(36), ForeignKey("ooms_number_block.id"), primary_key=True),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("printed", String(35), nullable=False),
    Column("fate", String(12), nullable=False),
    Column("certificate_id", String(36), ForeignKey("ooms_certificate.id")),
    Column("issued_on", Date),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(36), ForeignKey("ooms_user.id")),
    Column("decided_at", Instant),
    only("fate", Fate),
)
Index("ix_ooms_block_number_certificate_id", number.c.certificate_id, unique=True)
