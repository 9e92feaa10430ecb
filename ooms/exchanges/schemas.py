"""Partners, messages and diagnostics on the wire."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Self

from ooms.access.schemas import Body, Reason
from ooms.exchanges.model import (
    Channel,
    Comparison,
    Differing,
    Finding,
    Key,
    KeyState,
    Light,
    Message,
    Proof,
    Way,
    worst,
)


class FindingOut(Body):
    """One thing that was looked at, by its code, and how it stands."""

    code: str
    light: Light
    subject: str
    figure: int | None
    at: datetime | None


class HoleOut(Body):
    """Places that are missing in a partner's channel."""

    first: int
    last: int


class PartnerOut(Body):
    """How things stand with one partner, and what is not well."""

    partner: str
    name: str
    country: str
    light: Light
    findings: tuple[FindingOut, ...]
    suspended_until: datetime | None
    last_sent_at: datetime | None
    last_heard_at: datetime | None
    on_the_way: int
    oldest_at: datetime | None
    set_aside: int
    holes: tuple[HoleOut, ...]
    broken_links: int
    key_until: datetime | None
    compared_on: datetime | None
    differences: int
    explained: int
    untriggered: int
    untriggered_since: datetime | None

    @classmethod
    def of(cls, channel: Channel, findings: Sequence[Finding]) -> Self:
        """Show a partner."""
        return cls(
            partner=channel.partner,
            name=channel.name,
            country=channel.country,
            light=worst(findings),
            findings=_findings(findings),
            suspended_until=channel.suspended_until,
            last_sent_at=channel.last_sent_at,
            last_heard_at=channel.last_heard_at,
            on_the_way=channel.on_the_way,
            oldest_at=channel.oldest_at,
            set_aside=channel.set_aside,
            holes=tuple(HoleOut(first=one.first, last=one.last) for one in channel.holes),
            broken_links=channel.broken_links,
            key_until=channel.key_until,
            compared_on=channel.compared_on,
            differences=channel.differences,
            explained=channel.explained,
            untriggered=channel.untriggered,
            untriggered_since=channel.untriggered_since,
        )


class PartnersOut(Body):
    """Every partner, by its code."""

    items: tuple[PartnerOut, ...]

    @classmethod
    def of(cls, found: Iterable[tuple[Channel, Sequence[Finding]]]) -> Self:
        """Show partners."""
        return cls(items=tuple(PartnerOut.of(*one) for one in found))


class MessageOut(Body):
    """A message of either direction, without what it says.

    `id` of what we refused is the digest of its bytes: such a document has no id that stands.
    """

    id: str
    partner: str
    way: Way
    type: str
    state: str
    at: datetime
    code: str
    attempts: int
    answer: str

    @classmethod
    def of(cls, message: Message) -> Self:
        """Show a message."""
        return cls.model_validate(message, from_attributes=True)


class AttemptOut(Body):
    """One attempt to send a message."""

    attempt: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str


class AnswerOut(Body):
    """A signed answer to a message."""

    id: str
    type: str
    at: datetime


class ProofOut(Body):
    """A message with the evidence that is kept of it."""

    message: MessageOut
    document_digest: str
    signer: str
    channel_seq: int | None
    conversation_id: str
    certificate: str
    attempts: tuple[AttemptOut, ...]
    answers: tuple[AnswerOut, ...]

    @classmethod
    def of(cls, proof: Proof) -> Self:
        """Show a message with its evidence."""
        return cls.model_validate(proof, from_attributes=True)


class ResendingIn(Body):
    """Why a message is sent again; it stands in the audit trail."""

    reason: Reason


class ResentOut(Body):
    """Which message goes again, and where it stood before."""

    id: str
    partner: str
    was: str

    @classmethod
    def of(cls, message: Message) -> Self:
        """Show a message that goes again."""
        return cls(id=message.id, partner=message.partner, was=message.state)


class ExplanationIn(Body):
    """Why a difference may stand."""

    reason: Reason


class ExplanationOut(Body):
    """Why a difference may stand, and who says so."""

    because: str
    by: str
    at: datetime


class DifferingOut(Body):
    """A certificate on which both sides' lists differ; `repair` is what was done by itself.

    By `digest` it is known again in later comparisons while neither side's line changes.
    """

    kind: str
    subject: str
    ours: str
    theirs: str
    repair: str
    digest: str
    explanation: ExplanationOut | None


class ComparisonOut(Body):
    """The last comparison with a partner that has ended."""

    id: str
    first: date
    last: date
    ended_at: datetime | None
    compared: int
    differing: tuple[DifferingOut, ...]

    @classmethod
    def of(cls, comparison: Comparison) -> Self:
        """Show a comparison."""
        return cls.model_validate(comparison, from_attributes=True)


class ExplainedOut(Body):
    """Which difference is explained now."""

    digest: str
    partner: str
    kind: str
    subject: str

    @classmethod
    def of(cls, differing: Differing, *, partner: str) -> Self:
        """Show a difference that is explained."""
        return cls(
            digest=differing.digest,
            partner=partner,
            kind=differing.kind,
            subject=differing.subject,
        )


class KeyOut(Body):
    """A key that messages are signed with; `sha256` is its certificate's."""

    authority: str
    is_ours: bool
    sha256: str
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None
    state: KeyState


class KeysOut(Body):
    """Our own signing key, then those that each partner is trusted by."""

    items: tuple[KeyOut, ...]

    @classmethod
    def of(cls, keys: Iterable[Key], *, now: datetime) -> Self:
        """Show keys, and what each is good for now."""
        return cls(
            items=tuple(
                KeyOut(
                    authority=one.authority,
                    is_ours=one.is_ours,
                    sha256=one.sha256,
                    valid_from=one.valid_from,
                    valid_until=one.valid_until,
                    revoked_at=one.revoked_at,
                    state=one.state(now=now),
                )
                for one in keys
            )
        )


class DiagnosticsOut(Body):
    """How the system stands, part by part, and the worst of it."""

    light: Light
    items: tuple[FindingOut, ...]

    @classmethod
    def of(cls, found: Sequence[Finding]) -> Self:
        """Show findings."""
        return cls(light=worst(found), items=_findings(found))


def _findings(found: Iterable[Finding]) -> tuple[FindingOut, ...]:
    return tuple(FindingOut.model_validate(one, from_attributes=True) for one in found)
