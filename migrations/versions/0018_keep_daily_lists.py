"""Keep daily lists, and find the trail's entries by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_daily_list",
        sa.Column("office", sa.String(length=35), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("office", "day", name=op.f("pk_ooms_daily_list")),
    )
    op.create_index("ix_ooms_audit_at", "ooms_audit", ["at"])


def downgrade() -> None:
    op.drop_index("ix_ooms_audit_at", table_name="ooms_audit")
    op.drop_table("ooms_daily_list")
