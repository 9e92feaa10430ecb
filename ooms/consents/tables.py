"""Rows of consents, withdrawals and releases: added, never changed, never deleted."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, String, Table, Text

from ooms.consents.model import Purpose
from ooms.db import Instant, metadata, only

consent = Table(
    "ooms_consent",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("classes", JSON, nullable=False),
    Column("thing", String(120), nullable=False),
    Column("partner", String(35), nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("given_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    only("purpose", Purpose),
)
Index("ix_ooms_consent_company_id", consent.c.company_id, consent.c.id)

#: A consent is taken back by a row of its own, so that nothing of it is overwritten.
withdrawal = Table(
    "ooms_consent_withdrawal",
    metadata,
    Column("consent_id", String(36), ForeignKey("ooms_consent.id"), primary_key=True),
    Column("withdrawn_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("withdrawn_at", Instant, nullable=False),
)

release = Table(
    "ooms_consent_release",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("classes", JSON, nullable=False),
    Column("thing", String(120), nullable=False),
    Column("partner", String(35), nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("consents", JSON, nullable=False),
    Column("released_by", String(80), nullable=False),
    Column("released_at", Instant, nullable=False),
    only("purpose", Purpose),
)
Index("ix_ooms_consent_release_company_id", release.c.company_id, release.c.id)
