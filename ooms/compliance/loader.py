"""Reads the self-checks that ship with the code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from ooms.compliance.model import SelfChecks

_CHECKS = TypeAdapter(SelfChecks)


@cache
def load_self_checks() -> SelfChecks:
    """Read every question."""
    file = files("ooms.compliance").joinpath("data", "self_checks.toml")
    return _CHECKS.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
