"""The words of company names that tell no company from another."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_FILE = "data/legal_forms.toml"


def load_legal_forms() -> frozenset[str]:
    """Read the shipped words, of every script."""
    written = tomllib.loads(files("ooms.crosschecks").joinpath(_FILE).read_text("utf-8"))
    return frozenset(word for script in written.values() for word in script["words"])
