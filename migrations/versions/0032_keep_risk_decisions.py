"""Keep where claims were sent and why, tables of points, tips, the watch list."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ooms_risk_decision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("declaration", sa.String(length=35), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("spec_no", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("hs6", sa.String(length=6), nullable=False),
        sa.Column("origin", sa.String(length=2), nullable=False),
        sa.Column("exporter", sa.String(length=120), nullable=False),
        sa.Column("importer", sa.String(length=120), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=True),
        sa.Column("price_e4", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(length=6), nullable=False),
        sa.Column("selected_by", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("challenger_model", sa.String(length=120), nullable=True),
        sa.Column("challenger_points", sa.Integer(), nullable=True),
        sa.Column("challenger_channel", sa.String(length=6), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('GREEN', 'YELLOW', 'RED')", name=op.f("ck_ooms_risk_decision_channel")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_risk_decision")),
    )
    op.create_index(
        "ix_ooms_risk_decision_declaration",
        "ooms_risk_decision",
        ["declaration", "line_no", "spec_no"],
        unique=False,
    )
    op.create_index(
        "ix_ooms_risk_decision_declared_on", "ooms_risk_decision", ["declared_on"], unique=False
    )
    op.create_table(
        "ooms_risk_figure",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ooms_risk_figure")),
    )
    op.create_table(
        "ooms_risk_model",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("added_by", sa.String(length=70), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("adopted_by", sa.String(length=70), nullable=True),
        sa.Column("adopted_at", INSTANT, nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.CheckConstraint(
            "state IN ('CANDIDATE', 'CHALLENGER', 'CHAMPION', 'RETIRED')",
            name=op.f("ck_ooms_risk_model_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_risk_model")),
    )
    op.create_index("ix_ooms_risk_model_state", "ooms_risk_model", ["state"], unique=False)
    op.create_table(
        "ooms_risk_outcome",
        sa.Column("declaration", sa.String(length=35), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("spec_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("result", sa.String(length=5), nullable=False),
        sa.Column("detail", sa.String(length=2000), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("told_by", sa.String(length=70), nullable=False),
        sa.CheckConstraint(
            "kind IN ('DECISION', 'VERIFICATION')", name=op.f("ck_ooms_risk_outcome_kind")
        ),
        sa.CheckConstraint(
            "result IN ('RIGHT', 'WRONG', 'OPEN')", name=op.f("ck_ooms_risk_outcome_result")
        ),
        sa.PrimaryKeyConstraint(
            "declaration", "line_no", "spec_no", "kind", name=op.f("pk_ooms_risk_outcome")
        ),
    )
    op.create_table(
        "ooms_capacity",
        sa.Column("subject", sa.String(length=140), nullable=False),
        sa.Column("kilograms", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=256), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("kept_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["ooms_user.id"], name=op.f("fk_ooms_capacity_kept_by")
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_ooms_capacity")),
    )
    op.create_table(
        "ooms_tip",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=140), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("source", sa.String(length=256), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=11), nullable=False),
        sa.Column("kept_by", sa.String(length=36), nullable=False),
        sa.Column("decided_by", sa.String(length=70), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.CheckConstraint(
            "state IN ('OPEN', 'PLANNED', 'TRANSFERRED', 'CLOSED')", name=op.f("ck_ooms_tip_state")
        ),
        sa.ForeignKeyConstraint(["kept_by"], ["ooms_user.id"], name=op.f("fk_ooms_tip_kept_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_tip")),
    )
    op.create_index("ix_ooms_tip_subject", "ooms_tip", ["subject"], unique=False)
    op.create_table(
        "ooms_watched",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=140), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("source", sa.String(length=256), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("kept_by", sa.String(length=36), nullable=False),
        sa.Column("end_reason", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["ooms_user.id"], name=op.f("fk_ooms_watched_kept_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_watched")),
    )
    op.create_index("ix_ooms_watched_subject", "ooms_watched", ["subject"], unique=False)


def downgrade() -> None:
    op.drop_table("ooms_watched")
    op.drop_table("ooms_tip")
    op.drop_table("ooms_capacity")
    op.drop_table("ooms_risk_outcome")
    op.drop_table("ooms_risk_model")
    op.drop_table("ooms_risk_figure")
    op.drop_table("ooms_risk_decision")
