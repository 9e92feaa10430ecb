"""Rows of verifications of both sides, of suspended preference, and of sealed letters."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ooms.db import Instant, metadata, only
from ooms.verifications.answer import AnswerState, InquiryState
from ooms.verifications.model import State

#: Verifications that we ask for.
asked = Table(
    "ooms_verification",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(35), nullable=False),
    Column("partner", String(15), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("state", String(24), nullable=False),
    Column("version", Integer, nullable=False),
    Column("due_on", Date),
    Column("content", JSON, nullable=False),
    Column("selected_at", Instant, nullable=False),
    UniqueConstraint("number"),
    only("state", State),
)
Index("ix_ooms_verification_state", asked.c.state, asked.c.id)

#: Whose goods each of them is about, as claims are compared with.
goods = Table(
    "ooms_verification_goods",
    metadata,
    Column("verification_id", String(36), ForeignKey("ooms_verification.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("importer_key", String(256), nullable=False),
    Column("exporter_key", String(256), nullable=False),
    Column("hs6", String(6), nullable=False),
    Column("description_key", Text, nullable=False),
)
Index(
    "ix_ooms_verification_goods_importer_key",
    goods.c.importer_key,
    goods.c.exporter_key,
    goods.c.hs6,
)

#: Certificates that verifications doubt as such, by the key of their numbers.
doubted = Table(
    "ooms_verification_doubted",
    metadata,
    Column("verification_id", String(36), ForeignKey("ooms_verification.id"), primary_key=True),
    Column("certificate_key", String(35), primary_key=True),
    Column("detail", String(200), nullable=False),
)
Index("ix_ooms_verification_doubted_certificate_key", doubted.c.certificate_key)

suspension = Table(
    "ooms_preference_suspension",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("verification_id", String(36), ForeignKey("ooms_verification.id"), nullable=False),
    Column("importer_key", String(256), nullable=False),
    Column("exporter_key", String(256), nullable=False),
    Column("hs6", String(6), nullable=False),
    Column("since", Date, nullable=False),
    Column("ends_on", Date),
    Column("content", JSON, nullable=False),
)
Index(
    "ix_ooms_preference_suspension_importer_key",
    suspension.c.importer_key,
    suspension.c.exporter_key,
    suspension.c.hs6,
)
Index("ix_ooms_preference_suspension_verification_id", suspension.c.verification_id)

#: Verifications that partners ask for.
received = Table(
    "ooms_verification_received",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("partner", String(15), nullable=False),
    Column("case_id", String(36), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("due_on", Date),
    Column("officer_id", String(36), ForeignKey("ooms_user.id")),
    Column("content", JSON, nullable=False),
    Column("registered_at", Instant, nullable=False),
    UniqueConstraint("partner", "case_id"),
    only("state", AnswerState),
)
Index("ix_ooms_verification_received_state", received.c.state, received.c.id)

#: What our exporters and producers are asked about them.
inquiry = Table(
    "ooms_verification_inquiry",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("received_id", String(36), ForeignKey("ooms_verification_received.id"), nullable=False),
    Column("company_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("due_on", Date),
    Column("content", JSON, nullable=False),
    only("state", InquiryState),
)
Index("ix_ooms_verification_inquiry_received_id", inquiry.c.received_id)
Index("ix_ooms_verification_inquiry_company_id", inquiry.c.company_id, inquiry.c.id)

#: The sealed letters of either side, as exact bytes.
letter = Table(
    "ooms_verification_letter",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("about", String(36), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("sealed_at", Instant, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
)
Index("ix_ooms_verification_letter_about", letter.c.about)
