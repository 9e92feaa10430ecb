"""Rows of tips, of the watch list, and of capacities."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table

from ooms.db import Exact, Instant, metadata, only
from ooms.watch.model import TipState

tip = Table(
    "ooms_tip",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(140), nullable=False),
    Column("text", String(2000), nullable=False),
    Column("source", String(256), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(11), nullable=False),
    Column("kept_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("decided_by", String(70)),
    Column("decided_at", Instant),
    Column("reason", String(2000), nullable=False),
    only("state", TipState),
    Index("ix_ooms_tip_subject", "subject"),
)

watched = Table(
    "ooms_watched",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("subject", String(140), nullable=False),
    Column("reason", String(2000), nullable=False),
    Column("source", String(256), nullable=False),
    Column("since", Date, nullable=False),
    # The first day on which it is watched no more.
    Column("until", Date, nullable=False),
    Column("kept_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("end_reason", String(2000), nullable=False),
    Index("ix_ooms_watched_subject", "subject"),
)

capacity = Table(
    "ooms_capacity",
    metadata,
    Column("subject", String(140), primary_key=True),
    Column("kilograms", Exact, nullable=False),
    Column("source", String(256), nullable=False),
    Column("stated_on", Date, nullable=False),
    Column("kept_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
)
