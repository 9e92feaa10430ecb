"""Collects what the office's files of data say to people: reasons, papers, questions to oneself.

A file names a code and says it in English; pages say it in the reader's language, as they do the
sentences of the interface (`tools.sentences`).  Sources of law stay as they are written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ooms.statistics.schemas import SCHEMA

ROOT = Path(__file__).resolve().parents[1] / "ooms"
FILES = (
    "compliance/data/self_checks.toml",
    "verifications/data/grounds.toml",
    *(
        f"{desk}/data/{country}.toml"
        for desk in ("procedures", "approvals", "decisions", "rulings")
        for country in ("kr", "default")
    ),
)
#: Members whose text is said to people, and tables in which every code has a text.
_SAID = frozenset({"evidence", "papers", "question", "title", "why", "words"})
_BY_CODE = frozenset({"asked_when", "codes", "defects", "excepted", "reasons"})


def filed() -> tuple[str, ...]:
    """Return every text once, in the order of the files, then what the published figures are."""
    found: dict[str, None] = {}
    for name in FILES:
        read = tomllib.loads((ROOT / name).read_text(encoding="utf-8"))
        found |= dict.fromkeys(_texts(read))
    return tuple(found | dict.fromkeys(SCHEMA.values()))


def _texts(value: Any, name: str = "", *, has_codes: bool = False) -> Iterator[str]:
    match value:
        case dict():
            for inner, one in value.items():
                yield from _texts(one, inner, has_codes=has_codes or inner in _BY_CODE)
        case list():
            for one in value:
                yield from _texts(one, name, has_codes=has_codes)
        case str() if name in _SAID or (has_codes and name.isupper()):
            yield value
        case _:
            return
