"""Keep when it was last shown who is behind a session, and from which device it was opened."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ooms_session", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "ooms_session",
        sa.Column("device", sa.String(length=200), nullable=False, server_default=sa.text("''")),
    )


def downgrade() -> None:
    op.drop_column("ooms_session", "device")
    op.drop_column("ooms_session", "proved_at")
