"""Keep whole declarations with their claims: specifications, invoices, restrictions."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
CLAIM, LINE = "ooms_claim", "ooms_claim_line"
INVOICE, RESTRICTION = "ooms_claim_invoice", "ooms_claim_restriction"


def upgrade() -> None:
    op.add_column(CLAIM, sa.Column("particulars", sa.JSON(), nullable=True))
    op.add_column(CLAIM, sa.Column("importer_key", sa.String(length=64), nullable=True))
    op.create_index("ix_ooms_claim_importer_key", CLAIM, ["importer_key", "declared_on"])
    _widen_lines()
    op.create_table(
        INVOICE,
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("spec_no", sa.Integer(), nullable=False),
        sa.Column("invoice_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id", "line_no", "spec_no"],
            [f"{LINE}.claim_id", f"{LINE}.line_no", f"{LINE}.spec_no"],
            name=op.f("fk_ooms_claim_invoice_claim_id_line_no_spec_no"),
        ),
        sa.PrimaryKeyConstraint(
            "claim_id", "line_no", "spec_no", "invoice_key", name=op.f("pk_ooms_claim_invoice")
        ),
    )
    op.create_index("ix_ooms_claim_invoice_invoice_key", INVOICE, ["invoice_key"])
    _make_restrictions()


def _widen_lines() -> None:
    with op.batch_alter_table(LINE) as batch:
        batch.add_column(sa.Column("spec_no", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("issuing_country", sa.String(length=2), nullable=True))
        batch.add_column(sa.Column("agreement", sa.String(length=12), nullable=True))
        batch.add_column(sa.Column("number_key", sa.String(length=35), nullable=True))
        batch.add_column(sa.Column("item_no", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("awaited_until", sa.Date(), nullable=True))
        batch.alter_column(
            "decision", existing_type=sa.String(length=10), type_=sa.String(length=12)
        )
        batch.drop_constraint(op.f("pk_ooms_claim_line"), type_="primary")
        batch.create_primary_key(op.f("pk_ooms_claim_line"), ["claim_id", "line_no", "spec_no"])
    op.create_index("ix_ooms_claim_line_number_key", LINE, ["number_key", "item_no"])
    op.create_index("ix_ooms_claim_line_decision", LINE, ["decision", "awaited_until"])


def _make_restrictions() -> None:
    op.create_table(
        RESTRICTION,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.String(length=64), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=True),
        sa.Column("hs6", sa.String(length=6), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_claim_restriction")),
    )
    op.create_index("ix_ooms_claim_restriction_name_key", RESTRICTION, ["name_key", "role"])


def downgrade() -> None:
    op.drop_table(RESTRICTION)
    op.drop_table(INVOICE)
    op.drop_index("ix_ooms_claim_line_decision", LINE)
    op.drop_index("ix_ooms_claim_line_number_key", LINE)
    with op.batch_alter_table(LINE) as batch:
        batch.drop_constraint(op.f("pk_ooms_claim_line"), type_="primary")
        for column in ("awaited_until", "item_no", "number_key", "agreement", "issuing_country"):
            batch.drop_column(column)
        batch.drop_column("spec_no")
        batch.create_primary_key(op.f("pk_ooms_claim_line"), ["claim_id", "line_no"])
    op.drop_index("ix_ooms_claim_importer_key", CLAIM)
    op.drop_column(CLAIM, "importer_key")
    op.drop_column(CLAIM, "particulars")
