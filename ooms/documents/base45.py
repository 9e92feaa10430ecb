"""Base45 (RFC 9285): bytes in the characters that a QR code packs densest."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE = len(ALPHABET)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """Write two bytes as three characters, and a last single one as two."""
    written: list[str] = []
    for place in range(0, len(data), 2):
        pair = data[place : place + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, _BASE)
            written.append(ALPHABET[digit])
    return "".join(written)


def decode(text: str) -> bytes:
    """Read three characters as two bytes, and a last two as one.

    Raises:
        ValueError: a character or a group that Base45 does not have.

    """
    read = bytearray()
    for place in range(0, len(text), 3):
        group = text[place : place + 3]
        if len(group) == 1 or not all(one in _VALUES for one in group):
            raise ValueError(f"no Base45 at character {place}")
        number = sum(_VALUES[one] * _BASE**power for power, one in enumerate(group))
        width = len(group) - 1
        if number >= 256**width:
            raise ValueError(f"no Base45 at character {place}: the group is too large")
        read += number.to_bytes(width, "big")
    return bytes(read)
