"""Which characters the font of the paper has: what it lacks is told before anything is issued."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONT = Path(__file__).resolve().parent / "fonts" / "Pretendard-Regular.ttf"
#: A character map of segments of the whole of Unicode (OpenType, table `cmap`, format 12).
_SEGMENTED = 12
_DIRECTORY, _TABLE, _SUBTABLE, _GROUP = ">4xH6x", ">4s4xLL", ">HHL", ">LLL"


class FontError(ValueError):
    """The font that ships cannot be read; put its file back as it was."""

    def __init__(self, *, problem: str) -> None:
        self.problem = problem
        super().__init__(f"{FONT.name}: {problem}")


def lacking(text: str) -> str:
    """Return the characters of a text that cannot be printed, each once."""
    held = covered()
    return "".join(dict.fromkeys(one for one in text if ord(one) not in held))


@cache
def covered() -> frozenset[int]:
    """Return the code points that the font has.

    Raises:
        FontError: the file has no character map of the whole of Unicode.

    """
    data = FONT.read_bytes()
    return frozenset(point for first, last in _segments(data) for point in range(first, last + 1))


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    start = _map_at(data)
    (count,) = struct.unpack_from(">L", data, start + 12)
    for place in range(count):
        first, last, _ = struct.unpack_from(_GROUP, data, start + 16 + 12 * place)
        yield first, last


def _map_at(data: bytes) -> int:
    """Find the map in the directory of the font's tables."""
    (count,) = struct.unpack_from(_DIRECTORY, data)
    for place in range(count):
        tag, offset, _ = struct.unpack_from(_TABLE, data, 12 + 16 * place)
        if tag == b"cmap":
            return _subtable_at(data, offset)
    raise FontError(problem="has no table of characters")


def _subtable_at(data: bytes, table: int) -> int:
    (count,) = struct.unpack_from(">2xH", data, table)
    for place in range(count):
        _, _, offset = struct.unpack_from(_SUBTABLE, data, table + 4 + 8 * place)
        (kind,) = struct.unpack_from(">H", data, table + offset)
        if kind == _SEGMENTED:
            return table + int(offset)
    raise FontError(problem="has no character map of the whole of Unicode")
