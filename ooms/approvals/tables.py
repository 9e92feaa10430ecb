"""Rows of applications for approval, of approvals, and of the series of their numbers."""

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
    UniqueConstraint,
)

from ooms.approvals.model import Level, RequestState, State
from ooms.db import metadata, only

#: The whole application is in `content`; the columns beside it are what is looked for.
request = Table(
    "ooms_approval_request",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("decide_by", Date, nullable=False),
    Column("content", JSON, nullable=False),
    only("state", RequestState),
)
Index("ix_ooms_approval_request_exporter_id", request.c.exporter_id, request.c.id)
Index("ix_ooms_approval_request_state", request.c.state, request.c.decide_by)

approval = Table(
    "ooms_approval",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(40), nullable=False),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("level", String(8), nullable=False),
    Column("agreement", String(12)),
    Column("hs6", String(6)),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("approved_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("ended_on", Date),
    Column("content", JSON, nullable=False),
    UniqueConstraint("number"),
    only("level", Level),
    only("state", State),
)
Index("ix_ooms_approval_exporter_id", approval.c.exporter_id, approval.c.id)
Index("ix_ooms_approval_valid_until", approval.c.state, approval.c.valid_until)

series = Table(
    "ooms_approval_series",
    metadata,
    Column("level", String(8), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
