"""Rows of editions, their entries, stated facts, contests, and waivers of review."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from ooms.db import Instant, metadata, only
from ooms.listings.model import EditionState, FactKind, Ground, ListKind, PostOutcome

fact = Table(
    "ooms_applicant_fact",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("code", String(40), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("stated_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("stated_at", Instant, nullable=False),
    Column("valid_until", Date),
    Column("withdrawn_at", Instant),
    Column("withdrawn_because", Text, nullable=False),
    only("kind", FactKind),
)
Index("ix_ooms_applicant_fact_exporter_id", fact.c.exporter_id, fact.c.id)

edition = Table(
    "ooms_list_edition",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("year", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("is_urgent", Boolean, nullable=False),
    Column("published_by", String(36), nullable=False),
    Column("published_on", Date),
    Column("valid_until", Date),
    Column("seed", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    only("kind", ListKind),
    only("state", EditionState),
)
Index("ix_ooms_list_edition_kind", edition.c.kind, edition.c.year, edition.c.id)

entry = Table(
    "ooms_list_entry",
    metadata,
    Column("edition_id", String(36), ForeignKey("ooms_list_edition.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("ground", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("agreement", String(12)),
    Column("hs6", String(6)),
    Column("removed_on", Date),
    Column("removed_because", Text, nullable=False),
    Column("removal_code", String(40), nullable=False),
    only("ground", Ground),
)
Index("ix_ooms_list_entry_exporter_id", entry.c.exporter_id, entry.c.edition_id)

#: The application is another desk's: its id is kept, and its own rows stay there.
waiver = Table(
    "ooms_review_waiver",
    metadata,
    Column("application_id", String(36), ForeignKey("ooms_application.id"), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("edition_id", String(36), ForeignKey("ooms_list_edition.id"), nullable=False),
    Column("ground", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("granted_on", Date, nullable=False),
    Column("is_sampled", Boolean, nullable=False),
    Column("issued_on", Date),
    Column("outcome", String(8)),
    Column("text", Text, nullable=False),
    Column("checked_by", String(36), ForeignKey("ooms_user.id")),
    Column("checked_at", Instant),
    only("outcome", PostOutcome),
)
Index("ix_ooms_review_waiver_is_sampled", waiver.c.is_sampled, waiver.c.issued_on)

contest = Table(
    "ooms_list_contest",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("edition_id", String(36), ForeignKey("ooms_list_edition.id"), nullable=False),
    Column("statement", Text, nullable=False),
    Column("stated_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("stated_at", Instant, nullable=False),
    Column("is_upheld", Boolean),
    Column("answer", Text, nullable=False),
    Column("answered_by", String(36), ForeignKey("ooms_user.id")),
    Column("answered_at", Instant),
)
Index("ix_ooms_list_contest_exporter_id", contest.c.exporter_id, contest.c.id)
