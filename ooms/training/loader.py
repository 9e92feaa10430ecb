"""Reads the exercises that ship with the code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from ooms.training.model import Exercises

_EXERCISES = TypeAdapter(Exercises)


@cache
def load_exercises() -> Exercises:
    """Read every exercise."""
    file = files("ooms.training").joinpath("data", "exercises.toml")
    return _EXERCISES.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
