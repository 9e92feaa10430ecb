"""Keep what issuing authorities are told of denials, and what they explain."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_denial_notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('DUE', 'TOLD', 'EXPLAINED', 'ACCEPTED', 'DISMISSED', 'DROPPED')",
            name=op.f("ck_ooms_denial_notice_state"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_denial_notice_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["ooms_decision.id"], name=op.f("fk_ooms_denial_notice_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_denial_notice")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_ooms_denial_notice_decision_id")),
    )
    op.create_index("ix_ooms_denial_notice_claim_id", "ooms_denial_notice", ["claim_id"])
    op.create_index("ix_ooms_denial_notice_state", "ooms_denial_notice", ["state", "due_on"])


def downgrade() -> None:
    op.drop_table("ooms_denial_notice")
