"""Keep what suppliers sealed, producers' cost statements, and the ledger of consents."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_PURPOSE = "purpose IN ('VERIFICATION_CASE', 'EVIDENCE_BUNDLE')"


def upgrade() -> None:
    with op.batch_alter_table("ooms_determination") as batch:
        batch.add_column(sa.Column("made_for", sa.String(length=36)))
        batch.add_column(sa.Column("sealed", sa.JSON()))
        batch.create_foreign_key(
            op.f("fk_ooms_determination_made_for"), "ooms_exporter", ["made_for"], ["id"]
        )
    op.create_table(
        "ooms_cost_statement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("producer_id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("product_id", sa.String(length=36), nullable=False),
        sa.Column("filed_by", sa.String(length=36), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        *_keys(
            "ooms_cost_statement",
            id="ooms_determination",
            producer_id="ooms_exporter",
            exporter_id="ooms_exporter",
            product_id="ooms_product",
            filed_by="ooms_user",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_cost_statement")),
    )
    for side in ("producer_id", "exporter_id"):
        op.create_index(f"ix_ooms_cost_statement_{side}", "ooms_cost_statement", [side, "id"])
    _make_ledger()


def _make_ledger() -> None:
    op.create_table(
        "ooms_consent",
        *_subject(),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.CheckConstraint(_PURPOSE, name=op.f("ck_ooms_consent_purpose")),
        *_keys("ooms_consent", company_id="ooms_exporter", given_by="ooms_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_consent")),
    )
    op.create_index("ix_ooms_consent_company_id", "ooms_consent", ["company_id", "id"])
    op.create_table(
        "ooms_consent_withdrawal",
        sa.Column("consent_id", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        *_keys("ooms_consent_withdrawal", consent_id="ooms_consent", withdrawn_by="ooms_user"),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_ooms_consent_withdrawal")),
    )
    op.create_table(
        "ooms_consent_release",
        *_subject(),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("consents", sa.JSON(), nullable=False),
        sa.Column("released_by", sa.String(length=80), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_PURPOSE, name=op.f("ck_ooms_consent_release_purpose")),
        *_keys("ooms_consent_release", company_id="ooms_exporter"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_consent_release")),
    )
    op.create_index(
        "ix_ooms_consent_release_company_id", "ooms_consent_release", ["company_id", "id"]
    )


def _subject() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("company_id", sa.String(length=36), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("thing", sa.String(length=120), nullable=False),
        sa.Column("partner", sa.String(length=35), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
    )


def _keys(table: str, **columns: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))
        for name, other in columns.items()
    )


def downgrade() -> None:
    for table in (
        "ooms_consent_release",
        "ooms_consent_withdrawal",
        "ooms_consent",
        "ooms_cost_statement",
    ):
        op.drop_table(table)
    with op.batch_alter_table("ooms_determination") as batch:
        batch.drop_constraint(op.f("fk_ooms_determination_made_for"), type_="foreignkey")
        batch.drop_column("sealed")
        batch.drop_column("made_for")
