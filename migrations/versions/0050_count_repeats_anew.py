"""Count a message's repeats anew when a person has it sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "eodes_outgoing",
        sa.Column("attempts_before", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )


def downgrade() -> None:
    op.drop_column("eodes_outgoing", "attempts_before")
