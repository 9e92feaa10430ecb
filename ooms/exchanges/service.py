"""Look at partners, messages and the node, and have messages sent again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, MissingError
from ooms.exchanges.judging import of_channel, of_system
from ooms.exchanges.model import (
    Channel,
    Comparison,
    Differing,
    Finding,
    Key,
    Message,
    Proof,
    Resending,
    Wanted,
)
from ooms.exchanges.ports import Source


class NotResendableError(ConflictError):
    """The message has no signed bytes that could be sent again."""

    code = "RUL-NOT-RESENDABLE"
    then = "issue anew what was never signed; what waits to be signed goes by itself"


_UNSENDABLE = {
    Resending.NOT_SENT_YET: "waiting for its signature",
    Resending.NEVER_SIGNED: "without signed bytes",
}


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

    def resend(self, work: Work, message_id: str, *, because: str, by: User) -> Message:
        """Have the same bytes of a message go again; returns the message as it stood before.

        A partner that has the message answers as it did before, so nothing is registered twice.

        Raises:
            MissingError: no message of ours has this id.
            NotResendableError: there are no signed bytes.

        """
        before = self.message(message_id).message
        came_of_it = self._source.resend(message_id, within=work.transaction)
        if came_of_it is None:
            raise MissingError(what="message of ours", id=message_id)
        if came_of_it is not Resending.GOES_AGAIN:
            raise NotResendableError(
                what="message", current=_UNSENDABLE[came_of_it], wanted="sent again"
            )
        record(
            work,
            who=by.login,
            what="message.resent",
            subject=f"message/{message_id}",
            facts={"because": because, "was": before.state},
        )
        return before

    def comparison(self, partner: str) -> Comparison:
        """Return what the last comparison with a partner found.

        Raises:
            MissingError: none has ended.

        """
        found = self._source.comparison(partner)
        if found is None:
            raise MissingError(what="comparison with", id=partner)
        return found

    def explain(
        self, work: Work, partner: str, *, digest: str, because: str, by: User
    ) -> Differing:
        """Keep why a difference may stand; returns it as it stood before.

        It is listed on, and asks nobody to act any more until one of its lines changes.

        Raises:
            MissingError: the last comparison with this partner did not find it.

        """
        before = self.comparison(partner).find(digest)
        told = self._source.explain(
            digest, partner=partner, because=because, by=by.login, within=work.transaction
        )
        if before is None or not told:
            raise MissingError(what=f"difference with {partner}", id=digest)
        record(
            work,
            who=by.login,
            what="difference.explained",
            subject=f"difference/{digest}",
            facts={
                "because": because,
                "partner": partner,
                "kind": before.kind,
                "certificate": before.subject,
            },
        )
        return before

    def signing_keys(self) -> Sequence[Key]:
        """Return our own signing key, then those that partners are trusted by."""
        return self._source.signing_keys()

    def diagnostics(self) -> tuple[Finding, ...]:
        """Tell how the system stands, part by part."""
        condition = self._source.condition()
        return of_system(condition, self._source.channels(), free_bytes=self._free_bytes())
