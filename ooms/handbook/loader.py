"""Reads what the office's own refusal codes mean."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from ooms.claims.loader import load_terms
from ooms.handbook.model import Code, codes_in_order, office_codes


@cache
def load_office_codes() -> tuple[Code, ...]:
    """Read the office's codes; those of the checks of a claim stand with their weight."""
    file = files("ooms.handbook").joinpath("data", "office_codes.toml")
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    of_claims = (
        Code(one.code, means=one.means, who=one.who, then=one.then)
        for one in load_terms().severities.values()
        if one.means
    )
    return codes_in_order(office_codes(written), of_claims)
