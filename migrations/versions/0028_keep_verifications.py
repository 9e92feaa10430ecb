"""Keep who asked whom to verify what, so that no message is taken that cannot belong."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "eodes_verification",
        sa.Column("partner", sa.String(length=15), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("asker", sa.String(length=15), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("visit", sa.String(length=12), nullable=True),
        sa.Column("visit_no", sa.Integer(), nullable=False),
        sa.Column("certificates", sa.JSON(), nullable=False),
        sa.Column("opened_by", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('REQUESTED', 'ANSWERED', 'DETERMINED')",
            name=op.f("ck_eodes_verification_state_known"),
        ),
        sa.CheckConstraint(
            "visit IN ('PROPOSED', 'AGREED', 'REFUSED', 'HELD', 'COMMENTED', 'FINAL')",
            name=op.f("ck_eodes_verification_visit_known"),
        ),
        sa.PrimaryKeyConstraint("partner", "case_id", name=op.f("pk_eodes_verification")),
    )


def downgrade() -> None:
    op.drop_table("eodes_verification")
