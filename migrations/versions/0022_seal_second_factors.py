"""Seal second factors with a key that lies outside the database."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Secrets kept so far name no key; the office seals them when it starts next.
    with op.batch_alter_table("ooms_second_factor") as table:
        table.alter_column("secret", existing_type=sa.String(length=64), type_=sa.String(200))
        table.add_column(
            sa.Column("key_id", sa.String(length=16), server_default="", nullable=False)
        )
    with op.batch_alter_table("ooms_second_factor") as table:
        table.alter_column("key_id", existing_type=sa.String(length=16), server_default=None)


def downgrade() -> None:
    # What is sealed cannot be read by the code before: its holders set up their codes anew.
    op.execute("DELETE FROM ooms_second_factor WHERE key_id <> ''")
    with op.batch_alter_table("ooms_second_factor") as table:
        table.drop_column("key_id")
        table.alter_column("secret", existing_type=sa.String(200), type_=sa.String(length=64))
