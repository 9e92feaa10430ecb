"""Rows of holds, of lists of what is due, and of what was deleted."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, String, Table, Text

from ooms.db import Instant, metadata, only
from ooms.retention.model import Kind, ListState

hold = Table(
    "ooms_legal_hold",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("certificate_id", String(36), ForeignKey("ooms_certificate.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("reference", String(120), nullable=False),
    Column("placed_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("lifted_by", String(36), ForeignKey("ooms_user.id")),
    Column("lifted_at", Instant),
)
Index("ix_ooms_legal_hold_certificate_id", hold.c.certificate_id)

deletion_list = Table(
    "ooms_deletion_list",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("items", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    Column("first_by", String(36), ForeignKey("ooms_user.id")),
    Column("second_by", String(36), ForeignKey("ooms_user.id")),
    Column("done_at", Instant),
    only("state", ListState),
)
Index("ix_ooms_deletion_list_state", deletion_list.c.state, deletion_list.c.id)

#: Added and never changed: the evidence of what was deleted.
deletion = Table(
    "ooms_deletion",
    metadata,
    Column("kind", String(24), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("list_id", String(36), ForeignKey("ooms_deletion_list.id"), nullable=False),
    Column("number", String(35), nullable=False),
    Column("began", Date, nullable=False),
    Column("ended", Date, nullable=False),
    Column("rule", String(20), nullable=False),
    Column("source", String(200), nullable=False),
    Column("digests", JSON, nullable=False),
    Column("deleted_at", Instant, nullable=False),
    Column("approved_by", JSON, nullable=False),
    only("kind", Kind),
)
