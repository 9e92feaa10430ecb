"""Keep which case each sample of an office for training is."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

SAMPLE = "ooms_training_sample"


def upgrade() -> None:
    op.create_table(
        SAMPLE,
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ooms_training_sample")),
    )


def downgrade() -> None:
    op.drop_table(SAMPLE)
