"""What the use cases need of the world outside the store, as protocols declared by their user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from eodes.store.records import News
from eodes.transport.answer import Answer
from eodes.trust.registry import Partner


class Clock(Protocol):
    """Tells the time; the only one who does."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        ...


class Ids(Protocol):
    """Makes message ids."""

    def new(self, *, now: datetime) -> str:
        """Return a fresh UUID version 7: unique, and sorting by time."""
        ...


class Transport(Protocol):
    """Brings one document to a partner and its answer back."""

    def post(self, partner: Partner, document: bytes, *, attempt: int) -> Answer:
        """Send a document and return the answer.

        Raises:
            PartnerUnreachableError: no answer came.

        """
        ...

    def reach(self, partner: Partner) -> None:
        """See that a partner's server answers; sends nothing.

        Raises:
            PartnerUnreachableError: it does not.

        """
        ...


class Listener(Protocol):
    """Who wants to hear what partners sent and answered; idempotent by kind and message id."""

    def hear(self, news: Sequence[News]) -> None:
        """Take the news; raising keeps all of them to be told again."""
        ...
