"""Partners, messages and the node as whoever keeps them sees them; codes tell what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Light(StrEnum):
    """How good or bad something stands, from the best to the worst."""

    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"


class Way(StrEnum):
    """Which messages are listed."""

    SENT = "SENT"
    HEARD = "HEARD"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: a code, how it stands, and the figures behind it."""

    code: str
    light: Light
    subject: str = ""
    figure: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """Places that are missing in a partner's channel."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Channel:
    """How things stand with one partner."""

    partner: str
    name: str
    country: str
    suspended_until: datetime | None
    last_sent_at: datetime | None
    last_heard_at: datetime | None
    on_the_way: int
    oldest_at: datetime | None
    set_aside: int
    holes: tuple[Hole, ...]
    broken_links: int
    key_until: datetime | None
    compared_on: datetime | None
    #: What the last comparison found and nobody has explained; beside it, what somebody has.
    differences: int
    explained: int
    #: Certificates that wait for the export declaration, or for the exporter's order.
    untriggered: int
    untriggered_since: datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message of either direction, without what it says."""

    id: str
    partner: str
    way: Way
    type: str
    state: str
    at: datetime
    code: str = ""
    attempts: int = 0
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to send a message."""

    attempt: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A signed answer to a message."""

    id: str
    type: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """A message with the evidence that is kept of it."""

    message: Message
    document_digest: str
    signer: str
    channel_seq: int | None
    conversation_id: str
    certificate: str
    attempts: tuple[Attempt, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """The last run of a job; `often` jobs run every few seconds, the others at least daily."""

    name: str
    ended_at: datetime
    is_done: bool
    is_often: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """How the node itself stands."""

    now: datetime
    backend: str
    schema: str
    schema_wanted: str
    own_key_until: datetime
    jobs: tuple[Job, ...]


class Resending(StrEnum):
    """What came of asking for a message to be sent again."""

    GOES_AGAIN = "GOES_AGAIN"
    NOT_SENT_YET = "NOT_SENT_YET"
    NEVER_SIGNED = "NEVER_SIGNED"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a difference may stand, and who says so."""

    because: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Differing:
    """A certificate on which both sides' lists differ, and what was done by itself.

    `digest` is of the partner, the kind, the certificate and both lines: a difference that is the
    same in a later comparison is found explained, one whose lines changed is open.
    """

    kind: str
    subject: str
    ours: str
    theirs: str
    repair: str
    digest: str
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The last comparison with a partner that has ended."""

    id: str
    first: date
    last: date
    ended_at: datetime | None
    compared: int
    differing: tuple[Differing, ...]

    def find(self, digest: str) -> Differing | None:
        """Return the difference with a digest, if it was found."""
        return next((one for one in self.differing if one.digest == digest), None)


class KeyState(StrEnum):
    """What a key is good for now."""

    IN_FORCE = "IN_FORCE"
    NOT_YET = "NOT_YET"
    ENDED = "ENDED"
    REVOKED = "REVOKED"


@dataclass(frozen=True, slots=True)
class Key:
    """A key that messages are signed with, ours or a partner's."""

    authority: str
    is_ours: bool
    sha256: str
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None

    def state(self, *, now: datetime) -> KeyState:
        """Tell what the key is good for at a moment."""
        if self.revoked_at is not None and self.revoked_at <= now:
            return KeyState.REVOKED
        if now >= self.valid_until:
            return KeyState.ENDED
        return KeyState.IN_FORCE if now >= self.valid_from else KeyState.NOT_YET


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages are asked for."""

    way: Way
    partner: str | None = None
    state: str | None = None
    type: str | None = None


def worst(findings: Sequence[Finding]) -> Light:
    """Return the worst light of all; green where nothing was found."""
    order = list(Light)
    return max((one.light for one in findings), key=order.index, default=Light.GREEN)
