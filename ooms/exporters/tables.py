"""Rows of companies, their accounts, sites, signature cards and delegations."""

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
    UniqueConstraint,
)

from ooms.db import Instant, metadata, only
from ooms.exporters.model import State

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

account = Table(
    "ooms_company_account",
    metadata,
    Column("company_id", String(36), ForeignKey("ooms_exporter.id"), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("identifier", String(20), nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("changed_at", Instant, nullable=False),
    only("state", State),
)

site = Table(
    "ooms_company_site",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("name", String(256), nullable=False),
    Column("address", String(256), nullable=False),
    Column("city", String(50), nullable=False),
    Column("country", String(2), nullable=False),
    Column("registration", String(35)),
    Column("closed_at", Instant),
)
Index("ix_ooms_company_site_company_id", site.c.company_id, site.c.id)

card = Table(
    "ooms_signature_card",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("name", String(256), nullable=False),
    Column("title", String(70), nullable=False),
    Column("specimen_sha256", String(64), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    Column("revoked_at", Instant),
    Column("revoked_because", String(2000), nullable=False),
)
Index("ix_ooms_signature_card_company_id", card.c.company_id, card.c.id)

delegation = Table(
    "ooms_delegation",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("broker_id", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("revoked_at", Instant),
)
Index("ix_ooms_delegation_company_id", delegation.c.company_id, delegation.c.broker_id)
Index("ix_ooms_delegation_broker_id", delegation.c.broker_id)
