"""Keep recovery codes, for people who lose their second factor."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_recovery_code",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["ooms_user.id"],
            name=op.f("fk_ooms_recovery_code_user_id"),
        ),
        sa.PrimaryKeyConstraint("user_id", "code_sha256", name=op.f("pk_ooms_recovery_code")),
    )


def downgrade() -> None:
    op.drop_table("ooms_recovery_code")
