"""Rows of letters of compliance, with their exact bytes."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, LargeBinary, String, Table, UniqueConstraint

from ooms.db import Instant, metadata

letter = Table(
    "ooms_company_letter",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("period", String(7), nullable=False),
    Column("first", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("sealed_at", Instant, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    UniqueConstraint("exporter_id", "period"),
)
