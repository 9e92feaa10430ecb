"""Makes and runs the nodes of the demonstration, by the same commands that an operator types."""

from __future__ import annotations

import base64
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

READY_WITHIN_SECONDS = 60
_STOPS_WITHIN_SECONDS = 20
_LOOK_AGAIN_SECONDS = 0.1
#: Known, unlike a real office's: none of the story's declarations is drawn for the random sample.
SAMPLE_SEED = b"demonstration: draws are known!!"
_EODES = "from eodes.cli import main; main()"
_OOMS = "from ooms.cli import main; main()"
_EACH = """
import json, sys
from eodes.cli import main as eodes
from ooms.cli import main as ooms
programs = {"eodes": eodes, "ooms": ooms}
for program, arguments in json.load(sys.stdin):
    try:
        programs[program](arguments)
    except SystemExit as ended:
        if ended.code:
            raise
"""


class DemoError(Exception):
    """A step of the demonstration did not go as it should; says which and what was seen."""


@dataclass(frozen=True, slots=True)
class Country:
    """One administration of the demonstration."""

    authority: str
    name: str
    office_code: str
    place: str
    zone: str


COUNTRIES = (
    Country("KR-KCS", "Seoul Main Customs", "K001", "SEOUL", "Asia/Seoul"),
    Country("CN-GACC", "Shanghai Customs", "C310", "SHANGHAI", "Asia/Shanghai"),
    Country("ID-INSW", "Tanjung Priok Customs", "JKT1", "JAKARTA", "Asia/Jakarta"),
)


@dataclass(slots=True)
class RunningNode:
    """A node in its folder, and the process that serves it."""

    country: Country
    folder: Path
    partner_port: int
    office_port: int
    passwords: dict[str, str] = field(default_factory=dict)
    is_training: bool = False
    #: Profiles beside the shipped ones.
    profiles: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def config(self) -> Path:
        """The node's file of settings."""
        return self.folder / "eodes.toml"

    @property
    def card(self) -> Path:
        """The node's partner card."""
        return self.folder / "card.xml"

    @property
    def office(self) -> str:
        """The address of the office."""
        return f"http://127.0.0.1:{self.office_port}"

    def start(self) -> None:
        """Start the process and wait until it answers.

        Raises:
            DemoError: it ended, or did not answer in time; carries the end of its log.

        """
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(  # our own program
                [sys.executable, "-c", _OOMS, "serve", "--config", str(self.config)],
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=_environment(),
            )
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(_LOOK_AGAIN_SECONDS)
        raise DemoError(f"{self.country.authority} does not serve:\n{self.log_end()}")

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.office}/readyz", timeout=2).status_code == httpx2.codes.OK
        except httpx2.TransportError:
            return False

    def stop(self, *, at_once: bool = False) -> None:
        """End the process: in order, or killed as by a power cut."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGKILL if at_once else signal.SIGTERM)
        try:
            self.process.wait(_STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def log_end(self) -> str:
        """Return the last lines of the process's log."""
        lines = (self.folder / "serve.log").read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-15:])

    def eodes(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run one of the gateway's commands on this node; its exit code is the caller's to read."""
        return subprocess.run(  # our own program
            [sys.executable, "-c", _EODES, *arguments, "--config", str(self.config)],
            capture_output=True,
            check=False,
            env=_environment(),
        )


def make_nodes(
    folder: Path,
    countries: Sequence[Country] = COUNTRIES,
    *,
    is_training: bool = False,
    profiles: Path | None = None,
) -> dict[str, RunningNode]:
    """Make the nodes in a folder, let them trust each other, and give each its users.

    Nodes for training are test nodes, whose offices say that nothing has legal effect.

    1. Make each node: settings, keys, database, card.
    2. Let each trust the others' cards, and make the people of its office.

    Raises:
        DemoError: a command failed; carries what it said.

    """
    ports = free_ports(2 * len(countries))
    nodes = {
        country.authority: RunningNode(
            country,
            folder / country.authority.lower(),
            ports.pop(),
            ports.pop(),
            is_training=is_training,
            profiles=profiles,
        )
        for country in countries
    }
    with ThreadPoolExecutor(len(nodes)) as pool:
        list(pool.map(_make, nodes.values()))  # 1
        list(pool.map(lambda node: _introduce(node, nodes.values()), nodes.values()))  # 2
    return nodes


def _make(node: RunningNode) -> None:
    country = node.country
    init = ["node", "init", str(node.folder), "--authority", country.authority]
    init += ["--test"] if node.is_training else []
    init += ["--partners", str(node.profiles)] if node.profiles else []
    card = ["node", "card", "--out", str(node.card), "--config", str(node.config)]
    _run_each(("eodes", [*init, "--port", str(node.partner_port)]), ("eodes", card))
    write_office_settings(node)
    know_the_sample(node.folder)


def know_the_sample(folder: Path) -> None:
    """Give an office of a demonstration or a test a known seed of its random sample."""
    file = folder / "keys" / "risk-sample.key"
    file.touch(mode=0o600)
    file.write_bytes(base64.b64encode(SAMPLE_SEED) + b"\n")


def write_office_settings(node: RunningNode) -> None:
    """Write what the office of a node is called and where its people reach it."""
    country = node.country
    (node.folder / "ooms.toml").write_text(
        f"""\
[office]
code = "{country.office_code}"
name = "{country.name}"
place = "{country.place}"
zone = "{country.zone}"
training = {str(node.is_training).lower()}

[http]
port = {node.office_port}
public_address = "http://localhost:{node.office_port}"
""",
        encoding="utf-8",
    )


def _introduce(node: RunningNode, nodes: Iterable[RunningNode]) -> None:
    adds = [
        ["partner", "add", str(other.card), "--profile", other.country.authority.lower()]
        for other in nodes
        if other is not node
    ]
    at = ["--yes", "--config", str(node.config)]
    _run_each(*(("eodes", [*add, *at]) for add in adds))
    make_users(node, {"officer": "OFFICER", "border": "IMPORT_OFFICER"})


def make_users(node: RunningNode, roles: Mapping[str, str], *, exporter: str | None = None) -> None:
    """Make users of an office with fresh passwords.

    Raises:
        DemoError: the command failed.

    """
    commands = []
    secret_files = []
    for login, role in roles.items():
        node.passwords[login] = secrets.token_urlsafe(12)
        file = node.folder / f".{login}.password"
        file.touch(mode=0o600)
        file.write_text(node.passwords[login], encoding="utf-8")
        secret_files.append(file)
        words = ["user", "add", login, "--name", f"{login} of {node.country.name}", "--role", role]
        words += ["--password-file", str(file), "--config", str(node.config)]
        commands.append(("ooms", words + (["--exporter", exporter] if exporter else [])))
    try:
        _run_each(*commands)
    finally:
        for file in secret_files:
            file.unlink()


def _run_each(*commands: tuple[str, list[str]]) -> None:
    """Run commands one after the other in one interpreter, which starts only once.

    Raises:
        DemoError: one of them failed; carries which, and what it said.

    """
    done = subprocess.run(  # our own programs
        [sys.executable, "-c", _EACH],
        input=json.dumps(commands).encode(),
        capture_output=True,
        check=False,
        env=_environment(),
    )
    if done.returncode:
        words = " ".join(commands[0][1][:2])
        raise DemoError(f"{words} … ended with {done.returncode}: {done.stderr.decode()}")


def _environment() -> dict[str, str]:
    """Pass the environment on, without what would change the settings of a node."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("EODES_", "OOMS_"))
    }


def free_ports(count: int) -> list[int]:
    """Find ports that are free now; held open together, so that none is found twice."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
