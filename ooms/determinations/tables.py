"""Rows of determinations, added and never changed, and of what they rest on."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table

from ooms.db import Instant, metadata

determination = Table(
    "ooms_determination",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("product_id", String(36), ForeignKey("ooms_product.id"), nullable=False),
    Column("bill_version", Integer, nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("exporting_party", String(2), nullable=False),
    Column("importing_party", String(2), nullable=False),
    Column("judged_on", Date, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("criterion", String(256)),
    Column("rule_pack", String(120), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("inputs_hash", String(80), nullable=False),
    Column("case", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("determined_at", Instant, nullable=False),
    Column("made_for", String(36), ForeignKey("ooms_exporter.id")),
    Column("sealed", JSON),
)
Index("ix_ooms_determination_exporter_id", determination.c.exporter_id, determination.c.id)
Index("ix_ooms_determination_product_id", determination.c.product_id)

#: Which declaration a line of a determination rests on.
proof = Table(
    "ooms_determination_proof",
    metadata,
    Column("determination_id", String(36), ForeignKey("ooms_determination.id"), primary_key=True),
    Column("path", String(200), primary_key=True),
    Column(
        "declaration_id",
        String(36),
        ForeignKey("ooms_supplier_declaration.id"),
        nullable=False,
    ),
)
Index("ix_ooms_determination_proof_declaration_id", proof.c.declaration_id)

#: Why a determination no longer stands as it was made; no row means that it is current.
staleness = Table(
    "ooms_determination_staleness",
    metadata,
    Column("determination_id", String(36), ForeignKey("ooms_determination.id"), primary_key=True),
    Column("reason", String(10), primary_key=True),
    Column("detail", String(300), nullable=False),
    Column("since", Instant, nullable=False),
)
