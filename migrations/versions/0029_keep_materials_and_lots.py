"""Keep materials, their lots and withdrawals, and the inventory method of each fiscal year."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ooms_material",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("part_number", sa.String(length=70), nullable=False),
        sa.Column("description", sa.String(length=256), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("described_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_material_exporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_material")),
        sa.UniqueConstraint(
            "exporter_id", "part_number", name=op.f("uq_ooms_material_exporter_id_part_number")
        ),
    )
    op.create_index("ix_ooms_material_exporter_id", "ooms_material", ["exporter_id", "id"])
    op.create_table(
        "ooms_material_code",
        sa.Column("material_id", sa.String(length=36), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hs", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["material_id"], ["ooms_material.id"], name=op.f("fk_ooms_material_code_material_id")
        ),
        sa.PrimaryKeyConstraint("material_id", "edition", name=op.f("pk_ooms_material_code")),
    )
    op.create_table(
        "ooms_material_lot",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("material_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=70), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.String(length=32), nullable=False),
        sa.Column("unit_price", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("incoterm", sa.String(length=3), nullable=True),
        sa.Column("supplier", sa.String(length=256), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("originating", sa.Boolean(), nullable=True),
        sa.Column("declaration_id", sa.String(length=36), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("is_opening", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("voided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["ooms_supplier_declaration.id"],
            name=op.f("fk_ooms_material_lot_declaration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["material_id"], ["ooms_material.id"], name=op.f("fk_ooms_material_lot_material_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_material_lot")),
    )
    op.create_index(
        "ix_ooms_material_lot_material_id",
        "ooms_material_lot",
        ["material_id", "received_on", "id"],
    )
    op.create_table(
        "ooms_material_lot_value",
        sa.Column("lot_id", sa.String(length=36), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["ooms_material_lot.id"], name=op.f("fk_ooms_material_lot_value_lot_id")
        ),
        sa.PrimaryKeyConstraint("lot_id", "currency", name=op.f("pk_ooms_material_lot_value")),
    )
    op.create_table(
        "ooms_material_withdrawal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("material_id", sa.String(length=36), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.String(length=32), nullable=False),
        sa.Column("lot", sa.String(length=70), nullable=True),
        sa.Column("product", sa.String(length=256), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("voided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["ooms_material.id"],
            name=op.f("fk_ooms_material_withdrawal_material_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_material_withdrawal")),
    )
    op.create_index(
        "ix_ooms_material_withdrawal_material_id",
        "ooms_material_withdrawal",
        ["material_id", "taken_on"],
    )
    op.create_table(
        "ooms_material_method",
        sa.Column("material_id", sa.String(length=36), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=True),
        sa.Column("receipts_first", sa.Boolean(), nullable=False),
        sa.Column("elected_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "method IN ('specific', 'fifo', 'lifo', 'average')",
            name=op.f("ck_ooms_material_method_method"),
        ),
        sa.ForeignKeyConstraint(
            ["material_id"], ["ooms_material.id"], name=op.f("fk_ooms_material_method_material_id")
        ),
        sa.PrimaryKeyConstraint("material_id", "starts_on", name=op.f("pk_ooms_material_method")),
    )


def downgrade() -> None:
    for table in ("method", "withdrawal", "lot_value", "lot", "code"):
        op.drop_table(f"ooms_material_{table}")
    op.drop_table("ooms_material")
