"""The offices of the journeys, on SQLite and on PostgreSQL."""

from tests.integration.office.conftest import (  # noqa: F401  # fixtures are found by their name
    exporter,
    importer,
    officer,
    offices,
    offices_with_china,
)
from tests.integration.office.test_office_verifications import (  # noqa: F401  # as above
    agreed,
    issued,
    people,
)
