"""Rows of the ledger that draws certificates down."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from ooms.db import Exact, Instant, metadata

#: Every draw and every reversal; added, never changed.
draw = Table(
    "ooms_ledger_draw",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("issuing_country", String(2), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("number_key", String(35), nullable=False),
    Column("item_no", Integer, nullable=False),
    Column("claim_id", String(36), ForeignKey("ooms_claim.id"), nullable=False),
    Column("line_no", Integer, nullable=False),
    Column("direction", String(8), nullable=False),
    Column("quantity", Exact, nullable=False),
    Column("unit", String(3), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("claim_id", "line_no", "direction"),
)
Index("ix_ooms_ledger_draw_number_key", draw.c.number_key, draw.c.item_no)

#: The share of each item that is drawn, as an exact fraction; locked by whoever draws.
balance = Table(
    "ooms_ledger_balance",
    metadata,
    Column("issuing_country", String(2), primary_key=True),
    Column("agreement", String(12), primary_key=True),
    Column("number_key", String(35), primary_key=True),
    Column("item_no", Integer, primary_key=True),
    Column("used_share", Text, nullable=False),
)
