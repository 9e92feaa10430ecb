"""Rows of the tariffs that an office loaded."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table

from ooms.db import Instant, metadata

tariff = Table(
    "ooms_tariff",
    metadata,
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("language", String(35), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("loaded_at", Instant, nullable=False),
)

line = Table(
    "ooms_tariff_line",
    metadata,
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("language", String(35), primary_key=True),
    Column("code", String(12), primary_key=True),
    Column("description", String(2048), nullable=False),
    ForeignKeyConstraint(["edition", "language"], ["ooms_tariff.edition", "ooms_tariff.language"]),
)
