"""Rows of producers' cost statements; only their end is written later."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from ooms.db import Instant, metadata

statement = Table(
    "ooms_cost_statement",
    metadata,
    Column("id", String(36), ForeignKey("ooms_determination.id"), primary_key=True),
    Column("producer_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("product_id", String(36), ForeignKey("ooms_product.id"), nullable=False),
    Column("filed_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    Column("withdrawn_at", Instant),
    Column("withdrawn_because", Text, nullable=False),
)
Index("ix_ooms_cost_statement_producer_id", statement.c.producer_id, statement.c.id)
Index("ix_ooms_cost_statement_exporter_id", statement.c.exporter_id, statement.c.id)
