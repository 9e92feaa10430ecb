"""Rows of number series, certificates, and what partners said of them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ooms.certificates.model import State
from ooms.db import Instant, metadata, only

#: The last number given, by issuing office, agreement and year; locked while a number is taken.
series = Table(
    "ooms_number_series",
    metadata,
    Column("issuer", String(35), primary_key=True),
    Column("agreement", String(12), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

certificate = Table(
    "ooms_certificate",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(35), nullable=False),
    Column("number_key", String(35), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("form_type", String(20), nullable=False),
    Column("export_country", String(2), nullable=False),
    Column("import_country", String(2), nullable=False),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("application_id", String(36), ForeignKey("ooms_application.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("access_code", String(20), nullable=False),
    Column("content", JSON, nullable=False),
    Column("document", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    Column("partner", String(15)),
    Column("message_id", String(36)),
    Column("exchange_state", String(20), nullable=False),
    Column("exchange_at", Instant, nullable=False),
    Column("exchange_detail", Text),
    Column("replaces_id", String(36), ForeignKey("ooms_certificate.id")),
    Column("replaced_by_id", String(36)),
    Column("cancellation_asked_at", Instant),
    Column("office", String(35)),
    Column("series", String(35)),
    Column("series_year", Integer),
    Column("serial", Integer),
    UniqueConstraint("agreement", "number_key"),
    UniqueConstraint("application_id", "position"),
    UniqueConstraint("replaces_id"),
    only("state", State),
)
Index(
    "ix_ooms_certificate_series",
    certificate.c.series,
    certificate.c.agreement,
    certificate.c.series_year,
    certificate.c.serial,
    unique=True,
)
Index("ix_ooms_certificate_exporter_id", certificate.c.exporter_id, certificate.c.id)
Index("ix_ooms_certificate_number_key", certificate.c.number_key)
Index(
    "ix_ooms_certificate_partner",
    certificate.c.partner,
    certificate.c.agreement,
    certificate.c.issued_at,
)

#: Certified true copies: the number stays, so a certificate may have several.
copy = Table(
    "ooms_certificate_copy",
    metadata,
    Column("certificate_id", String(36), ForeignKey("ooms_certificate.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("application_id", String(36), ForeignKey("ooms_application.id"), nullable=False),
    Column("document", JSON, nullable=False),
    Column("reason_code", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", String(100), nullable=False),
    UniqueConstraint("application_id"),
)

#: Each piece of news once, also the news that is about none of our certificates.
news = Table(
    "ooms_partner_news",
    metadata,
    Column("kind", String(30), primary_key=True),
    Column("partner", String(15), primary_key=True),
    Column("message_id", String(36), primary_key=True),
    Column("certificate_id", String(36), ForeignKey("ooms_certificate.id")),
    Column("ordinal", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("heard_at", Instant, nullable=False),
    Column("facts", JSON, nullable=False),
)
Index("ix_ooms_partner_news_certificate_id", news.c.certificate_id, news.c.ordinal)
