"""Let verifications be looked at by their importers first, and end where these put them right."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

TABLE, BEFORE = "ooms_verification", "ooms_verification_before"
CHECK = "ck_ooms_verification_state"
LATER = (
    *("DRAFT", "HQ_APPROVED", "REQUESTED", "ACKED", "IN_PROGRESS", "EXTENDED", "NO_REPLY"),
    *("RESULT_RECEIVED", "MORE_INFO", "STOPPED", "PRELIMINARY", "DETERMINED", "OBJECTED"),
    "CLOSED",
)
FIRST = ("SELECTED", "IMPORTER_INQUIRY", "UNRESOLVED", "CLOSED_OK", *LATER)
NOW = (
    *("SELECTED", "SELF_CHECK", "IMPORTER_INQUIRY", "UNRESOLVED", "CLOSED_OK"),
    *("CORRECTED", "CORRECTED_BY_IMPORTER", *LATER),
)


def upgrade() -> None:
    _allow(NOW, length=24)


def downgrade() -> None:
    _allow(FIRST, length=20)


def _allow(states: tuple[str, ...], *, length: int) -> None:
    """Change which states are allowed, and how long their names may be."""
    among = "state IN ({})".format(", ".join(f"'{one}'" for one in states))
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(among, length=length)
        return
    op.drop_constraint(op.f(CHECK), TABLE, type_="check")
    op.alter_column(TABLE, "state", type_=sa.String(length=length))
    op.create_check_constraint(op.f(CHECK), TABLE, among)


def _make_anew(among: str, *, length: int) -> None:
    """Change the check on SQLite, which alters no check of a table that there is.

    The rows go out and come back under the same keys, so whatever points at them is right again
    when the transaction ends; until then it is not looked at.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE {BEFORE} AS SELECT * FROM {TABLE}")  # noqa: S608  # two fixed names
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=35), nullable=False),
        sa.Column("partner", sa.String(length=15), nullable=False),
        sa.Column("agreement", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=length), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("selected_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(among, name=op.f(CHECK)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ooms_verification")),
        sa.UniqueConstraint("number", name=op.f("uq_ooms_verification_number")),
    )
    op.create_index("ix_ooms_verification_state", TABLE, ["state", "id"], unique=False)
    op.execute(f"INSERT INTO {TABLE} SELECT * FROM {BEFORE}")  # noqa: S608  # two fixed names
    op.drop_table(BEFORE)
