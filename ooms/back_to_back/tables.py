"""Rows of first certificates and of the ledger that draws them down."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
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

from ooms.db import Instant, metadata

#: A first certificate that something was taken from; its row is locked while more is taken.
first = Table(
    "ooms_first_certificate",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("country", String(2), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("number_key", String(35), nullable=False),
    Column("number", String(35), nullable=False),
    Column("origin_country", String(2), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("issuer", String(256), nullable=False),
    Column("exporter", String(256), nullable=False),
    Column("items", JSON, nullable=False),
    Column("is_received", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    UniqueConstraint("country", "agreement", "number_key"),
)

#: Every taking and every return; added, never changed.  Amounts are exact fractions.
draw = Table(
    "ooms_first_draw",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("first_id", String(36), ForeignKey("ooms_first_certificate.id"), nullable=False),
    Column("item_no", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("unit", String(3), nullable=False),
    Column("amount", String(120), nullable=False),
    Column("certificate_id", String(36), ForeignKey("ooms_certificate.id"), nullable=False),
    Column("direction", String(8), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(100), nullable=False),
)
Index("ix_ooms_first_draw_first_id", draw.c.first_id, draw.c.item_no)
Index("ix_ooms_first_draw_certificate_id", draw.c.certificate_id)
