"""Keep the letters of compliance that companies are written."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

LETTER = "ooms_company_letter"


def upgrade() -> None:
    op.create_table(
        LETTER,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_company_letter_exporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_company_letter")),
        sa.UniqueConstraint(
            "exporter_id", "period", name=op.f("uq_ooms_company_letter_exporter_id_period")
        ),
    )


def downgrade() -> None:
    op.drop_table(LETTER)
