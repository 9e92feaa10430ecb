"""Rows of materials, their codes, lots, withdrawals, and elected methods."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from ooms.agreements.policies import Inventory
from ooms.db import Exact, Instant, metadata, only

material = Table(
    "ooms_material",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("part_number", String(70), nullable=False),
    Column("description", String(256), nullable=False),
    Column("unit", String(3), nullable=False),
    Column("described_at", Instant, nullable=False),
    UniqueConstraint("exporter_id", "part_number"),
)
Index("ix_ooms_material_exporter_id", material.c.exporter_id, material.c.id)

code = Table(
    "ooms_material_code",
    metadata,
    Column("material_id", String(36), ForeignKey("ooms_material.id"), primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("hs", String(12), nullable=False),
)

lot = Table(
    "ooms_material_lot",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("material_id", String(36), ForeignKey("ooms_material.id"), nullable=False),
    Column("number", String(70), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("quantity", Exact, nullable=False),
    Column("unit_price", Exact, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("incoterm", String(3)),
    Column("supplier", String(256), nullable=False),
    Column("country", String(2), nullable=False),
    Column("originating", Boolean),
    Column("declaration_id", String(36), ForeignKey("ooms_supplier_declaration.id")),
    Column("reference", String(120)),
    Column("is_opening", Boolean, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("voided_at", Instant),
)
Index("ix_ooms_material_lot_material_id", lot.c.material_id, lot.c.received_on, lot.c.id)

#: What a unit of a lot is worth in a currency other than that of its price.
value = Table(
    "ooms_material_lot_value",
    metadata,
    Column("lot_id", String(36), ForeignKey("ooms_material_lot.id"), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("amount", Exact, nullable=False),
)

withdrawal = Table(
    "ooms_material_withdrawal",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("material_id", String(36), ForeignKey("ooms_material.id"), nullable=False),
    Column("taken_on", Date, nullable=False),
    Column("quantity", Exact, nullable=False),
    Column("lot", String(70)),
    Column("product", String(256)),
    Column("recorded_at", Instant, nullable=False),
    Column("voided_at", Instant),
)
Index("ix_ooms_material_withdrawal_material_id", withdrawal.c.material_id, withdrawal.c.taken_on)

election = Table(
    "ooms_material_method",
    metadata,
    Column("material_id", String(36), ForeignKey("ooms_material.id"), primary_key=True),
    Column("starts_on", Date, primary_key=True),
    Column("method", String(10), nullable=False),
    Column("period_months", Integer),
    Column("receipts_first", Boolean, nullable=False),
    Column("elected_at", Instant, nullable=False),
    Column("used_at", Instant),
    only("method", Inventory),
)
