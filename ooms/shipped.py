"""Data that ship with the code: a file for each administration's country, or one instead of it."""

from __future__ import annotations

from pathlib import Path

#: For an administration whose own data nobody has written down yet.
DEFAULT = "default"


def file_of(country: str, *, folder: Path) -> Path:
    """Find a country's file, or the one that stands in for it."""
    own = folder / f"{country.lower()}.toml"
    return own if own.exists() else folder / f"{DEFAULT}.toml"
