"""Rows of what partners refused."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from ooms.db import Instant, metadata

refusal = Table(
    "ooms_partner_refusal",
    metadata,
    Column("partner", String(15), primary_key=True),
    Column("message_id", String(36), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("box", String(40), primary_key=True),
    Column("certificate_id", String(36), ForeignKey("ooms_certificate.id"), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_ooms_partner_refusal_at", refusal.c.partner, refusal.c.agreement, refusal.c.at)
