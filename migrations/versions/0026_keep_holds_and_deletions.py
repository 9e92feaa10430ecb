"""Keep holds, lists of what is due, and the record of what was deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ooms_legal_hold",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("certificate_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("placed_by", sa.String(length=36), nullable=False),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.Column("lifted_by", sa.String(length=36), nullable=True),
        sa.Column("lifted_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["ooms_certificate.id"],
            name=op.f("fk_ooms_legal_hold_certificate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["ooms_user.id"], name=op.f("fk_ooms_legal_hold_lifted_by")
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"], ["ooms_user.id"], name=op.f("fk_ooms_legal_hold_placed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_legal_hold")),
    )
    op.create_index("ix_ooms_legal_hold_certificate_id", "ooms_legal_hold", ["certificate_id"])
    op.create_table(
        "ooms_deletion_list",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("first_by", sa.String(length=36), nullable=True),
        sa.Column("second_by", sa.String(length=36), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('PROPOSED', 'SEEN', 'DONE', 'DROPPED')",
            name=op.f("ck_ooms_deletion_list_state"),
        ),
        sa.ForeignKeyConstraint(
            ["first_by"], ["ooms_user.id"], name=op.f("fk_ooms_deletion_list_first_by")
        ),
        sa.ForeignKeyConstraint(
            ["second_by"], ["ooms_user.id"], name=op.f("fk_ooms_deletion_list_second_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_deletion_list")),
    )
    op.create_index("ix_ooms_deletion_list_state", "ooms_deletion_list", ["state", "id"])
    op.create_table(
        "ooms_deletion",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=35), nullable=False),
        sa.Column("began", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=False),
        sa.Column("approved_by", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('CERTIFICATE', 'APPLICATION', 'DETERMINATION', 'BILL', "
            "'SUPPLIER_DECLARATION')",
            name=op.f("ck_ooms_deletion_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["ooms_deletion_list.id"], name=op.f("fk_ooms_deletion_list_id")
        ),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_ooms_deletion")),
    )


def downgrade() -> None:
    op.drop_table("ooms_deletion")
    op.drop_table("ooms_deletion_list")
    op.drop_table("ooms_legal_hold")
