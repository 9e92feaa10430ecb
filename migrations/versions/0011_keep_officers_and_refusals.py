"""Keep issuing offices, posts and trainings; share refusals."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_issuing_place",
        sa.Column("code", sa.String(length=35), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("cities", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('CUSTOMS', 'CHAMBER')", name=op.f("ck_ooms_issuing_place_kind")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_ooms_issuing_place")),
    )
    op.create_table(
        "ooms_post",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("office", sa.String(length=35), nullable=False),
        sa.Column("most_open", sa.Integer(), nullable=False),
        sa.Column("agreements", sa.JSON(), nullable=False),
        sa.Column("chapters", sa.JSON(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["ooms_issuing_place.code"], name=op.f("fk_ooms_post_office")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ooms_user.id"], name=op.f("fk_ooms_post_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_ooms_post")),
    )
    op.create_table(
        "ooms_training",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=256), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["ooms_user.id"], name=op.f("fk_ooms_training_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ooms_user.id"], name=op.f("fk_ooms_training_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_training")),
    )
    op.create_index("ix_ooms_training_user_id", "ooms_training", ["user_id", "held_on"])
    op.create_table(
        "ooms_refusal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("office", sa.String(length=35), nullable=False),
        sa.Column("proposed_by", sa.String(length=36), nullable=False),
        sa.Column("confirmed_by", sa.String(length=36), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["ooms_application.id"], name=op.f("fk_ooms_refusal_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["ooms_user.id"], name=op.f("fk_ooms_refusal_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_refusal_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["ooms_user.id"], name=op.f("fk_ooms_refusal_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_refusal")),
    )
    op.create_index(
        "ix_ooms_refusal_application_id", "ooms_refusal", ["application_id"], unique=True
    )
    op.create_index("ix_ooms_refusal_exporter_id", "ooms_refusal", ["exporter_id"])
    op.create_table(
        "ooms_refused_good",
        sa.Column("refusal_id", sa.String(length=36), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("hs6", sa.String(length=6), nullable=False),
        sa.Column("maker", sa.String(length=256), nullable=False),
        sa.ForeignKeyConstraint(
            ["refusal_id"], ["ooms_refusal.id"], name=op.f("fk_ooms_refused_good_refusal_id")
        ),
        sa.PrimaryKeyConstraint(
            "refusal_id", "agreement", "hs6", "maker", name=op.f("pk_ooms_refused_good")
        ),
    )
    op.create_index("ix_ooms_refused_good_hs6", "ooms_refused_good", ["hs6", "agreement", "maker"])


def downgrade() -> None:
    op.drop_table("ooms_refused_good")
    op.drop_table("ooms_refusal")
    op.drop_table("ooms_training")
    op.drop_table("ooms_post")
    op.drop_table("ooms_issuing_place")
