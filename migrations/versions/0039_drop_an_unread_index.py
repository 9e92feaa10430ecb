"""Drop the index of what our messages answer: nothing looks messages up by it."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_eodes_outgoing_causation_id", "eodes_outgoing"


def upgrade() -> None:
    op.drop_index(INDEX, table_name=TABLE)


def downgrade() -> None:
    op.create_index(INDEX, TABLE, ["causation_id"])
