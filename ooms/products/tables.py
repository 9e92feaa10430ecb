"""Rows of products, of their codes by edition, and of the versions of their bills."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from ooms.db import Exact, Instant, metadata, only
from ooms.products.model import BillState

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
Index("ix_ooms_product_exporter_id_model", product.c.exporter_id, product.c.model)

bill = Table(
    "ooms_bill",
    metadata,
    Column("product_id", String(36), ForeignKey("ooms_product.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("materials", JSON, nullable=False),
    Column("processes", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("frozen_at", Instant),
    Column("state", String(10), nullable=False),
    Column("plant", String(70), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    only("state", BillState),
)

#: The product's code in an edition other than its own, where the tables alone do not tell.
code = Table(
    "ooms_product_code",
    metadata,
    Column("product_id", String(36), ForeignKey("ooms_product.id"), primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("hs", String(12), nullable=False),
    Column("stated_at", Instant, nullable=False),
)

#: What a unit is sold for now; a determination that needs more than this is stale.
price = Table(
    "ooms_product_price",
    metadata,
    Column("product_id", String(36), ForeignKey("ooms_product.id"), primary_key=True),
    Column("basis", String(3), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("amount", Exact, nullable=False),
    Column("stated_at", Instant, nullable=False),
)
