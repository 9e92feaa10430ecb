"""What differs between two versions of an application, box by box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ooms.applications.model import Content


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is said otherwise: where (a JSON pointer), before and now; none is empty."""

    pointer: str
    before: str
    now: str


def changes_between(before: Content, now: Content) -> tuple[Change, ...]:
    """Name everything that differs, in the order in which an application is written."""
    return tuple(_differing(asdict(before), asdict(now), ""))


def _differing(before: Any, now: Any, pointer: str) -> Iterator[Change]:
    if isinstance(before, Mapping) or isinstance(now, Mapping):
        yield from _members(before or {}, now or {}, pointer)
    elif isinstance(before, list | tuple) or isinstance(now, list | tuple):
        yield from _members(_placed(before), _placed(now), pointer)
    elif before != now:
        yield Change(pointer, _text(before), _text(now))


def _members(before: Mapping[str, Any], now: Mapping[str, Any], pointer: str) -> Iterator[Change]:
    for name in [*before, *(one for one in now if one not in before)]:
        yield from _differing(before.get(name), now.get(name), f"{pointer}/{name}")


def _placed(given: Any) -> Mapping[str, Any]:
    return {str(place): one for place, one in enumerate(given or ())}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
