"""Rows of sealed documents: what was handed out once is handed out again, byte by byte."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from ooms.db import Instant, metadata

#: A document by its certificate and by the digest of what that certificate said when it was sealed.
document = Table(
    "ooms_document",
    metadata,
    Column("certificate_id", String(36), ForeignKey("ooms_certificate.id"), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("sealed_at", Instant, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("pdf", LargeBinary, nullable=False),
)
