"""What comes back from a partner's endpoint."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: its status, its bytes, and when to come back if it says so (seconds)."""

    status: int
    body: bytes
    retry_after: int | None = None
