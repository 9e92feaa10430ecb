"""Rows of notices of denials to issuing authorities."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
)

from ooms.db import metadata, only
from ooms.denials.model import State

notice = Table(
    "ooms_denial_notice",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("claim_id", String(36), ForeignKey("ooms_claim.id"), nullable=False),
    Column("decision_id", String(36), ForeignKey("ooms_decision.id"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("content", JSON, nullable=False),
    UniqueConstraint("decision_id"),
    only("state", State),
)
Index("ix_ooms_denial_notice_claim_id", notice.c.claim_id)
Index("ix_ooms_denial_notice_state", notice.c.state, notice.c.due_on)
