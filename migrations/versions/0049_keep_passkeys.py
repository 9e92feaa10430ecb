"""Keep the names of passkeys, and challenges that wait for their answer."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "ooms_credential",
        sa.Column("name", sa.String(length=100), nullable=False, server_default=sa.text("''")),
    )
    op.create_table(
        "ooms_passkey_challenge",
        sa.Column("challenge_sha256", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("challenge_sha256", name=op.f("pk_ooms_passkey_challenge")),
    )
    op.create_index(
        "ix_ooms_passkey_challenge_expires_at",
        "ooms_passkey_challenge",
        ["expires_at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("ooms_passkey_challenge")
    op.drop_column("ooms_credential", "name")
