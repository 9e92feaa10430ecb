"""Keep the documents that were issued, byte by byte."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_document",
        sa.Column("certificate_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_document_certificate_id"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", "version", name=op.f("pk_ooms_document")),
    )


def downgrade() -> None:
    op.drop_table("ooms_document")
