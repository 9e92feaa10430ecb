"""What every test shares: where the repository is, and how hard the property tests look."""

import gc
import os
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = ["tests.integration.databases"]

hypothesis.settings.register_profile("quick", max_examples=50, deadline=None)
hypothesis.settings.register_profile("long", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

#: Opening an office makes so many objects that walks each 700 of them were a fifth of a test.
_OBJECTS_BETWEEN_WALKS = 10_000


def pytest_collection_finish() -> None:
    """Let the collector walk seldom, and past what the tests have imported: that stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_WALKS)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout the tests run in."""
    return Path(__file__).resolve().parent.parent
