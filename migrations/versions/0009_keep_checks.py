"""Keep what the checks before issue found."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_application_check",
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=10), nullable=False),
        sa.Column("finding", sa.String(length=10), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "name IN ('STANDING', 'IN_TIME', 'ORIGIN', 'FORM', 'PAPERS')",
            name=op.f("ck_ooms_application_check_name"),
        ),
        sa.CheckConstraint(
            "finding IN ('PASSED', 'FAILED', 'OPEN')",
            name=op.f("ck_ooms_application_check_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ooms_application.id"],
            name=op.f("fk_ooms_application_check_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["ooms_user.id"], name=op.f("fk_ooms_application_check_decided_by")
        ),
        sa.PrimaryKeyConstraint("application_id", "name", name=op.f("pk_ooms_application_check")),
    )


def downgrade() -> None:
    op.drop_table("ooms_application_check")
