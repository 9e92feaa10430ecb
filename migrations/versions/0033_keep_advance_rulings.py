"""Keep advance rulings: applied for, decided, published, changed."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_ruling",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("exporter_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("hs6", sa.String(length=6), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("published_words", sa.Text(), nullable=False),
        sa.Column("published_processes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('RECEIVED', 'COMPLETION_REQUESTED', 'RETURNED', 'WITHDRAWN', 'IN_FORCE',"
            " 'REVOKED')",
            name=op.f("ck_ooms_ruling_state"),
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_ruling_exporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_ruling")),
        sa.UniqueConstraint("number", name=op.f("uq_ooms_ruling_number")),
    )
    op.create_index(
        "ix_ooms_ruling_exporter_id", "ooms_ruling", ["exporter_id", "id"], unique=False
    )
    op.create_index("ix_ooms_ruling_hs6", "ooms_ruling", ["hs6", "agreement"], unique=False)


def downgrade() -> None:
    op.drop_table("ooms_ruling")
