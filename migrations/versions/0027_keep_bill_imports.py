"""Keep files of bills that are imported, how far each is, and what is wrong with it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ooms_bill_import",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("handed_in_by", sa.String(length=36), nullable=False),
        sa.Column("file", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("bills", sa.Integer(), nullable=False),
        sa.Column("new_products", sa.Integer(), nullable=False),
        sa.Column("flaws", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=36), nullable=True),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('RECEIVED', 'READING', 'WRITING', 'DONE', 'REFUSED')",
            name=op.f("ck_ooms_bill_import_state"),
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_bill_import_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["handed_in_by"], ["ooms_user.id"], name=op.f("fk_ooms_bill_import_handed_in_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_bill_import")),
    )
    op.create_index("ix_ooms_bill_import_exporter_id", "ooms_bill_import", ["exporter_id", "id"])
    op.create_index("ix_ooms_bill_import_state", "ooms_bill_import", ["state", "id"])
    op.create_table(
        "ooms_bill_import_content",
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["ooms_bill_import.id"],
            name=op.f("fk_ooms_bill_import_content_import_id"),
        ),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_ooms_bill_import_content")),
    )
    op.create_table(
        "ooms_bill_import_flaw",
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pointer", sa.String(length=400), nullable=False),
        sa.Column("detail", sa.String(length=1000), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ooms_bill_import.id"], name=op.f("fk_ooms_bill_import_flaw_import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "ordinal", name=op.f("pk_ooms_bill_import_flaw")),
    )
    # A sheet asks for each of its products by the model.
    op.create_index("ix_ooms_product_exporter_id_model", "ooms_product", ["exporter_id", "model"])


def downgrade() -> None:
    op.drop_index("ix_ooms_product_exporter_id_model", table_name="ooms_product")
    op.drop_table("ooms_bill_import_flaw")
    op.drop_table("ooms_bill_import_content")
    op.drop_table("ooms_bill_import")
