"""Rows of refusals and of the goods that they are about."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from ooms.db import Instant, metadata

refusal = Table(
    "ooms_refusal",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("ooms_application.id"), nullable=False),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("reason_code", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("office", String(35), nullable=False),
    Column("proposed_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("confirmed_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("refused_at", Instant, nullable=False),
)
Index("ix_ooms_refusal_exporter_id", refusal.c.exporter_id)
Index("ix_ooms_refusal_application_id", refusal.c.application_id, unique=True)

good = Table(
    "ooms_refused_good",
    metadata,
    Column("refusal_id", String(36), ForeignKey("ooms_refusal.id"), primary_key=True),
    Column("agreement", String(12), primary_key=True),
    Column("hs6", String(6), primary_key=True),
    Column("maker", String(256), primary_key=True),
)
Index("ix_ooms_refused_good_hs6", good.c.hs6, good.c.agreement, good.c.maker)
