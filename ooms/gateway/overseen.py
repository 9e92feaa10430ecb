"""The gateway's state as the desk of exchanges sees it."""

from __future__ import annotations

from collections.abc import Sequence

from eodes.api import Channel as TheirChannel
from eodes.api import Oversight, Page, Passed, Refused
from eodes.errors import UnknownDifferenceError, UnknownMessageError
from ooms.db import Transaction
from ooms.exchanges.model import (
    Answer,
    Attempt,
    Channel,
    Comparison,
    Condition,
    Differing,
    Explanation,
    Hole,
    Job,
    Key,
    Message,
    Proof,
    Resending,
    Wanted,
    Way,
)

#: Jobs of the node that run every few seconds; the others take their time.
_OFTEN = frozenset({"deliver", "expire", "release", "seal", "settle", "tell", "watch"})


class Overseen:
    """Asks the gateway, and says it in the office's words."""

    def __init__(self, oversight: Oversight) -> None:
        """Ask the gateway of this node."""
        self._oversight = oversight

    def channels(self) -> Sequence[Channel]:
        """Return every partner's channel."""
        return tuple(_channel(one) for one in self._oversight.channels())

    def messages(self, wanted: Wanted, *, limit: int, before: str | None) -> Sequence[Message]:
        """Return messages, the newest first."""
        page = Page(limit, wanted.partner, wanted.state, wanted.type, before)
        if wanted.way is Way.REFUSED:
            return tuple(_refused(one) for one in self._oversight.refused(page))
        ask = self._oversight.sent if wanted.way is Way.SENT else self._oversight.heard
        return tuple(_message(one) for one in ask(page))

    def proof(self, message_id: str) -> Proof | None:
        """Return a message with its evidence."""
        found = self._oversight.proof(message_id)
        if found is None:
            return None
        return Proof(
            message=_message(found.passed),
            document_digest=found.document_digest,
            signer=found.signer,
            channel_seq=found.channel_seq,
            conversation_id=found.conversation_id,
            certificate=found.certificate,
            attempts=tuple(
                Attempt(one.attempt, one.started_at, one.ended_at, one.outcome)
                for one in found.tries
            ),
            answers=tuple(Answer(one.message_id, one.type.value, one.at) for one in found.answers),
        )

    def resend(self, message_id: str, *, within: Transaction) -> Resending | None:
        """Have the same bytes of a message of ours go again; None if there is no such message."""
        try:
            return Resending(self._oversight.resend(message_id, within=within).value)
        except UnknownMessageError:
            return None

    def comparison(self, partner: str) -> Comparison | None:
        """Return what the last comparison with a partner found."""
        found = self._oversight.comparison(partner)
        if found is None:
            return None
        return Comparison(
            id=found.run_id,
            first=found.first,
            last=found.last,
            ended_at=found.ended_at,
            compared=found.compared,
            differing=tuple(
                Differing(
                    kind=one.kind,
                    subject=one.subject,
                    ours=one.ours,
                    theirs=one.theirs,
                    repair=one.repair,
                    digest=one.digest,
                    explanation=Explanation(told.because, by=told.by, at=told.at)
                    if (told := one.explanation)
                    else None,
                )
                for one in found.differing
            ),
        )

    def explain(
        self, digest: str, *, partner: str, because: str, by: str, within: Transaction
    ) -> bool:
        """Keep why a difference may stand; False if the last comparison did not find it."""
        try:
            self._oversight.explain(digest, partner=partner, because=because, by=by, within=within)
        except UnknownDifferenceError:
            return False
        return True

    def signing_keys(self) -> Sequence[Key]:
        """Return our own signing key, then those that partners are trusted by."""
        return tuple(
            Key(
                authority=one.authority,
                is_ours=one.is_ours,
                sha256=one.sha256,
                valid_from=one.valid_from,
                valid_until=one.valid_until,
                revoked_at=one.revoked_at,
            )
            for one in self._oversight.signing_keys()
        )

    def condition(self) -> Condition:
        """Return how the node stands."""
        found = self._oversight.condition()
        return Condition(
            now=found.now,
            backend=found.backend,
            schema=found.schema,
            schema_wanted=found.schema_wanted,
            own_key_until=found.own_key_until,
            jobs=tuple(
                Job(one.job, one.ended_at, is_done=one.is_done, is_often=one.job in _OFTEN)
                for one in found.jobs
            ),
        )


def _channel(one: TheirChannel) -> Channel:
    traffic = one.traffic
    return Channel(
        partner=one.partner,
        name=one.name,
        country=one.country,
        suspended_until=one.suspended_until,
        last_sent_at=traffic.last_sent_at,
        last_heard_at=traffic.last_heard_at,
        on_the_way=traffic.on_the_way,
        oldest_at=traffic.oldest_at,
        set_aside=traffic.set_aside,
        holes=tuple(Hole(gap.first, gap.last) for gap in one.gaps),
        broken_links=one.broken_links,
        key_until=one.key_until,
        compared_on=traffic.compared_on,
        differences=traffic.differences,
        explained=traffic.explained,
        untriggered=traffic.untriggered,
        untriggered_since=traffic.untriggered_since,
    )


def _message(one: Passed) -> Message:
    return Message(
        id=one.message_id,
        partner=one.partner,
        way=Way.SENT if one.is_ours else Way.HEARD,
        type=one.type.value,
        state=one.state,
        at=one.at,
        code=one.code,
        attempts=one.attempts,
        answer=one.answer,
    )


def _refused(one: Refused) -> Message:
    return Message(
        id=one.sha256,
        partner=one.partner,
        way=Way.REFUSED,
        type="",
        state="REFUSED",
        at=one.at,
        code=one.code,
    )
