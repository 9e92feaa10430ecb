"""Rows of on-site checks."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, String, Table, Text

from ooms.db import metadata, only
from ooms.site_checks.model import State

site_check = Table(
    "ooms_site_check",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("ooms_application.id"), nullable=False),
    Column("ground", String(40), nullable=False),
    Column("scope", Text, nullable=False),
    Column("asked_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("notified_on", Date, nullable=False),
    Column("visit_on", Date, nullable=False),
    Column("due_on", Date),
    Column("state", String(20), nullable=False),
    Column("postponement", JSON),
    Column("report", JSON),
    only("state", State),
)
Index("ix_ooms_site_check_application_id", site_check.c.application_id, site_check.c.id)
