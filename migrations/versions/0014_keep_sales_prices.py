"""Keep what products are sold for now."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ooms_product_price",
        sa.Column("product_id", sa.String(length=36), nullable=False),
        sa.Column("basis", sa.String(length=3), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.String(length=32), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ooms_product.id"],
            name=op.f("fk_ooms_product_price_product_id"),
        ),
        sa.PrimaryKeyConstraint(
            "product_id", "basis", "currency", name=op.f("pk_ooms_product_price")
        ),
    )


def downgrade() -> None:
    op.drop_table("ooms_product_price")
