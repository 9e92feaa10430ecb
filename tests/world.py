"""Two administrations on one machine, with everything real but the wire between them."""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from eodes.api import identify
from eodes.bootstrap import Node, build_node
from eodes.domain.certificate import Certificate, IssuanceKind
from eodes.domain.lifecycle import Exchange
from eodes.errors import PartnerUnreachableError
from eodes.exchange.judge import Judged, Refused
from eodes.exchange.prepare import Prepared
from eodes.exchange.receive import Receiving, Unattributed
from eodes.messages.co_use import CertificateUse, UseDecision, UseOutcome
from eodes.settings import load_settings
from eodes.store import tables
from eodes.store.database import Database
from eodes.store.records import (
    CertificateKey,
    IncomingMessage,
    News,
    OutgoingMessage,
    Receipt,
    ReceivedCertificate,
)
from eodes.store.trust_register import SIGNING, NewPin
from eodes.transport.answer import Answer
from eodes.trust.registry import Partner
from eodes.wire import certificate_maker
from tests.builders import a_replacement

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
_SERIALS = itertools.count(1000)
Made = TypeVar("Made")


def correction_of(certificate: Certificate, *, serial: int = 8, **changes: Any) -> Certificate:
    """Return the corrected certificate, under a new number as every form here demands."""
    return a_replacement(
        certificate,
        issuance_kind=IssuanceKind.CORRECTION,
        number_raw=f"{certificate.number_raw[:-1]}{serial}",
        **changes,
    )


class FrozenClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime = NOW) -> None:
        self.instant = now

    def now(self) -> datetime:
        return self.instant

    def advance(self, **by: float) -> None:
        self.instant += timedelta(**by)


class LoopbackTransport:
    """The wire between nodes of one test; it can be cut, lose or change answers, and remembers."""

    def __init__(self) -> None:
        self.receivers: dict[str, Receiving] = {}
        self.sender = ""
        self.is_down = False
        self.down_to: set[str] = set()
        self.lost_answers = 0
        self.lost_documents = 0
        self.answer_with: Callable[[bytes, Answer], Answer] | None = None
        self.sent: list[bytes] = []
        self.calls = 0

    def post(self, partner: Partner, document: bytes, *, attempt: int) -> Answer:
        self.calls += 1
        if self.is_down or partner.authority in self.down_to:
            raise PartnerUnreachableError(partner=partner.authority, reason="no connection")
        self.sent.append(document)
        if self.lost_documents:
            self.lost_documents -= 1
            raise PartnerUnreachableError(partner=partner.authority, reason="the connection broke")
        answer = answer_of(self.receivers[partner.authority], document, connected_as=self.sender)
        if self.lost_answers:
            self.lost_answers -= 1
            raise PartnerUnreachableError(partner=partner.authority, reason="no answer in time")
        return self.answer_with(document, answer) if self.answer_with else answer

    def reach(self, partner: Partner) -> None:
        if self.is_down or partner.authority in self.down_to:
            raise PartnerUnreachableError(partner=partner.authority, reason="no connection")


def answer_of(receiving: Receiving, document: bytes, *, connected_as: str | None) -> Answer:
    """Receive as the web route does."""
    for _ in range(3):
        outcome = receiving.receive(document, connected_as=connected_as)
        if isinstance(outcome, Unattributed):
            return Answer(403, outcome.refusal.code.encode())
        assert outcome is not None
        answer = outcome.result(timeout=30)
        if answer is not None:
            return Answer(200, answer)
        receiving.trust.refresh()
    return Answer(503, b"")


class Hearing:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.heard: list[News] = []

    def hear(self, news: Sequence[News]) -> None:
        self.heard.extend(news)

    def kinds(self) -> list[str]:
        return [one.kind for one in self.heard]

    def of(self, kind: str) -> list[News]:
        return [one for one in self.heard if one.kind == kind]


