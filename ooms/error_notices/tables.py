"""Rows of notices of error."""

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
from ooms.error_notices.model import State

notice = Table(
    "ooms_error_notice",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("certificate_id", String(36), ForeignKey("ooms_certificate.id"), nullable=False),
    Column("number", String(35), nullable=False),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("statement", JSON, nullable=False),
    Column("clock", JSON, nullable=False),
    Column("due_on", Date),
    Column("drafted_at", Instant, nullable=False),
    Column("filed_on", Date),
    Column("hits", JSON, nullable=False),
    Column("open_applications", JSON, nullable=False),
    Column("acknowledged_by", String(36), ForeignKey("ooms_user.id")),
    Column("acknowledged_at", Instant),
    Column("passed_on_at", Instant),
    Column("closed_at", Instant),
    Column("closing_words", Text, nullable=False),
    only("state", State),
)
Index("ix_ooms_error_notice_exporter_id", notice.c.exporter_id, notice.c.id)
Index("ix_ooms_error_notice_state", notice.c.state, notice.c.id)
Index("ix_ooms_error_notice_certificate_id", notice.c.certificate_id)
