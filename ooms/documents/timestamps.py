"""Timestamps of an outside authority (RFC 3161), for seals that prove when they were made."""

from __future__ import annotations

from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper

TIMEOUT_SECONDS = 10


def timestamper(url: str) -> TimeStamper:
    """Ask the authority at an address for a token each time a document is sealed."""
    return HTTPTimeStamper(url, timeout=TIMEOUT_SECONDS)
