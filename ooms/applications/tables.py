"""Rows of applications and of the determinations that their lines cite."""

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
    Text,
)

from ooms.applications.model import Check, Finding, Outcome, State
from ooms.db import Instant, metadata, only

application = Table(
    "ooms_application",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("import_country", String(2), nullable=False),
    Column("content", JSON, nullable=False),
    Column("drafted_at", Instant, nullable=False),
    Column("submitted_on", Date),
    Column("officer_id", String(36), ForeignKey("ooms_user.id")),
    Column("reason_code", String(40)),
    Column("reason", Text),
    Column("decided_at", Instant),
    Column("clock", JSON),
    Column("due_on", Date),
    Column("office", String(35)),
    only("state", State),
)
Index("ix_ooms_application_exporter_id", application.c.exporter_id, application.c.id)
Index("ix_ooms_application_of_year", application.c.exporter_id, application.c.submitted_on)
Index("ix_ooms_application_state", application.c.state, application.c.id)
Index("ix_ooms_application_due_on", application.c.due_on, application.c.id)
Index("ix_ooms_application_officer_id", application.c.officer_id, application.c.state)

#: What officers wanted completed, and what came of it.
completion = Table(
    "ooms_completion_request",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("ooms_application.id"), nullable=False),
    Column("lacks", JSON, nullable=False),
    Column("asked_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    # What the application said when it was asked.
    Column("stated", JSON(none_as_null=True)),
    Column("outcome", String(10), nullable=False),
    Column("answer", Text, nullable=False),
    Column("ended_at", Instant),
    only("outcome", Outcome),
)
Index("ix_ooms_completion_request_application_id", completion.c.application_id, completion.c.id)
Index("ix_ooms_completion_request_due_on", completion.c.outcome, completion.c.due_on)

#: What each line cites, so that a stale determination finds its applications.
citation = Table(
    "ooms_application_line",
    metadata,
    Column("application_id", String(36), ForeignKey("ooms_application.id"), primary_key=True),
    Column("item_no", Integer, primary_key=True),
    Column("determination_id", String(36), ForeignKey("ooms_determination.id"), nullable=False),
)
Index("ix_ooms_application_line_determination_id", citation.c.determination_id)

#: What the five checks found: the officer's words while it is open, everything at the issue.
check = Table(
    "ooms_application_check",
    metadata,
    Column("application_id", String(36), ForeignKey("ooms_application.id"), primary_key=True),
    Column("name", String(10), primary_key=True),
    Column("finding", String(10), nullable=False),
    Column("detail", Text, nullable=False),
    Column("decided_by", String(36), ForeignKey("ooms_user.id")),
    Column("decided_at", Instant, nullable=False),
    only("name", Check),
    only("finding", Finding),
)
