"""A profile to practice with, for an administration that nobody has described yet."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from ooms.demo.practice import cast

#: What tells whose profile one is; all else is its neighbor's.
_KEYS = ("code", "authority", "country", "name")


def stand_in(authority: str, folder: Path) -> Path | None:
    """Write a profile for an administration that ships none; nothing where one ships.

    It is the pretend partner's under another name: good for practice among pretend offices, and
    says nothing of how this administration will exchange.
    """
    shipped = files("eodes.partners")
    if shipped.joinpath(authority.lower(), "profile.toml").is_file():
        return None
    text = shipped.joinpath(cast.PARTNER.authority.lower(), "profile.toml").read_text("utf-8")
    told = {
        "code": authority.lower(),
        "authority": authority,
        "country": authority[:2],
        "name": f"{authority} (practice)",
    }
    for key in _KEYS:
        text = re.sub(rf'(?m)^{key} = ".*"$', f'{key} = "{told[key]}"', text, count=1)
    place = folder / authority.lower()
    place.mkdir(parents=True, exist_ok=True)
    head = f"# For practice only: the profile of {cast.PARTNER.authority} under another name.\n"
    (place / "profile.toml").write_text(head + text, "utf-8")
    return folder
