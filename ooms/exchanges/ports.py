"""What the desk of exchanges needs of the gateway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ooms.db import Transaction
from ooms.exchanges.model import (
    Channel,
    Comparison,
    Condition,
    Key,
    Message,
    Proof,
    Resending,
    Wanted,
)


class Source(Protocol):
    """Where the desk looks, and what it asks: the node's gateway."""

    def channels(self) -> Sequence[Channel]:
        """Return every partner's channel."""

    def messages(self, wanted: Wanted, *, limit: int, before: str | None) -> Sequence[Message]:
        """Return messages, the newest first."""

    def proof(self, message_id: str) -> Proof | None:
        """Return a message with its evidence."""

    def comparison(self, partner: str) -> Comparison | None:
        """Return what the last comparison with a partner found."""

    def signing_keys(self) -> Sequence[Key]:
        """Return our own signing key, then those that partners are trusted by."""

    def condition(self) -> Condition:
        """Return how the node stands."""

    def explain(
        self, digest: str, *, partner: str, because: str, by: str, within: Transaction
    ) -> bool:
        """Keep why a difference may stand; False if the last comparison did not find it."""

    def resend(self, message_id: str, *, within: Transaction) -> Resending | None:
        """Have the same bytes of a message of ours go again; None if there is no such message."""
