"""Rows of suppliers' declarations and of the links that open them."""

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
    Text,
)

from ooms.db import Instant, metadata, only
from ooms.suppliers.model import Kind, State

declaration = Table(
    "ooms_supplier_declaration",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("supplier", JSON, nullable=False),
    Column("goods", JSON, nullable=False),
    Column("state", String(10), nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("remind_on", Date),
    Column("reminders", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("statement", JSON),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("findings", JSON, nullable=False),
    Column("customs_reference", String(70), nullable=False),
    Column("reason", Text, nullable=False),
    only("kind", Kind),
    only("state", State),
)
Index("ix_ooms_supplier_declaration_exporter_id", declaration.c.exporter_id, declaration.c.id)
Index("ix_ooms_supplier_declaration_state", declaration.c.state, declaration.c.id)

#: What opens a declaration to its supplier; the token itself is kept nowhere.
link = Table(
    "ooms_supplier_link",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column(
        "declaration_id",
        String(36),
        ForeignKey("ooms_supplier_declaration.id"),
        nullable=False,
    ),
    Column("expires_at", Instant, nullable=False),
    Column("spent_at", Instant),
)
Index("ix_ooms_supplier_link_declaration_id", link.c.declaration_id)
