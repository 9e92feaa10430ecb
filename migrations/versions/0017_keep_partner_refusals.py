"""Keep why partners refused, and count it fast; what was heard before is read from the news."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_REFUSED = ("REJECTED_BUSINESS", "REJECTED_TECHNICAL")
_DENYING = ("DENIED", "SUSPENDED")
_AT_ONCE = 1000


def upgrade() -> None:
    made = op.create_table(
        "ooms_partner_refusal",
        sa.Column("partner", sa.String(length=15), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("box", sa.String(length=40), nullable=False),
        sa.Column("certificate_id", sa.String(length=36), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_partner_refusal_certificate_id"),
        ),
        sa.PrimaryKeyConstraint(
            "partner", "message_id", "code", "box", name=op.f("pk_ooms_partner_refusal")
        ),
    )
    op.create_index(
        "ix_ooms_partner_refusal_at", "ooms_partner_refusal", ["partner", "agreement", "at"]
    )
    op.create_index(
        "ix_ooms_certificate_partner", "ooms_certificate", ["partner", "agreement", "issued_at"]
    )
    rows = list(_heard_before())
    for start in range(0, len(rows), _AT_ONCE):
        op.bulk_insert(made, rows[start : start + _AT_ONCE])


def downgrade() -> None:
    op.drop_index("ix_ooms_certificate_partner", "ooms_certificate")
    op.drop_table("ooms_partner_refusal")


def _heard_before() -> Iterator[dict[str, Any]]:
    news = sa.table(
        "ooms_partner_news",
        sa.column("partner"),
        sa.column("message_id"),
        sa.column("certificate_id"),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("facts", sa.JSON()),
    )
    certificate = sa.table("ooms_certificate", sa.column("id"), sa.column("agreement"))
    wanted = sa.select(news, certificate.c.agreement).where(
        news.c.certificate_id == certificate.c.id
    )
    kept = set()
    for row in op.get_bind().execute(wanted).mappings():
        for code in _codes(row["facts"]):
            key = (row["partner"], row["message_id"], code[:40])
            if key not in kept:
                kept.add(key)
                yield {
                    "partner": row["partner"],
                    "message_id": row["message_id"],
                    "code": code[:40],
                    "box": "",
                    "certificate_id": row["certificate_id"],
                    "agreement": row["agreement"],
                    "at": row["at"],
                }


def _codes(facts: dict[str, Any]) -> Iterator[str]:
    if facts.get("state") in _REFUSED:
        yield str(facts.get("code") or "UNNAMED")
    for one in facts.get("decisions") or ():
        if one.get("outcome") in _DENYING:
            yield str(one.get("reason_code") or "UNNAMED").replace("_", "-")
