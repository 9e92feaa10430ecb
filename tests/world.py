"""Two administrations on one machine, with everything real but the wire between them."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from eodes.bootstrap import Node, build_node
from eodes.errors import PartnerUnreachableError
from eodes.exchange.ports import Listener
from eodes.exchange.receive import Receiving, Unattributed
from eodes.settings import load_settings
from eodes.store import tables
from eodes.store.database import Database
from eodes.store.records import News
from eodes.store.trust_register import SIGNING, NewPin
from eodes.transport.answer import Answer
from eodes.trust.registry import Partner
from eodes.wire import certificate_maker

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
_SERIALS = itertools.count(1000)


class FrozenClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime = NOW) -> None:
        self.instant = now

    def now(self) -> datetime:
        return self.instant

    def advance(self, **by: float) -> None:
        self.instant += timedelta(**by)


class LoopbackTransport:
    """The wire between nodes of one test; it can be cut, lose answers, and counts calls."""

    def __init__(self) -> None:
        self.receivers: dict[str, Receiving] = {}
        self.sender = ""
        self.is_down = False
        self.lost_answers = 0
        self.sent: list[bytes] = []

    def post(self, partner: Partner, document: bytes, *, attempt: int) -> Answer:
        if self.is_down:
            raise PartnerUnreachableError(partner=partner.authority, reason="no connection")
        self.sent.append(document)
        answer = answer_of(self.receivers[partner.authority], document, connected_as=self.sender)
        if self.lost_answers:
            self.lost_answers -= 1
            raise PartnerUnreachableError(partner=partner.authority, reason="no answer in time")
        return answer


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

    def hear(self, news: list[News]) -> None:
        self.heard.extend(news)

    def kinds(self) -> list[str]:
        return [one.kind for one in self.heard]


class World:
    """Some nodes that trust each other."""

    def __init__(self, folder: Path, *authorities: str, databases: dict[str, Database]) -> None:
        self.folder = folder
        self.clock = FrozenClock()
        self.wires = {authority: LoopbackTransport() for authority in authorities}
        self.hearings = {authority: Hearing() for authority in authorities}
        self.nodes: dict[str, Node] = {}
        self.receiving: dict[str, Receiving] = {}
        for authority in authorities:
            self.nodes[authority] = self._node(authority, databases.get(authority))
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
        (folder / "eodes.toml").write_text(f'authority = "{authority}"\n')
        if database is None:
            database = Database(f"sqlite:///{folder / 'eodes.sqlite'}")
            tables.metadata.create_all(database.engine)
        listener: Listener = self.hearings[authority]
        return build_node(
            load_settings(folder / "eodes.toml"),
            database=database,
            listeners=(listener,),
            transport=self.wires[authority],
            clock=self.clock,
        )

    def run(self, rounds: int = 4) -> None:
        """Let every job of every node run until nothing is left to do."""
        for _ in range(rounds):
            for node in self.nodes.values():
                node.seal()
                node.deliver()
                node.settle()
                node.release()
                node.tell()

    def close(self) -> None:
        for receiving in self.receiving.values():
            receiving.committer.stop()
        for node in self.nodes.values():
            node.close()


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
