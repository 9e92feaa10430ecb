"""What every test shares: where the repository is, and how hard the property tests look."""

import os
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = ["tests.integration.databases"]

hypothesis.settings.register_profile("quick", max_examples=50, deadline=None)
hypothesis.settings.register_profile("long", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout the tests run in."""
    return Path(__file__).resolve().parent.parent
