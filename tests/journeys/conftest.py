"""The offices of the journeys, on SQLite and on PostgreSQL."""

from tests.integration.office.conftest import (  # noqa: F401  # fixtures are found by their name
    exporter,
    importer,
    officer,
    offices,
    offices_with_china,
)
