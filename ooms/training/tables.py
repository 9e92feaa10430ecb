"""Rows of the samples that exercises are done on."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from ooms.db import Instant, metadata

sample = Table(
    "ooms_training_sample",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("reference", String(40), nullable=False),
    Column("placed_at", Instant, nullable=False),
)
