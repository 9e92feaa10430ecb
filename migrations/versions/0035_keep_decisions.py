"""Keep decisions on claims, completions, objections, amounts to settle, and late claims."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_decision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("spec_no", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("cause", sa.String(length=15), nullable=False),
        sa.Column("declaration_number", sa.String(length=35), nullable=False),
        sa.Column("number_key", sa.String(length=35), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("issuing_country", sa.String(length=2), nullable=False),
        sa.Column("item_no", sa.Integer(), nullable=False),
        sa.Column("chapter", sa.String(length=2), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("reason_class", sa.String(length=35), nullable=False),
        sa.Column("decided_by", sa.String(length=100), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('GRANTED', 'PARTLY', 'DENIED', 'SUSPENDED', 'SECURED', 'WITHDRAWN')",
            name=op.f("ck_ooms_decision_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_decision_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_decision")),
        sa.UniqueConstraint(
            "claim_id",
            "line_no",
            "spec_no",
            "seq",
            name=op.f("uq_ooms_decision_claim_id_line_no_spec_no_seq"),
        ),
    )
    op.create_index("ix_ooms_decision_item", "ooms_decision", ["number_key", "item_no"])
    op.create_index("ix_ooms_decision_month", "ooms_decision", ["month", "agreement"])
    op.create_table(
        "ooms_claim_completion",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('OPEN', 'ANSWERED', 'ACCEPTED', 'REFUSED', 'LAPSED')",
            name=op.f("ck_ooms_claim_completion_state"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_claim_completion_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_claim_completion")),
    )
    op.create_index("ix_ooms_claim_completion_claim_id", "ooms_claim_completion", ["claim_id"])
    op.create_index("ix_ooms_claim_completion_state", "ooms_claim_completion", ["state", "due_on"])
    op.create_table(
        "ooms_objection",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('RECEIVED', 'UPHELD', 'REVERSED', 'INADMISSIBLE')",
            name=op.f("ck_ooms_objection_state"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_objection_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["ooms_decision.id"], name=op.f("fk_ooms_objection_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_objection")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_ooms_objection_decision_id")),
    )
    op.create_index("ix_ooms_objection_claim_id", "ooms_objection", ["claim_id"])
    op.create_index("ix_ooms_objection_state", "ooms_objection", ["state", "due_on"])
    op.create_table(
        "ooms_settlement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("decision_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('DUE', 'TOLD', 'CONFIRMED')", name=op.f("ck_ooms_settlement_state")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_settlement_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["ooms_decision.id"], name=op.f("fk_ooms_settlement_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_settlement")),
    )
    op.create_index("ix_ooms_settlement_claim_id", "ooms_settlement", ["claim_id"])
    op.create_index("ix_ooms_settlement_state", "ooms_settlement", ["state", "id"])
    op.create_table(
        "ooms_late_claim",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("declaration_number", sa.String(length=35), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["ooms_claim.id"], name=op.f("fk_ooms_late_claim_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_late_claim")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_ooms_late_claim_claim_id")),
    )
    op.create_index("ix_ooms_late_claim_decide_by", "ooms_late_claim", ["decide_by"])


def downgrade() -> None:
    for table in (
        "ooms_late_claim",
        "ooms_settlement",
        "ooms_objection",
        "ooms_claim_completion",
        "ooms_decision",
    ):
        op.drop_table(table)
