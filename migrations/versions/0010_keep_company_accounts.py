"""Keep the accounts of companies, their sites, signature cards and delegations."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ooms_company_account",
        sa.Column("company_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "state IN ('APPLIED', 'VERIFIED', 'ACTIVE', 'SUSPENDED', 'CLOSED')",
            name=op.f("ck_ooms_company_account_state"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_company_account_company_id")
        ),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_ooms_company_account")),
    )
    # Whoever registered a company before there were accounts vouched for it.
    op.execute(
        "INSERT INTO ooms_company_account "
        "(company_id, state, version, identifier, reason, changed_at) "
        "SELECT id, 'ACTIVE', 1, 'UNKNOWN_SCHEME', '', registered_at FROM ooms_exporter"
    )
    op.create_table(
        "ooms_company_site",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("company_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("address", sa.String(length=256), nullable=False),
        sa.Column("city", sa.String(length=50), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("registration", sa.String(length=35), nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_company_site_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_company_site")),
    )
    op.create_index(
        "ix_ooms_company_site_company_id", "ooms_company_site", ["company_id", "id"], unique=False
    )
    op.create_table(
        "ooms_signature_card",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("company_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("title", sa.String(length=70), nullable=False),
        sa.Column("specimen_sha256", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("revoked_because", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_signature_card_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_signature_card")),
    )
    op.create_index(
        "ix_ooms_signature_card_company_id",
        "ooms_signature_card",
        ["company_id", "id"],
        unique=False,
    )
    op.create_table(
        "ooms_delegation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("company_id", sa.String(length=36), nullable=False),
        sa.Column("broker_id", sa.String(length=36), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_delegation_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["broker_id"], ["ooms_user.id"], name=op.f("fk_ooms_delegation_broker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_delegation")),
    )
    op.create_index(
        "ix_ooms_delegation_company_id",
        "ooms_delegation",
        ["company_id", "broker_id"],
        unique=False,
    )
    op.create_index("ix_ooms_delegation_broker_id", "ooms_delegation", ["broker_id"], unique=False)


def downgrade() -> None:
    for name in (
        "ooms_delegation",
        "ooms_signature_card",
        "ooms_company_site",
        "ooms_company_account",
    ):
        op.drop_table(name)
