"""Message ids: UUID version 7 (RFC 9562), unique and sorting by time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

RANDOM_BYTES = 10
_VERSION_7 = 0x7
_VARIANT = 0b10


def uuid7(*, now: datetime, random: bytes) -> str:
    """Build a UUID version 7 from an instant and ten random bytes."""
    milliseconds = int(now.timestamp() * 1000)
    noise = int.from_bytes(random[:RANDOM_BYTES], "big")
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= _VERSION_7 << 76 | (noise >> 62 & 0xFFF) << 64
    value |= _VARIANT << 62 | noise & (1 << 62) - 1
    return str(UUID(int=value))
