"""Keep the notices that importers are sent before preference is taken away."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

STATES = ("SENT", "ANSWERED", "FOLLOWED", "DROPPED")


def upgrade() -> None:
    op.create_table(
        "ooms_prior_notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ({})".format(", ".join(f"'{one}'" for one in STATES)),
            name=op.f("ck_ooms_prior_notice_state"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_prior_notice_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_prior_notice")),
    )
    op.create_index("ix_ooms_prior_notice_claim_id", "ooms_prior_notice", ["claim_id"])
    op.create_index("ix_ooms_prior_notice_state", "ooms_prior_notice", ["state", "due_on"])


def downgrade() -> None:
    op.drop_table("ooms_prior_notice")
