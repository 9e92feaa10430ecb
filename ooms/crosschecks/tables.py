"""Rows of lists, of what registers answered, and of who let an answer pass."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ooms.crosschecks.model import Kind, Verdict
from ooms.db import Instant, metadata, only

#: A list as it was loaded: numbered, whole, never changed.
edition = Table(
    "ooms_crosscheck_edition",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("file", String(256), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("as_of", Instant, nullable=False),
    Column("loaded_at", Instant, nullable=False),
    Column("entries", Integer, nullable=False),
    UniqueConstraint("kind", "number"),
    only("kind", Kind),
)

entry = Table(
    "ooms_crosscheck_entry",
    metadata,
    Column("edition_id", String(36), ForeignKey("ooms_crosscheck_edition.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("key", String(256), nullable=False),
    Column("record", JSON, nullable=False),
)
Index("ix_ooms_crosscheck_entry_key", entry.c.edition_id, entry.c.key)

#: How the last look at each list went.
look = Table(
    "ooms_crosscheck_look",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("looked_at", Instant, nullable=False),
    #: When the owner last wrote the list that is in use, changed or not.
    Column("as_of", Instant),
    #: Why the file was refused; empty when it is the list in use.
    Column("problem", Text, nullable=False),
    only("kind", Kind),
)

answer = Table(
    "ooms_crosscheck_answer",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("application_id", String(36), ForeignKey("ooms_application.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("source", String(4), nullable=False),
    Column("version", String(100), nullable=False),
    Column("as_of", Instant),
    Column("question_digest", String(64), nullable=False),
    Column("stated", JSON, nullable=False),
    Column("verdict", String(7), nullable=False),
    Column("why", Text, nullable=False),
    Column("hits", JSON, nullable=False),
    Column("asked_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("valid_until", Instant, nullable=False),
    only("kind", Kind),
    only("verdict", Verdict),
)
Index("ix_ooms_crosscheck_answer_application_id", answer.c.application_id, answer.c.id)

#: One row for an answer that was let pass.
release = Table(
    "ooms_crosscheck_release",
    metadata,
    Column("answer_id", String(36), ForeignKey("ooms_crosscheck_answer.id"), primary_key=True),
    Column("by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
