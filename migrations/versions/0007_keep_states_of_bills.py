"""Keep the states, plants and days of bills, and products' codes by edition."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_STATES = "state IN ('DRAFT', 'FROZEN', 'IN_USE', 'RETIRED')"


def upgrade() -> None:
    with op.batch_alter_table("ooms_bill") as batch:
        batch.add_column(sa.Column("state", sa.String(length=10)))
        batch.add_column(sa.Column("plant", sa.String(length=70)))
        batch.add_column(sa.Column("valid_from", sa.Date()))
        batch.add_column(sa.Column("valid_until", sa.Date()))
    # Until now a bill was frozen by the determination that used it, and only by that.
    op.execute(
        "UPDATE ooms_bill SET plant = '', "
        "state = CASE WHEN frozen_at IS NULL THEN 'DRAFT' ELSE 'IN_USE' END"
    )
    with op.batch_alter_table("ooms_bill") as batch:
        batch.alter_column("state", existing_type=sa.String(length=10), nullable=False)
        batch.alter_column("plant", existing_type=sa.String(length=70), nullable=False)
        batch.create_check_constraint(op.f("ck_ooms_bill_state"), _STATES)
    op.create_table(
        "ooms_product_code",
        sa.Column("product_id", sa.String(length=36), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hs", sa.String(length=12), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ooms_product.id"],
            name=op.f("fk_ooms_product_code_product_id"),
        ),
        sa.PrimaryKeyConstraint("product_id", "edition", name=op.f("pk_ooms_product_code")),
    )


def downgrade() -> None:
    op.drop_table("ooms_product_code")
    with op.batch_alter_table("ooms_bill") as batch:
        batch.drop_constraint(op.f("ck_ooms_bill_state"), type_="check")
        for column in ("valid_until", "valid_from", "plant", "state"):
            batch.drop_column(column)