class World:
    """Some nodes that trust each other; every verb of theirs takes a second of the clock."""

    def __init__(
        self,
        folder: Path,
        *authorities: str,
        databases: Mapping[str, Database] | None = None,
        profiles: Path | None = None,
        is_test: bool = False,
    ) -> None:
        self.folder = folder
        self.is_test = is_test
        self.profiles = profiles
        self.clock = FrozenClock()
        self.wires = {authority: LoopbackTransport() for authority in authorities}
        self.hearings = {authority: Hearing() for authority in authorities}
        self.nodes: dict[str, Node] = {}
        self.receiving: dict[str, Receiving] = {}
        self._others: list[tuple[Node, Receiving]] = []
        for authority in authorities:
            self.nodes[authority] = self._node(authority, (databases or {}).get(authority))
        for one, other in itertools.permutations(authorities, 2):
            introduce(self.nodes[one], self.nodes[other])
        for authority, node in self.nodes.items():
            node.trust.refresh()
            self.receiving[authority] = node.receiving()
        for authority, wire in self.wires.items():
            wire.sender = authority
            wire.receivers = self.receiving

    def _node(self, authority: str, database: Database | None) -> Node:
        folder = self.folder / authority.lower()
        make_keys(folder, authority)
        own = f'[partners]\nfolder = "{self.profiles}"\n' if self.profiles else ""
        (folder / "eodes.toml").write_text(
            f'authority = "{authority}"\ntest = {str(self.is_test).lower()}\n{own}'
        )
        if database is None:
            (folder / "eodes.sqlite").write_bytes(_file_of_tables())
            database = Database(f"sqlite:///{folder / 'eodes.sqlite'}")
        return self._build(authority, database)

    def _build(self, authority: str, database: Database) -> Node:
        return build_node(
            load_settings(self.folder / authority.lower() / "eodes.toml"),
            database=database,
            listeners=(self.hearings[authority],),
            transport=self.wires[authority],
            clock=self.clock,
        )

    def another(self, authority: str) -> tuple[Node, Receiving]:
        """Build a second process of a node: its own connections and committer, one database."""
        url = self.nodes[authority].database.url.render_as_string(hide_password=False)
        node = self._build(authority, Database(url))
        other = (node, node.receiving())
        self._others.append(other)
        return other

    def do(self, authority: str, verb: Callable[..., Made], *said: Any, **by_name: Any) -> Made:
        """Call a verb of a node's gateway in a transaction of its own."""
        self.clock.advance(seconds=1)
        with self.nodes[authority].database.begin() as connection:
            return verb(*said, within=connection, **by_name)

    def issue(self, certificate: Certificate, *, to: str, by: str = "KR-KCS") -> Prepared:
        return self.do(by, self.nodes[by].gateway.issue, certificate, to=to)

    def correct(
        self, new: Certificate, old: Certificate, *, to: str, by: str = "KR-KCS"
    ) -> Prepared:
        return self.do(
            by,
            self.nodes[by].gateway.correct,
            new,
            superseded=old,
            reason_code="CLERICAL",
            reason="quantity corrected",
            to=to,
        )

    def cancel(self, certificate: Certificate, *, to: str, by: str = "KR-KCS") -> Prepared:
        return self.do(
            by,
            self.nodes[by].gateway.request_cancellation,
            certificate,
            reason_code="EXPORTER",
            reason="the sale fell through",
            to=to,
        )

    def send(self, body: object, *, to: str, by: str = "KR-KCS") -> Prepared:
        return self.do(by, self.nodes[by].gateway.enqueue, body, to=to)

    def use(
        self,
        certificate: Certificate,
        *,
        by: str,
        to: str = "KR-KCS",
        declaration: str = "DECL-1",
        outcome: UseOutcome = UseOutcome.GRANTED,
        decisions: tuple[UseDecision, ...] = (),
    ) -> Prepared:
        """Send use feedback on every item of a certificate, or these decisions."""
        body = CertificateUse(
            certificate=identify(certificate),
            declaration_number=declaration,
            decided_on=NOW.date(),
            office="Port office",
            decisions=decisions
            or tuple(UseDecision(item.item_no, outcome) for item in certificate.items),
        )
        return self.send(body, to=to, by=by)

    def run(self, rounds: int = 4) -> None:
        """Let every job of every node run, some rounds of them, or until nobody had work."""
        for _ in range(rounds):
            if not sum([self.run_node(authority) for authority in self.nodes]):
                return

    def run_node(self, authority: str) -> int:
        """Let every job of one node run once; returns how much there was to do."""
        node = self.nodes[authority]
        jobs = (node.seal, node.deliver, node.settle, node.release, node.settle, node.tell)
        return sum([job() for job in jobs])

    def outgoing(self, message_id: str, *, at: str = "KR-KCS") -> OutgoingMessage:
        with self.nodes[at].store.read() as unit:
            return unit.outbox.get(message_id)

    def exchange(self, certificate: Certificate, *, to: str, at: str = "KR-KCS") -> Exchange | None:
        with self.nodes[at].store.read() as unit:
            row = unit.exchanges.find(CertificateKey.of(certificate), partner=to)
        return row.state if row else None

    def registered(self, certificate: Certificate, *, at: str) -> ReceivedCertificate | None:
        with self.nodes[at].store.read() as unit:
            key = CertificateKey.of(certificate)
            return unit.register.find([key]).get(key)

    def receipts(self, message_id: str, *, at: str = "KR-KCS") -> tuple[Receipt, ...]:
        with self.nodes[at].store.read() as unit:
            return unit.outbox.receipts(message_id)

    def received(self, message_id: str, *, at: str, sent_by: str = "KR-KCS") -> IncomingMessage:
        with self.nodes[at].store.read() as unit:
            found = unit.inbox.find(sent_by, message_id)
        assert found is not None
        return found

    def sealed(self, message_id: str, *, at: str = "KR-KCS") -> bytes:
        """Return the exact bytes of a message of ours, sealing it first if it is not yet."""
        self.nodes[at].seal()
        document = self.outgoing(message_id, at=at).sealed
        assert document is not None
        return document

    def post(self, document: bytes, *, to: str, by: str = "KR-KCS") -> Answer:
        """Bring a document to a node, as by a connection of a partner."""
        return answer_of(self.receiving[to], document, connected_as=by)

    def read(self, answer: bytes, *, at: str = "KR-KCS") -> Judged | Refused:
        """Judge an answer as a node would."""
        node = self.nodes[at]
        return node.judge.judge(answer, trust=node.trust.refresh().keys, at=self.clock.now())

    def close(self) -> None:
        for node, receiving in (
            *self._others,
            *((self.nodes[name], receiving) for name, receiving in self.receiving.items()),
        ):
            receiving.committer.stop()
            node.close()


