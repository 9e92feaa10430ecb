"""Rows of advance rulings: what they are searched by, and the whole."""

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
    Text,
    UniqueConstraint,
)

from ooms.db import metadata, only
from ooms.rulings.model import State

ruling = Table(
    "ooms_ruling",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(40)),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id")),
    Column("state", String(20), nullable=False),
    Column("holder", String(120), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("hs6", String(6), nullable=False),
    Column("due_on", Date),
    Column("is_published", Boolean, nullable=False),
    # What anybody may search: the published words alone, in small letters.
    Column("published_words", Text, nullable=False),
    Column("published_processes", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    only("state", State),
    UniqueConstraint("number"),
    Index("ix_ooms_ruling_hs6", "hs6", "agreement"),
    Index("ix_ooms_ruling_exporter_id", "exporter_id", "id"),
)
