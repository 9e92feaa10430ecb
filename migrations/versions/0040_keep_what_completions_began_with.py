"""Keep what an application said when its completion was asked, to show what changed."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ooms_completion_request", sa.Column("stated", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("ooms_completion_request", "stated")
