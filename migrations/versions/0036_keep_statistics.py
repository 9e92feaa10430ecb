"""Keep what statistics count."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_statistics_issue",
        sa.Column("certificate_id", sa.String(length=36), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("partner", sa.String(length=2), nullable=False),
        sa.Column("chapter", sa.String(length=2), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_statistics_issue_certificate_id"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", "item_no", name=op.f("pk_ooms_statistics_issue")),
    )
    op.create_index(
        "ix_ooms_statistics_issue_month", "ooms_statistics_issue", ["month", "agreement"]
    )
    op.create_table(
        "ooms_statistics_use",
        sa.Column("sender", sa.String(length=15), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.String(length=36), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("declaration_number", sa.String(length=35), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("partner", sa.String(length=2), nullable=False),
        sa.Column("chapter", sa.String(length=2), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason_class", sa.String(length=35), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_statistics_use_certificate_id"),
        ),
        sa.PrimaryKeyConstraint(
            "sender", "message_id", "place", name=op.f("pk_ooms_statistics_use")
        ),
    )
    op.create_index(
        "ix_ooms_statistics_use_item",
        "ooms_statistics_use",
        ["certificate_id", "item_no", "declaration_number"],
    )
    op.create_index("ix_ooms_statistics_use_month", "ooms_statistics_use", ["month", "agreement"])


def downgrade() -> None:
    op.drop_table("ooms_statistics_use")
    op.drop_table("ooms_statistics_issue")
