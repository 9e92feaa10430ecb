"""Runs migrations on the connection that the caller brings, or on `-x url=...` by hand."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator

from eodes.store.database import Database
from eodes.store.migrations import known_tables


def main() -> None:
    """Run on the connection in the configuration, else on the database named by hand.

    Raises:
        SystemExit: neither is there.

    """
    connection = context.config.attributes.get("connection")
    if connection is not None:
        run(connection)
        return
    url = context.get_x_argument(as_dictionary=True).get("url")
    if not url:
        raise SystemExit("name the database: alembic -x url=sqlite:///some.sqlite ...")
    with Database(url).begin() as own_connection:
        run(own_connection)


def run(connection: Connection) -> None:
    """Run the migrations within the caller's transaction."""
    context.configure(
        connection=connection,
        target_metadata=known_tables(),
        compare_server_default=True,
        # SQLite alters a table by making it anew; elsewhere this changes nothing.
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        render_item=render_item,
    )
    context.run_migrations()


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write a type of ours as what the database sees: a migration outlives our classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


main()
