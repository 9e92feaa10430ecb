"""Keep credentials beside the password, by kind, and log-ins begun at a provider."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ooms_credential",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("handle", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind IN ('OIDC', 'PASSKEY')", name=op.f("ck_ooms_credential_kind")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["ooms_user.id"], name=op.f("fk_ooms_credential_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_credential")),
        sa.UniqueConstraint(
            "kind", "authority", "handle", name=op.f("uq_ooms_credential_kind_authority_handle")
        ),
    )
    op.create_index("ix_ooms_credential_user_id", "ooms_credential", ["user_id"], unique=False)
    op.create_table(
        "ooms_sign_on",
        sa.Column("state_sha256", sa.String(length=64), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("browser_sha256", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("state_sha256", name=op.f("pk_ooms_sign_on")),
    )
    op.create_index("ix_ooms_sign_on_expires_at", "ooms_sign_on", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("ooms_sign_on")
    op.drop_table("ooms_credential")
