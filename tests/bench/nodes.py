"""Two administrations with keys and databases of their own, made as an operator makes them."""

from __future__ import annotations

import itertools
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eodes.bootstrap import Node, SystemClock, build_node
from eodes.domain.verdict import Refusal
from eodes.node.card import make_card, read_card
from eodes.node.enrolment import trust_card
from eodes.node.folder import SETTINGS_FILE, NodePlan, make_node
from eodes.node.settings_file import write_settings
from eodes.settings import load_settings
from tests.bench.specimen import RECEIVER, SENDER


@dataclass(frozen=True, slots=True)
class Pair:
    """A sender and a receiver that trust each other, open in this process."""

    sender: Node
    receiver: Node
    settings_files: dict[str, Path]


@contextmanager
def pair(folder: Path, *, databases: dict[str, str], tls: bool = False) -> Iterator[Pair]:
    """Make two nodes that trust each other; their servers are started elsewhere."""
    files = {
        authority: _make(folder / authority.lower(), authority, databases.get(authority), tls=tls)
        for authority in (SENDER, RECEIVER)
    }
    nodes = {authority: build_node(load_settings(file)) for authority, file in files.items()}
    try:
        for one, other in itertools.permutations(nodes.values(), 2):
            _introduce(one, other)
        yield Pair(nodes[SENDER], nodes[RECEIVER], files)
    finally:
        for node in nodes.values():
            node.close()


def _make(folder: Path, authority: str, database: str | None, *, tls: bool) -> Path:
    port = _free_port()
    make_node(
        folder,
        plan=NodePlan(authority, port=port, database_url=database),
        now=SystemClock().now(),
        random=secrets.token_bytes,
    )
    file = folder / SETTINGS_FILE
    changed: dict[str, str | int | None] = {"server.port": port, "database.url": database}
    if not tls:
        changed |= {"server.tls": False, "server.client_certificates": "off"}
    write_settings(file, authority=authority, changed=changed)
    return file


def _introduce(node: Node, other: Node) -> None:
    now = node.clock.now()
    document = make_card(other.settings, profile=other.own, signer=other.signer, now=now)
    read = read_card(document, now=now)
    assert not isinstance(read, Refusal), read
    with node.store.begin() as unit:
        refusal = trust_card(unit.trust_register, read=read, profile=other.own, now=now)
    assert refusal is None, refusal
    node.trust.refresh()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
