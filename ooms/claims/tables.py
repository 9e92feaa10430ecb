"""Rows of claims, of the invoices they name, and of restrictions."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ooms.db import Instant, metadata

claim = Table(
    "ooms_claim",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("declaration_number", String(35), nullable=False),
    Column("version", Integer, nullable=False),
    Column("declared_on", Date, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("superseded", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("particulars", JSON, nullable=True),
    Column("importer_key", String(64), nullable=True),
    UniqueConstraint("declaration_number", "version"),
)
Index("ix_ooms_claim_importer_key", claim.c.importer_key, claim.c.declared_on)

#: A line, or a specification inside one; the certificate's names are empty until it is found.
line = Table(
    "ooms_claim_line",
    metadata,
    Column("claim_id", String(36), ForeignKey("ooms_claim.id"), primary_key=True),
    Column("line_no", Integer, primary_key=True),
    Column("spec_no", Integer, primary_key=True, server_default="0"),
    Column("content", JSON, nullable=False),
    Column("decision", String(12), nullable=False),
    Column("issuing_country", String(2), nullable=True),
    Column("agreement", String(12), nullable=True),
    Column("number_key", String(35), nullable=True),
    Column("item_no", Integer, nullable=True),
    Column("awaited_until", Date, nullable=True),
)
Index("ix_ooms_claim_line_number_key", line.c.number_key, line.c.item_no)
Index("ix_ooms_claim_line_decision", line.c.decision, line.c.awaited_until)

#: Invoices by a key of their number and of their exporter, for invoices that are used twice.
invoice = Table(
    "ooms_claim_invoice",
    metadata,
    Column("claim_id", String(36), primary_key=True),
    Column("line_no", Integer, primary_key=True),
    Column("spec_no", Integer, primary_key=True),
    Column("invoice_key", String(64), primary_key=True),
    ForeignKeyConstraint(
        ["claim_id", "line_no", "spec_no"],
        ["ooms_claim_line.claim_id", "ooms_claim_line.line_no", "ooms_claim_line.spec_no"],
    ),
)
Index("ix_ooms_claim_invoice_invoice_key", invoice.c.invoice_key)

#: Persons whose goods are looked at before release; ended, never deleted.
restriction = Table(
    "ooms_claim_restriction",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", String(64), nullable=False),
    Column("agreement", String(12), nullable=True),
    Column("hs6", String(6), nullable=True),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=True),
    Column("ground", Text, nullable=False),
    Column("made_by", String(36), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_by", String(36), nullable=True),
    Column("ended_at", Instant, nullable=True),
)
Index("ix_ooms_claim_restriction_name_key", restriction.c.name_key, restriction.c.role)
