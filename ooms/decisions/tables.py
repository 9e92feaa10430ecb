"""Rows of decisions and of what goes on around them; decisions are added, never changed."""

from __future__ import annotations

from enum import StrEnum

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
    UniqueConstraint,
)

from ooms.db import Exact, Instant, metadata, only
from ooms.decisions.asked import CompletionState, ObjectionState, SettlementState
from ooms.decisions.model import Verdict
from ooms.decisions.prior_notice import PriorNoticeState

_CLAIM = "ooms_claim.id"
_DECISION = "ooms_decision.id"


decision = Table(
    "ooms_decision",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("claim_id", String(36), ForeignKey(_CLAIM), nullable=False),
    Column("line_no", Integer, nullable=False),
    Column("spec_no", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("cause", String(15), nullable=False),
    Column("declaration_number", String(35), nullable=False),
    Column("number_key", String(35), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("issuing_country", String(2), nullable=False),
    Column("item_no", Integer, nullable=False),
    Column("chapter", String(2), nullable=False),
    Column("month", String(7), nullable=False),
    Column("reason_class", String(35), nullable=False),
    Column("decided_by", String(100), nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("content", JSON, nullable=False),
    UniqueConstraint("claim_id", "line_no", "spec_no", "seq"),
    only("verdict", Verdict),
)
Index("ix_ooms_decision_month", decision.c.month, decision.c.agreement)
Index("ix_ooms_decision_item", decision.c.number_key, decision.c.item_no)


def _until(name: str, states: type[StrEnum]) -> Table:
    """Lay out what is asked of an importer, or told him, until a day: its state and its content."""
    table = Table(
        name,
        metadata,
        Column("id", String(36), primary_key=True),
        Column("claim_id", String(36), ForeignKey(_CLAIM), nullable=False),
        Column("state", String(10), nullable=False),
        Column("due_on", Date, nullable=False),
        Column("content", JSON, nullable=False),
        only("state", states),
    )
    Index(f"ix_{name}_claim_id", table.c.claim_id)
    Index(f"ix_{name}_state", table.c.state, table.c.due_on)
    return table


completion = _until("ooms_claim_completion", CompletionState)
prior_notice = _until("ooms_prior_notice", PriorNoticeState)

objection = Table(
    "ooms_objection",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("claim_id", String(36), ForeignKey(_CLAIM), nullable=False),
    Column("decision_id", String(36), ForeignKey(_DECISION), nullable=False),
    Column("state", String(15), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("content", JSON, nullable=False),
    UniqueConstraint("decision_id"),
    only("state", ObjectionState),
)
Index("ix_ooms_objection_claim_id", objection.c.claim_id)
Index("ix_ooms_objection_state", objection.c.state, objection.c.due_on)

settlement = Table(
    "ooms_settlement",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("claim_id", String(36), ForeignKey(_CLAIM), nullable=False),
    Column("decision_id", String(36), ForeignKey(_DECISION), nullable=False),
    Column("state", String(10), nullable=False),
    Column("amount", Exact, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("content", JSON, nullable=False),
    only("state", SettlementState),
)
Index("ix_ooms_settlement_claim_id", settlement.c.claim_id)
Index("ix_ooms_settlement_state", settlement.c.state, settlement.c.id)

late_claim = Table(
    "ooms_late_claim",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("claim_id", String(36), ForeignKey(_CLAIM), nullable=False),
    Column("declaration_number", String(35), nullable=False),
    Column("in_time", Boolean, nullable=False),
    Column("decide_by", Date, nullable=False),
    Column("ended_on", Date, nullable=True),
    Column("content", JSON, nullable=False),
    UniqueConstraint("claim_id"),
)
Index("ix_ooms_late_claim_decide_by", late_claim.c.decide_by)
Index("ix_ooms_late_claim_declaration_number", late_claim.c.declaration_number)
