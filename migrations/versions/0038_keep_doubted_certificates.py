"""Keep which certificates verifications doubt, so that their claims meet it."""

import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

DOUBTED = "ooms_verification_doubted"
OVER = ("CLOSED_OK", "DETERMINED", "OBJECTED", "CLOSED")


def upgrade() -> None:
    op.create_table(
        DOUBTED,
        sa.Column("verification_id", sa.String(length=36), nullable=False),
        sa.Column("certificate_key", sa.String(length=35), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["verification_id"],
            ["ooms_verification.id"],
            name=op.f("fk_ooms_verification_doubted_verification_id"),
        ),
        sa.PrimaryKeyConstraint(
            "verification_id", "certificate_key", name=op.f("pk_ooms_verification_doubted")
        ),
    )
    op.create_index(
        "ix_ooms_verification_doubted_certificate_key", DOUBTED, ["certificate_key"], unique=False
    )
    _fill()


def downgrade() -> None:
    op.drop_index("ix_ooms_verification_doubted_certificate_key", table_name=DOUBTED)
    op.drop_table(DOUBTED)


def _fill() -> None:
    """Note what the verifications that are there doubt."""
    asked = sa.table(
        "ooms_verification",
        *map(sa.column, ("id", "state")),
        sa.column("content", sa.JSON()),
    )
    doubted = sa.table(DOUBTED, *map(sa.column, ("verification_id", "certificate_key", "detail")))
    for case in op.get_bind().execute(sa.select(asked)).mappings().all():
        rows = [
            {"verification_id": case["id"], "certificate_key": key, "detail": detail}
            for key, detail in _doubts(case["content"], state=case["state"]).items()
        ]
        if rows:
            op.bulk_insert(doubted, rows)


def _doubts(content: dict[str, Any], *, state: str) -> dict[str, str]:
    said = {
        _key(finding["certificate_number"]): finding["authentic"]
        for reply in content.get("replies", ())
        for finding in reply["findings"]
    }
    draft = content.get("draft") or {"doubts": ()}
    is_seal_asked = state not in OVER and any(one["kind"] == "SEAL" for one in draft["doubts"])
    partner, number = content["subject"]["partner"], content["number"]
    doubts = {}
    for certificate in content["subject"]["certificates"]:
        key = _key(certificate["number"])
        if said.get(key) == "NO":
            doubts[key] = f"{partner} does not vouch for it (verification {number})"
        elif key not in said and is_seal_asked:
            doubts[key] = f"its seal or signature is being verified (verification {number})"
    return doubts


def _key(number: str) -> str:
    folded = unicodedata.normalize("NFKC", number).upper()
    return "".join(one for one in folded if one.isascii() and one.isalnum())[:35]
