"""Let notices of error, contests of lists, and people who left be among what is deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

DELETION, BEFORE = "ooms_deletion", "ooms_deletion_before"
CHECK = "ck_ooms_deletion_kind"
FIRST = ("CERTIFICATE", "APPLICATION", "DETERMINATION", "BILL", "SUPPLIER_DECLARATION")
NOW = (*FIRST, "ERROR_NOTICE", "LIST_CONTEST", "USER")


def upgrade() -> None:
    _check_kinds(NOW)


def downgrade() -> None:
    _check_kinds(FIRST)


def _check_kinds(kinds: tuple[str, ...]) -> None:
    """Change the check of kinds; SQLite alters no check, so the table is written anew there."""
    among = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(CHECK), DELETION, type_="check")
        op.create_check_constraint(op.f(CHECK), DELETION, among)
        return
    op.rename_table(DELETION, BEFORE)
    op.create_table(
        DELETION,
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("list_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=35), nullable=False),
        sa.Column("began", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.JSON(), nullable=False),
        sa.CheckConstraint(among, name=op.f(CHECK)),
        sa.ForeignKeyConstraint(
            ["list_id"], ["ooms_deletion_list.id"], name=op.f("fk_ooms_deletion_list_id")
        ),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_ooms_deletion")),
    )
    op.execute(f"INSERT INTO {DELETION} SELECT * FROM {BEFORE}")  # noqa: S608  # two fixed names
    op.drop_table(BEFORE)
