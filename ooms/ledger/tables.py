"""Rows of the ledger that draws certificates down."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ooms.db import Exact, Instant, metadata, only
from ooms.ledger.model import EntryKind, Source

#: Every draw and every reversal; added, never changed.  Shares are exact fractions of the item.
draw = Table(
    "ooms_ledger_draw",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("issuing_country", String(2), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("number_key", String(35), nullable=False),
    Column("item_no", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("share", Text, nullable=False),
    Column("quantity", Exact, nullable=False),
    Column("unit", String(3), nullable=False),
    Column("source", String(11), nullable=False),
    Column("source_id", String(36), nullable=False),
    Column("line_no", Integer, nullable=False),
    Column("spec_no", Integer, nullable=False),
    Column("reference", String(35), nullable=False),
    Column("office", String(70)),
    Column("importer", String(70)),
    Column("invoice", String(36)),
    Column("reverses_id", String(36), ForeignKey("ooms_ledger_draw.id")),
    Column("reason", String(1000), nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint(
        *("number_key", "item_no", "agreement", "issuing_country", "turn"),
        name="uq_ooms_ledger_draw_item_turn",
    ),
    only("kind", EntryKind),
    only("source", Source),
)
Index("ix_ooms_ledger_draw_source_id", draw.c.source_id, draw.c.line_no)
Index("ix_ooms_ledger_draw_reference", draw.c.reference)
Index("ix_ooms_ledger_draw_invoice", draw.c.invoice)

#: How each item stands, and how many entries say so; locked by whoever draws.
balance = Table(
    "ooms_ledger_balance",
    metadata,
    Column("issuing_country", String(2), primary_key=True),
    Column("agreement", String(12), primary_key=True),
    Column("number_key", String(35), primary_key=True),
    Column("item_no", Integer, primary_key=True),
    Column("used_share", Text, nullable=False),
    Column("reserved_share", Text, nullable=False),
    Column("entries", Integer, nullable=False),
)
