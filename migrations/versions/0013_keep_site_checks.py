"""Keep on-site checks."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_site_check",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("postponement", sa.JSON(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "state IN ('SCHEDULED', 'POSTPONEMENT_ASKED', 'DONE')",
            name=op.f("ck_ooms_site_check_state"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ooms_application.id"],
            name=op.f("fk_ooms_site_check_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["ooms_user.id"], name=op.f("fk_ooms_site_check_asked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_site_check")),
    )
    op.create_index(
        "ix_ooms_site_check_application_id", "ooms_site_check", ["application_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("ooms_site_check")
