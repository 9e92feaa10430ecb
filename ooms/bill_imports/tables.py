"""Rows of imports of bills, of their files until they are done, and of their flaws."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from ooms.bill_imports.model import State
from ooms.db import Instant, metadata, only

bill_import = Table(
    "ooms_bill_import",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("exporter_id", String(36), ForeignKey("ooms_exporter.id"), nullable=False),
    Column("handed_in_by", String(36), ForeignKey("ooms_user.id"), nullable=False),
    Column("file", String(120), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rows_total", Integer),
    Column("bills", Integer, nullable=False),
    Column("new_products", Integer, nullable=False),
    Column("flaws", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", String(36)),
    Column("claimed_until", Instant),
    Column("ended_at", Instant),
    only("state", State),
)
Index("ix_ooms_bill_import_exporter_id", bill_import.c.exporter_id, bill_import.c.id)
Index("ix_ooms_bill_import_state", bill_import.c.state, bill_import.c.id)

#: The bytes of a file, forgotten when its import has ended; the digest stays with the import.
content = Table(
    "ooms_bill_import_content",
    metadata,
    Column("import_id", String(36), ForeignKey("ooms_bill_import.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

flaw = Table(
    "ooms_bill_import_flaw",
    metadata,
    Column("import_id", String(36), ForeignKey("ooms_bill_import.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("pointer", String(400), nullable=False),
    Column("detail", String(1000), nullable=False),
    Column("code", String(40), nullable=False),
)
