"""Keep the tariffs that an office loads."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_tariff",
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edition", "language", name=op.f("pk_ooms_tariff")),
    )
    op.create_table(
        "ooms_tariff_line",
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("description", sa.String(length=2048), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition", "language"],
            ["ooms_tariff.edition", "ooms_tariff.language"],
            name=op.f("fk_ooms_tariff_line_edition_language"),
        ),
        sa.PrimaryKeyConstraint("edition", "language", "code", name=op.f("pk_ooms_tariff_line")),
    )


def downgrade() -> None:
    op.drop_table("ooms_tariff_line")
    op.drop_table("ooms_tariff")
