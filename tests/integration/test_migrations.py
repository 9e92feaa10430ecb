"""The migrations make exactly the tables that the code speaks of, on both databases."""

import subprocess
import sys

import pytest
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


each_package = pytest.mark.parametrize("prefix", ["eodes_", "ooms_"], ids=["gateway", "office"])


def tables_of(prefix):
    """The metadata of the gateway or of the office, by the prefix that its tables carry."""
    return [
        metadata
        for metadata in migrations.known_tables()
        if any(name.startswith(prefix) for name in metadata.tables)
    ]


def structure(database, prefix=""):
    """Everything that makes a schema, checks and partial indexes too, in the database's words."""
    with database.read() as connection:
        if database.is_sqlite:
            found = connection.execute(text(SQLITE_PARTS)).all()
        else:
            queries = (POSTGRESQL_CONSTRAINTS, POSTGRESQL_INDEXES, POSTGRESQL_COLUMNS)
            found = [row for query in queries for row in connection.execute(text(query))]
    return {
        (table, name): _parts(said)
        for table, name, said in found
        if table.startswith(prefix) and not table.startswith("alembic_version")
    }


def _parts(said):
    # SQLite keeps the words of CREATE TABLE, where the order of constraints means nothing.
    words = " ".join(said.replace('"', "").split())
    return sorted(words.removesuffix(")").strip().split(", "))


def downgrade(database):
    with database.begin() as connection:
        command.downgrade(migrations.configuration(connection), "base")


@each_package
def test_comparing_tables_with_migrated_database_finds_nothing(database, prefix):
    tables = tables_of(prefix)

    with database.read() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _: kind != "table" or name.startswith(prefix),
            },
        )
        differences = [compare_metadata(context, metadata) for metadata in tables]

    assert [one for found in differences for one in found] == [], (
        "draft what is missing: make migration M='what changed'"
    )


@each_package
def test_migrations_and_tables_make_the_same_structure(empty_database, prefix):
    migrations.upgrade(empty_database)
    by_migrations = structure(empty_database, prefix)
    downgrade(empty_database)
    with empty_database.begin() as connection:
        for metadata in tables_of(prefix):
            metadata.create_all(connection)

    assert by_migrations == structure(empty_database, prefix)


def test_structure_tells_checks_and_partial_indexes_apart(database):
    words = str(structure(database, "eodes_"))

    assert "ck_eodes_outgoing_state_known" in words
    assert "WHERE" in words
    assert "uq_eodes_outgoing_partner_channel_seq" in words


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


def test_processes_that_start_together_migrate_once(empty_database):
    url = empty_database.url.render_as_string(hide_password=False)
    program = (
        "import sys; from eodes.store import migrations; from eodes.store.database import Database;"
        "migrations.upgrade(Database(sys.argv[1]))"
    )

    together = [subprocess.Popen([sys.executable, "-c", program, url]) for _ in range(3)]
    ended = [one.wait(60) for one in together]

    assert ended == [0, 0, 0]
    assert migrations.is_current(empty_database)


def test_downgrade_takes_every_table_away(database):
    downgrade(database)

    with database.read() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_migrations_form_one_line_without_branches():
    script = ScriptDirectory.from_config(migrations.configuration())

    assert len(script.get_heads()) == 1
    assert [one.revision for one in script.walk_revisions()][-1] == "0001"
