"""Drafts the next migration from what the tables say now: `python migrations/draft.py "add x"`.

A draft is read and mended by a person: constraints of SQLite and partial indexes need both eyes.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from eodes.store import migrations
from eodes.store.database import Database


def main(message: str) -> None:
    """Bring an empty database to the newest migration and write down what is still missing."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/draft.sqlite")
        migrations.upgrade(database)
        with database.begin() as connection:
            config = migrations.configuration(connection)
            number = len(list(Path(__file__).parent.glob("versions/[0-9]*.py"))) + 1
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        database.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
