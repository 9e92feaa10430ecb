"""Two nodes as real processes that die at a chosen commit and are started again.

The database of a dying node counts its commits; nothing in the product knows of it.  Nodes are
built once and forked before they have threads or connections, so that a run costs no start.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from sqlalchemy import Connection, event, select

from eodes.api import identify
from eodes.bootstrap import Node, build_node
from eodes.domain.lifecycle import Exchange, Registered
from eodes.domain.message import MessageType
from eodes.messages.co_use import CertificateUse, UseDecision, UseOutcome
from eodes.settings import load_settings
from eodes.store import tables
from eodes.store.database import Database
from eodes.store.records import CertificateKey
from eodes.store.unit import Unit
from eodes.web.app import make_partner_app
from tests.builders import a_certificate
from tests.world import NOW, correction_of, introduce, make_keys

KOREA, CHINA = "KR-KCS", "CN-GACC"
ORIGINAL = a_certificate(agreement="KCFTA")
CORRECTED = correction_of(ORIGINAL)
#: How much faster than the world's the nodes' time runs: pauses of seconds take milliseconds.
HASTE = 200
LONGEST_RUN_SECONDS = 20


class HastyClock:
    """A clock that all processes share, since all of them count from the start of the machine."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def now(self) -> datetime:
        passed = (time.monotonic() - self._started) * HASTE
        return NOW + timedelta(milliseconds=int(passed * 1000))


@dataclass(slots=True)
class Death:
    """When a process is to die: around its n-th commit that wrote something."""

    commit: int = 0
    is_after: bool = False


class DyingDatabase(Database):
    """A database whose process may be killed just before or just after a commit."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.death = Death()
        self.commits = 0
        self._wrote = threading.local()
        self._lock = threading.Lock()
        event.listen(self.engine, "before_cursor_execute", self._notice)

    def _notice(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self._wrote.anything = True

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        self._wrote.anything = False
        number = 0
        with super().begin() as connection:
            yield connection
            if self._wrote.anything:
                with self._lock:
                    self.commits += 1
                    number = self.commits
            self._die_if(number, is_after=False)
        self._die_if(number, is_after=True)

    def _die_if(self, number: int, *, is_after: bool) -> None:
        if number and (number, is_after) == (self.death.commit, self.death.is_after):
            os.kill(os.getpid(), signal.SIGKILL)


class Stage:
    """Two nodes that are ready to be forked, and fresh databases for each run."""

    def __init__(self, folder: Path, urls: dict[str, str], renew: Callable[[], None]) -> None:
        self._renew = renew
        self.clock = HastyClock()
        self.listeners = {authority: _listener() for authority in urls}
        self.databases = {authority: DyingDatabase(url) for authority, url in urls.items()}
        self.nodes = {
            authority: self._node(folder / authority.lower(), authority) for authority in urls
        }
        self.children: dict[str, int] = {}

    def _node(self, folder: Path, authority: str) -> Node:
        make_keys(folder, authority)
        settings = folder / "eodes.toml"
        settings.write_text(
            f'authority = "{authority}"\n[server]\ntls = false\nclient_certificates = "off"\n'
        )
        return build_node(
            load_settings(settings), database=self.databases[authority], clock=self.clock
        )

    def introduce(self) -> None:
        """Let both trust each other; done once, before the databases become templates."""
        for one, other in ((KOREA, CHINA), (CHINA, KOREA)):
            introduce(self.nodes[one], self.nodes[other])
            port = self.listeners[other].getsockname()[1]
            with self.databases[one].begin() as connection:
                connection.execute(
                    tables.partner.update().values(
                        endpoint=f"http://127.0.0.1:{port}/partner/v1/messages"
                    )
                )
        self.let_go()

    def let_go(self) -> None:
        """Close every connection: a forked process must not inherit one."""
        for database in self.databases.values():
            database.dispose()

    def play(self, mortal: str = "", death: Death | None = None) -> bool:
        """Tell the story to its end; True if the mortal node died on its way and came again."""
        self.let_go()
        self._renew()
        for authority in self.nodes:
            self._start(authority, death if authority == mortal else None)
        has_died = False
        try:
            for _ in self._looks():
                if not has_died and self._is_dead(mortal):
                    has_died = True
                    self._start(mortal, None)
                if self._is_over():
                    return has_died
            raise AssertionError(f"not over: {self.unfinished()}")
        finally:
            self._end()
            self.let_go()

    def _looks(self) -> Iterator[None]:
        deadline = time.monotonic() + LONGEST_RUN_SECONDS
        while time.monotonic() < deadline:
            yield
            time.sleep(0.01)

    def _start(self, authority: str, death: Death | None) -> None:
        self.let_go()
        child = os.fork()
        if child:
            self.children[authority] = child
            return
        try:
            self.databases[authority].commits = 0
            self.databases[authority].death = death or Death()
            _live(self.nodes[authority], self.listeners[authority])
        finally:
            os._exit(1)

    def _is_dead(self, authority: str) -> bool:
        child = self.children.get(authority)
        return bool(child) and os.waitpid(child or 0, os.WNOHANG)[0] != 0

    def _end(self) -> None:
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
        self.children.clear()

    def _is_over(self) -> bool:
        with self.nodes[KOREA].store.read() as unit:
            replied = unit.connection.execute(
                select(tables.incoming.c.message_id).where(
                    tables.incoming.c.type == MessageType.CO_CANCEL_REPLY.value
                )
            ).first()
        return replied is not None and not self.unfinished()

    def unfinished(self) -> list[tuple[str, ...]]:
        """Every message that is in no final state, on either side."""
        final = ["ACKNOWLEDGED", "REFUSED", "SETTLED"]
        found: list[tuple[str, ...]] = []
        for authority, node in self.nodes.items():
            with node.store.read() as unit:
                for table in (tables.outgoing, tables.incoming):
                    rows = unit.connection.execute(
                        select(table.c.type, table.c.state).where(table.c.state.not_in(final))
                    )
                    found += [(authority, table.name, *row) for row in rows]
        return found


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    return listener


def _live(node: Node, listener: socket.socket) -> None:
    """Receive over HTTP, play this side's part, and run every job, until killed."""
    config = uvicorn.Config(
        make_partner_app(node.receiving()), log_level="critical", access_log=False
    )
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    parts = {KOREA: _korea, CHINA: _china}
    while True:
        with node.store.begin() as unit:
            parts[node.settings.authority](node, unit)
        node.seal()
        node.deliver()
        node.settle()
        node.release()
        node.tell()
        node.expire()
        time.sleep(0.005)


