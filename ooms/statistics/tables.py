"""Rows that are counted: items of our certificates, and what partners said of their use."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, String, Table

from ooms.db import metadata

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
