"""Look at partners, messages and the node; the desk changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from ooms.db import Window
from ooms.errors import MissingError
from ooms.exchanges.judging import of_channel, of_system
from ooms.exchanges.model import Channel, Finding, Message, Proof, Source, Wanted


class Exchanges:
    """The desk of whoever keeps the exchange going."""

    def __init__(self, source: Source, *, free_bytes: Callable[[], int]) -> None:
        """Look at a gateway, and at the disk that its files are on."""
        self._source = source
        self._free_bytes = free_bytes

    def partners(self, *, now: datetime) -> Sequence[tuple[Channel, tuple[Finding, ...]]]:
        """Return every partner with what is not well."""
        return tuple((one, of_channel(one, now=now)) for one in self._source.channels())

    def messages(self, window: Window, *, wanted: Wanted) -> Sequence[Message]:
        """Return messages, the newest first."""
        return self._source.messages(wanted, limit=window.limit, before=window.before)

    def message(self, message_id: str) -> Proof:
        """Return a message with its evidence.

        Raises:
            MissingError: there is none under this id.

        """
        found = self._source.proof(message_id)
        if found is None:
            raise MissingError(what="message", id=message_id)
        return found

    def diagnostics(self) -> tuple[Finding, ...]:
        """Tell how the system stands, part by part."""
        condition = self._source.condition()
        return of_system(condition, self._source.channels(), free_bytes=self._free_bytes())
