"""Rows of the lists that companies answered and signed."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table

from ooms.db import Instant, metadata

self_check = Table(
    "ooms_self_check",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("industry", String(40), nullable=False),
    Column("agreement", String(40), nullable=False),
    Column("edition", String(64), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("kept_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("signed_as", String(256), nullable=False),
    Column("kept_at", Instant, nullable=False),
)
Index("ix_ooms_self_check_exporter_id", self_check.c.exporter_id, self_check.c.id)
