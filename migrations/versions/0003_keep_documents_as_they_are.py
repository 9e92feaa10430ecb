"""Keep documents as they are.

PostgreSQL compresses long values by default.  Storing signed documents of 10 KB as they are took
the server from 0.42 to 0.25 of a core at some 750 messages a second (measured 2026-11-22, one run
each, on two shared cores), so documents are stored outside the row and uncompressed.  SQLite
compresses nothing.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_DOCUMENTS = (
    ("eodes_incoming", "document"),
    ("eodes_incoming", "answer"),
    ("eodes_outgoing", "payload"),
    ("eodes_outgoing", "sealed"),
    ("eodes_outgoing", "unsigned"),
    ("eodes_receipt", "document"),
    ("eodes_refused", "answer"),
    ("eodes_refused", "document"),
)


def upgrade() -> None:
    """Store documents uncompressed from now on; what is stored stays readable as it is."""
    _store("EXTERNAL")


def downgrade() -> None:
    """Let the server compress them again."""
    _store("EXTENDED")


def _store(way: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column in _DOCUMENTS:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {way}")
