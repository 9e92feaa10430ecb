"""Set numbers aside for outages."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ooms_number_block",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("office", sa.String(length=35), nullable=False),
        sa.Column("issuer", sa.String(length=35), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reserved_by", sa.String(length=36), nullable=False),
        sa.Column("reserved_on", sa.Date(), nullable=False),
        sa.Column("reserved_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["reserved_by"], ["ooms_user.id"], name=op.f("fk_ooms_number_block_reserved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_number_block")),
    )
    op.create_index(
        "ix_ooms_number_block_series",
        "ooms_number_block",
        ["issuer", "agreement", "year", "first"],
    )
    op.create_table(
        "ooms_block_number",
        sa.Column("block_id", sa.String(length=36), nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("printed", sa.String(length=35), nullable=False),
        sa.Column("fate", sa.String(length=12), nullable=False),
        sa.Column("certificate_id", sa.String(length=36), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "fate IN ('OPEN', 'REGISTERED', 'SPOILED', 'UNUSED')",
            name=op.f("ck_ooms_block_number_fate"),
        ),
        sa.ForeignKeyConstraint(
            ["block_id"], ["ooms_number_block.id"], name=op.f("fk_ooms_block_number_block_id")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_block_number_certificate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["ooms_user.id"], name=op.f("fk_ooms_block_number_decided_by")
        ),
        sa.PrimaryKeyConstraint("block_id", "serial", name=op.f("pk_ooms_block_number")),
    )
    op.create_index(
        "ix_ooms_block_number_certificate_id",
        "ooms_block_number",
        ["certificate_id"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_table("ooms_block_number")
    op.drop_table("ooms_number_block")
