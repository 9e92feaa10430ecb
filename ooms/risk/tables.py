"""Rows of routing: decisions and what became of them, figures, tables of points."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from ooms.db import Instant, metadata, only
from ooms.risk.model import Channel, ModelState, OutcomeKind, Result

decision = Table(
    "ooms_risk_decision",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("declaration", String(35), nullable=False),
    Column("line_no", Integer, nullable=False),
    Column("spec_no", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    # The last routing of a line counts; those before stay readable.
    Column("is_current", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("declared_on", Date, nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("hs6", String(6), nullable=False),
    Column("origin", String(2), nullable=False),
    Column("exporter", String(120), nullable=False),
    Column("importer", String(120), nullable=False),
    Column("currency", String(3), nullable=False),
    # Whole numbers, so that the database may add them up exactly: figures for comparison only.
    Column("grams", BigInteger),
    Column("price_e4", BigInteger),
    Column("channel", String(6), nullable=False),
    Column("selected_by", JSON, nullable=False),
    Column("points", Integer, nullable=False),
    Column("model", String(120), nullable=False),
    Column("challenger_model", String(120)),
    Column("challenger_points", Integer),
    Column("challenger_channel", String(6)),
    Column("content", JSON, nullable=False),
    only("channel", Channel),
    Index("ix_ooms_risk_decision_declaration", "declaration", "line_no", "spec_no"),
    Index("ix_ooms_risk_decision_declared_on", "declared_on"),
)

outcome = Table(
    "ooms_risk_outcome",
    metadata,
    Column("declaration", String(35), primary_key=True),
    Column("line_no", Integer, primary_key=True),
    Column("spec_no", Integer, primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("result", String(5), nullable=False),
    Column("detail", String(2000), nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("told_by", String(70), nullable=False),
    only("kind", OutcomeKind),
    only("result", Result),
)

figure = Table(
    "ooms_risk_figure",
    metadata,
    Column("key", String(160), primary_key=True),
    Column("content", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
)

model = Table(
    "ooms_risk_model",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("content", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("report", JSON, nullable=False),
    Column("added_by", String(70), nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("adopted_by", String(70)),
    Column("adopted_at", Instant),
    Column("reason", String(2000), nullable=False),
    only("state", ModelState),
    Index("ix_ooms_risk_model_state", "state"),
)