def _korea(node: Node, unit: Unit) -> None:
    """Issue, correct once that is registered, and try to cancel once it was used."""
    states = {
        one.number_key: unit.exchanges.find(CertificateKey.of(one), partner=CHINA)
        for one in (ORIGINAL, CORRECTED)
    }
    first, second = states[ORIGINAL.number_key], states[CORRECTED.number_key]
    gateway, within = node.gateway, unit.connection
    if first is None:
        gateway.issue(ORIGINAL, to=CHINA, within=within)
    elif second is None and first.state is Exchange.REGISTERED:
        gateway.correct(
            CORRECTED,
            superseded=ORIGINAL,
            reason_code="CLERICAL",
            reason="quantity corrected",
            to=CHINA,
            within=within,
        )
    elif second is not None and second.state is Exchange.USED:
        about = unit.outbox.carrying(CertificateKey.of(CORRECTED))
        if MessageType.CO_CANCEL not in {one.type for one in about}:
            gateway.request_cancellation(
                CORRECTED, reason_code="EXPORTER", reason="sale off", to=CHINA, within=within
            )


def _china(node: Node, unit: Unit) -> None:
    """Grant preference on the corrected certificate, once."""
    key = CertificateKey.of(CORRECTED)
    entry = unit.register.find([key]).get(key)
    if entry is None or entry.state is not Registered.AVAILABLE or entry.used_by_declaration:
        return
    body = CertificateUse(
        certificate=identify(CORRECTED),
        declaration_number="DECL-42",
        decided_on=NOW.date(),
        office="Port office",
        decisions=(UseDecision(1, UseOutcome.GRANTED),),
    )
    node.gateway.enqueue(body, to=KOREA, within=unit.connection)
