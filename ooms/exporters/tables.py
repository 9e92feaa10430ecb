"""Rows of companies."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, UniqueConstraint

from ooms.db import Instant, metadata

exporter = Table(
    "ooms_exporter",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(256), nullable=False),
    Column("address", String(256), nullable=False),
    Column("city", String(50), nullable=False),
    Column("country", String(2), nullable=False),
    Column("tax_id", String(35), nullable=False),
    Column("telephone", String(25)),
    Column("fax", String(25)),
    Column("email", String(254)),
    Column("signatory_name", String(256), nullable=False),
    Column("signatory_title", String(70), nullable=False),
    Column("signatory_place", String(70), nullable=False),
    Column("registered_at", Instant, nullable=False),
    UniqueConstraint("country", "tax_id"),
)
