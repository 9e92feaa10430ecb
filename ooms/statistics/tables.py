"""Rows that are counted: items of our certificates, their use abroad; and what was counted."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, String, Table

from ooms.db import Instant, metadata

_CERTIFICATE = "ooms_certificate.id"

#: An item of a certificate of ours; `is_first` is true for one item of each certificate.
issue = Table(
    "ooms_statistics_issue",
    metadata,
    Column("certificate_id", String(36), ForeignKey(_CERTIFICATE), primary_key=True),
    Column("item_no", Integer, primary_key=True),
    Column("agreement", String(12), nullable=False),
    Column("partner", String(2), nullable=False),
    Column("chapter", String(2), nullable=False),
    Column("month", String(7), nullable=False),
    Column("hours", Float),
)
Index("ix_ooms_statistics_issue_month", issue.c.month, issue.c.agreement)

#: What a partner decided on an item in a declaration; the highest ordinal is the last word.
use = Table(
    "ooms_statistics_use",
    metadata,
    Column("sender", String(15), primary_key=True),
    Column("message_id", String(36), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("certificate_id", String(36), ForeignKey(_CERTIFICATE), nullable=False),
    Column("item_no", Integer, nullable=False),
    Column("declaration_number", String(35), nullable=False),
    Column("agreement", String(12), nullable=False),
    Column("partner", String(2), nullable=False),
    Column("chapter", String(2), nullable=False),
    Column("month", String(7), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("reason_class", String(35), nullable=False),
    Column("ordinal", BigInteger, nullable=False),
)
Index("ix_ooms_statistics_use_item", use.c.certificate_id, use.c.item_no, use.c.declaration_number)
Index("ix_ooms_statistics_use_month", use.c.month, use.c.agreement)

#: When it was counted; the row is held while it is counted anew.
FIGURES = "figures"
count = Table(
    "ooms_statistics_count",
    metadata,
    Column("what", String(10), primary_key=True),
    Column("at", Instant, nullable=False),
)

#: What was counted, cell by cell: pages add cells up and read no row that is counted.
cell = Table(
    "ooms_statistics_cell",
    metadata,
    Column("side", String(6), primary_key=True),
    Column("agreement", String(12), primary_key=True),
    Column("partner", String(2), primary_key=True),
    Column("chapter", String(2), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("issued", Integer, nullable=False),
    Column("registered", Integer, nullable=False),
    Column("granted", Integer, nullable=False),
    Column("denied", Integer, nullable=False),
    Column("suspended", Integer, nullable=False),
)

#: Denials by their reason class.
refusal = Table(
    "ooms_statistics_refusal",
    metadata,
    Column("side", String(6), primary_key=True),
    Column("agreement", String(12), primary_key=True),
    Column("partner", String(2), primary_key=True),
    Column("chapter", String(2), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("reason_class", String(35), primary_key=True),
    Column("denials", Integer, nullable=False),
)

#: Certificates by the hours to their issue; an empty chapter stands for every chapter together.
hours = Table(
    "ooms_statistics_hours",
    metadata,
    Column("agreement", String(12), primary_key=True),
    Column("partner", String(2), primary_key=True),
    Column("chapter", String(2), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("hours", Float, primary_key=True),
    Column("certificates", Integer, nullable=False),
)
Index("ix_ooms_statistics_hours_chapter", hours.c.chapter, hours.c.month)
