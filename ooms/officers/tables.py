"""Rows of issuing offices, posts and trainings."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from ooms.db import Exact, Instant, metadata, only
from ooms.officers.model import OfficeKind

place = Table(
    "ooms_issuing_place",
    metadata,
    Column("code", String(35), primary_key=True),
    Column("name", String(256), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("cities", JSON, nullable=False),
    Column("place", String(70), nullable=False, server_default=text("''")),
    only("kind", OfficeKind),
)

post = Table(
    "ooms_post",
    metadata,
    Column("user_id", String(36), ForeignKey("ooms_user.id"), primary_key=True),
    Column("office", String(35), ForeignKey("ooms_issuing_place.code"), nullable=False),
    Column("most_open", Integer, nullable=False),
    Column("agreements", JSON, nullable=False),
    Column("chapters", JSON, nullable=False),
    Column("is_present", Boolean, nullable=False),
)

training = Table(
    "ooms_training",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("user_id", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("hours", Exact, nullable=False),
    Column("subject", String(40), nullable=False),
    Column("title", String(256), nullable=False),
    Column("recorded_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
Index("ix_ooms_training_user_id", training.c.user_id, training.c.held_on)
