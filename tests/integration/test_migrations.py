"""The migrations make exactly the tables that the code speaks of, on both databases."""

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from eodes.store import migrations

POSTGRESQL_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
POSTGRESQL_INDEXES = (
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
)
POSTGRESQL_COLUMNS = """
    SELECT table_name, column_name,
           concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
    FROM information_schema.columns WHERE table_schema = 'public'
"""
SQLITE_PARTS = "SELECT tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def structure(database):
    """Everything that makes a schema, checks and partial indexes too, in the database's words."""
    with database.read() as connection:
        if database.is_sqlite:
            found = connection.execute(text(SQLITE_PARTS)).all()
        else:
            queries = (POSTGRESQL_CONSTRAINTS, POSTGRESQL_INDEXES, POSTGRESQL_COLUMNS)
            found = [row for query in queries for row in connection.execute(text(query))]
    return {
        # SQLite keeps the words of CREATE TABLE, where the order of constraints means nothing.
        (table, name): sorted(" ".join(said.replace('"', "").split()).split(", "))
        for table, name, said in found
        if not table.startswith("alembic_version")
    }


def downgrade(database):
    with database.begin() as connection:
        command.downgrade(migrations.configuration(connection), "base")


def test_comparing_tables_with_migrated_database_finds_nothing(database):
    known: Any = migrations.known_tables()  # Alembic's types know of one metadata only

    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )

        differences = compare_metadata(context, known)

    assert differences == []


def test_migrations_and_tables_make_the_same_structure(empty_database):
    migrations.upgrade(empty_database)
    by_migrations = structure(empty_database)
    downgrade(empty_database)
    with empty_database.begin() as connection:
        for metadata in migrations.known_tables():
            metadata.create_all(connection)

    assert by_migrations == structure(empty_database)
    assert "ck_eodes_outgoing_state_known" in str(by_migrations)


def test_migrated_database_is_current(database):
    assert migrations.current(database) == migrations.head()
    assert migrations.is_current(database)


def test_upgrading_a_current_database_changes_nothing(database):
    before = structure(database)

    migrations.upgrade(database)

    assert structure(database) == before


def test_empty_database_is_brought_to_the_head(empty_database):
    assert migrations.current(empty_database) is None

    migrations.upgrade(empty_database)

    assert migrations.is_current(empty_database)


def test_downgrade_takes_every_table_away(database):
    downgrade(database)

    with database.read() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_migrations_form_one_line_without_branches():
    script = ScriptDirectory.from_config(migrations.configuration())

    assert len(script.get_heads()) == 1
    assert [one.revision for one in script.walk_revisions()][-1] == "0001"
