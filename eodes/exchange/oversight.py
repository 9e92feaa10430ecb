"""What whoever keeps the node looks at, and what he does: send again, explain a difference.

What certificates and refusals say in words is left out: who keeps the node learns nothing of
buyers and values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from eodes.domain.message import MessageType
from eodes.exchange.explain import explain
from eodes.exchange.gaps import LOOK_BACK, PATIENCE
from eodes.exchange.ports import Clock
from eodes.exchange.resend import Resending, resend
from eodes.exchange.trusting import TrustKeeper
from eodes.store.records import (
    Explanation,
    FoundDifference,
    Gap,
    IncomingMessage,
    OutgoingMessage,
    Page,
)
from eodes.store.traffic import Traffic
from eodes.store.unit import Store, Unit
from eodes.trust.registry import Partner, TrustRegistry
from eodes.wire.signature import PinnedKey


@dataclass(frozen=True, slots=True)
class Channel:
    """How things stand with one partner."""

    partner: str
    name: str
    country: str
    suspended_until: datetime | None
    traffic: Traffic
    gaps: tuple[Gap, ...]
    broken_links: int
    #: The end of the last of the partner's keys; None where none is in force.
    key_until: datetime | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A message of either direction, without what it says."""

    message_id: str
    partner: str
    is_ours: bool
    type: MessageType
    state: str
    at: datetime
    code: str
    attempts: int
    answer: str


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to send a message."""

    attempt: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A signed answer to a message, and when it came or went."""

    message_id: str
    type: MessageType
    at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """A message with the evidence that is kept of it."""

    passed: Passed
    document_digest: str
    #: The SHA-256 of the certificate that a partner's message was signed with.
    signer: str
    channel_seq: int | None
    conversation_id: str
    certificate: str
    tries: tuple[Try, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """What a partner sent and we refused: it has no id of its own, only its digest."""

    partner: str
    sha256: str
    claimed_id: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Differing:
    """A certificate on which both sides' lists differ, and what was done by itself."""

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

    run_id: str
    first: date
    last: date
    ended_at: datetime | None
    compared: int
    differing: tuple[Differing, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A key that messages are signed with, ours or a partner's."""

    authority: str
    is_ours: bool
    sha256: str
    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobRun:
    """The last run of a job."""

    job: str
    ended_at: datetime
    is_done: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """How the node itself stands."""

    now: datetime
    backend: str
    schema: str
    schema_wanted: str
    own_key_until: datetime
    jobs: tuple[JobRun, ...]


@dataclass(frozen=True, slots=True)
class Oversight:
    """The questions of whoever keeps the node."""

    store: Store
    trust: TrustKeeper
    clock: Clock
    own_key: PinnedKey

    def channels(self) -> tuple[Channel, ...]:
        """Return how things stand with each partner, by its code."""
        now, trust = self.clock.now(), self.trust.current()
        with self.store.read() as unit:
            return tuple(
                _channel(unit, trust.partners[authority], trust, now=now)
                for authority in sorted(trust.partners)
            )

    def sent(self, page: Page) -> tuple[Passed, ...]:
        """Return messages of ours, the newest first."""
        with self.store.read() as unit:
            return tuple(_sent(one) for one in unit.outbox.page(page))

    def heard(self, page: Page) -> tuple[Passed, ...]:
        """Return messages of partners, the newest first."""
        with self.store.read() as unit:
            return tuple(_heard(one) for one in unit.inbox.page(page))

    def refused(self, page: Page) -> tuple[Refused, ...]:
        """Return what partners sent and we refused, the newest first."""
        with self.store.read() as unit:
            return tuple(
                Refused(
                    partner=row["partner"],
                    sha256=row["sha256"],
                    claimed_id=row["claimed_message_id"] or "",
                    code=row["code"],
                    at=row["received_at"],
                )
                for row in unit.inbox.refused_page(page)
            )

    def proof(self, message_id: str) -> Proof | None:
        """Return a message with its evidence, ours or a partner's; None if there is none."""
        with self.store.read() as unit:
            received = unit.inbox.find_by_id(message_id)
            if received is not None:
                return _proof_of_theirs(received)
            ours = unit.outbox.find(message_id)
            return None if ours is None else _proof_of_ours(unit, ours)

    def resend(self, message_id: str, *, within: Any) -> Resending:
        """Have the same bytes of a message sent again; one that was set aside tries anew.

        `within` is the office's transaction, as for the gateway's verbs.

        Raises:
            UnknownMessageError: no message of ours has this id.

        """
        return resend(self.store.join(within), message_id, now=self.clock.now())

    def comparison(self, partner: str) -> Comparison | None:
        """Return what the last comparison with a partner found; None if none has ended."""
        with self.store.read() as unit:
            run = unit.reconciliations.last_ended(partner)
            if run is None:
                return None
            return Comparison(
                run_id=run.run_id,
                first=run.day_from,
                last=run.day_to,
                ended_at=run.ended_at,
                compared=run.ours_count,
                differing=tuple(
                    _differing(one) for one in unit.reconciliations.findings(run.run_id)
                ),
            )

    def explain(self, digest: str, *, partner: str, because: str, by: str, within: Any) -> None:
        """Keep why a difference that the last comparison found may stand.

        `within` is the office's transaction, as for the gateway's verbs.

        Raises:
            UnknownDifferenceError: the last comparison found none with this digest.

        """
        told = Explanation(because, by=by, at=self.clock.now())
        explain(self.store.join(within), digest, partner=partner, explanation=told)

    def signing_keys(self) -> tuple[Key, ...]:
        """Return our own signing key, then those that each partner is trusted by."""
        trusted = sorted(
            self.trust.current().keys.values(), key=lambda one: (one.authority, one.valid_from)
        )
        return (
            _key(self.own_key, is_ours=True),
            *(_key(one, is_ours=False) for one in trusted),
        )

    def condition(self) -> Condition:
        """Return how the node itself stands."""
        from eodes.store import migrations  # noqa: PLC0415  # nothing else at run time needs it

        database = self.store.database
        with self.store.read() as unit:
            jobs = tuple(_run(row) for row in unit.leases.jobs())
        return Condition(
            now=self.clock.now(),
            backend=database.url.get_backend_name(),
            schema=migrations.current(database) or "",
            schema_wanted=migrations.head(),
            own_key_until=self.own_key.valid_until,
            jobs=jobs,
        )


def _channel(unit: Unit, partner: Partner, trust: TrustRegistry, *, now: datetime) -> Channel:
    keys = [one for one in trust.keys.values() if one.authority == partner.authority]
    return Channel(
        partner=partner.authority,
        name=partner.profile.name,
        country=partner.profile.country,
        suspended_until=partner.suspended_until if partner.is_suspended(now=now) else None,
        traffic=unit.traffic(partner.authority),
        gaps=unit.inbox.gaps(partner.authority, since=now - LOOK_BACK, until=now - PATIENCE),
        broken_links=len(unit.inbox.broken_links(partner.authority, since=now - LOOK_BACK)),
        key_until=max((one.valid_until for one in keys if one.revoked_at is None), default=None),
    )


def _sent(one: OutgoingMessage) -> Passed:
    return Passed(
        message_id=one.message_id,
        partner=one.partner,
        is_ours=True,
        type=one.type,
        state=one.state.value,
        at=one.created_at,
        code=one.code or "",
        attempts=one.attempts,
        answer="",
    )


def _heard(one: IncomingMessage) -> Passed:
    return Passed(
        message_id=one.message_id,
        partner=one.partner,
        is_ours=False,
        type=one.type,
        state=one.state.value,
        at=one.received_at,
        code=one.code or "",
        attempts=0,
        answer=one.answer_type.value,
    )


def _proof_of_theirs(one: IncomingMessage) -> Proof:
    return Proof(
        passed=_heard(one),
        document_digest=one.document_digest,
        signer=one.key_sha256,
        channel_seq=one.channel_seq,
        conversation_id=one.conversation_id,
        certificate="",
        tries=(),
        answers=(Answer(one.answer_id, one.answer_type, one.received_at),),
    )


def _proof_of_ours(unit: Unit, one: OutgoingMessage) -> Proof:
    return Proof(
        passed=_sent(one),
        document_digest=one.document_digest or "",
        signer="",
        channel_seq=one.channel_seq,
        conversation_id=str(one.header.get("conversation_id", "")),
        certificate=one.key.number_key if one.key else "",
        tries=tuple(_try(row) for row in unit.outbox.attempts(one.message_id)),
        answers=tuple(
            Answer(each.receipt_id, each.type, each.received_at)
            for each in unit.outbox.receipts(one.message_id)
        ),
    )


def _differing(one: FoundDifference) -> Differing:
    return Differing(
        kind=one.kind,
        subject=one.subject,
        ours=one.ours,
        theirs=one.theirs,
        repair=one.repair,
        digest=one.digest,
        explanation=one.explanation,
    )


def _key(one: PinnedKey, *, is_ours: bool) -> Key:
    return Key(
        authority=one.authority,
        is_ours=is_ours,
        sha256=one.sha256.hex(),
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        revoked_at=one.revoked_at,
    )


def _try(row: Any) -> Try:
    return Try(row["attempt"], row["started_at"], row["ended_at"], row["outcome"] or "")


def _run(row: Any) -> JobRun:
    return JobRun(row["job"], row["last_ended_at"], row["last_outcome"] == "DONE")
