"""Rows of daily lists; they are added and never changed."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, String, Table

from ooms.db import Instant, metadata

daily = Table(
    "ooms_daily_list",
    metadata,
    Column("office", String(35), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("document", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("closed_at", Instant, nullable=False),
)
