"""Keep the lists that companies answered and signed."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

CHECK = "ooms_self_check"


def upgrade() -> None:
    op.create_table(
        CHECK,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=False),
        sa.Column("industry", sa.String(length=40), nullable=False),
        sa.Column("agreement", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("kept_by", sa.String(length=36), nullable=False),
        sa.Column("signed_as", sa.String(length=256), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["ooms_exporter.id"], name=op.f("fk_ooms_self_check_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["ooms_user.id"], name=op.f("fk_ooms_self_check_kept_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_self_check")),
    )
    op.create_index("ix_ooms_self_check_exporter_id", CHECK, ["exporter_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_ooms_self_check_exporter_id", table_name=CHECK)
    op.drop_table(CHECK)