@cache
def _file_of_tables() -> bytes:
    """Return a SQLite file of empty tables: to copy one is quicker than to make the tables."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tables.sqlite"
        database = Database(f"sqlite:///{file}")
        tables.metadata.create_all(database.engine)
        database.dispose()
        return file.read_bytes()


def make_keys(folder: Path, authority: str) -> None:
    """Make throw-away keys as a node has them."""
    keys = folder / "keys"
    keys.mkdir(parents=True)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = certificate_maker.make_signing_certificate(
        f"{authority} signing",
        key=key,
        not_before=NOW - timedelta(days=30),
        not_after=NOW + timedelta(days=700),
        serial=next(_SERIALS),
    )
    (keys / "signing.key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (keys / "signing.cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def introduce(node: Node, other: Node) -> None:
    """Let one node trust another."""
    der = other.signer.certificate_der
    with node.store.begin() as unit:
        unit.trust_register.put_partner(
            authority=other.settings.authority,
            profile=other.settings.profile,
            endpoint="loopback:",
            card=b"",
            pins=(
                NewPin(
                    hashlib.sha256(der).hexdigest(),
                    SIGNING,
                    der,
                    NOW - timedelta(days=30),
                    NOW + timedelta(days=700),
                ),
            ),
            now=NOW,
        )
