"""Rows of products and of the versions of their bills."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from ooms.db import Instant, metadata

product = Table(
    "ooms_product",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("description", String(2048), nullable=False),
    Column("hs", String(12), nullable=False),
    Column("hs_edition", Integer, nullable=False),
    Column("model", String(256)),
    Column("trademark", String(256)),
    Column("weight", String(32)),
    Column("described_at", Instant, nullable=False),
)
Index("ix_ooms_product_exporter_id", product.c.exporter_id, product.c.id)

bill = Table(
    "ooms_bill",
    metadata,
    Column("product_id", String(36), ForeignKey("ooms_product.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("materials", JSON, nullable=False),
    Column("processes", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("frozen_at", Instant),
)
