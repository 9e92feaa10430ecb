"""An office that is served by several processes on the same ports, one of which dies."""

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from eodes.bootstrap import SystemClock
from eodes.node.folder import NodePlan, make_node
from ooms.demo.nodes import COUNTRIES, RunningNode, free_ports, write_office_settings

_OOMS = "from ooms.cli import main; main()"
WORKERS = 2
PATIENCE = 180


@pytest.fixture
def office(tmp_path):
    """The process that keeps two others running, and the address that they share."""
    partner_port, office_port = free_ports(2)
    node = RunningNode(COUNTRIES[0], tmp_path / "node", partner_port, office_port)
    plan = NodePlan(node.country.authority, port=partner_port)
    make_node(node.folder, plan=plan, now=SystemClock().now(), random=secrets.token_bytes)
    write_office_settings(node)
    command = [sys.executable, "-c", _OOMS, "serve", "--config", str(node.config)]
    with (tmp_path / "serve.log").open("ab") as log:
        process = subprocess.Popen([*command, "--workers", str(WORKERS)], stdout=log, stderr=log)
    yield process, f"{node.office}/livez"
    process.terminate()
    assert process.wait(PATIENCE) == 0


def until(seen):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := seen():
            return found
        time.sleep(0.1)
    raise TimeoutError(seen.__name__)


def listening(process):
    """Return the processes that serve: those that hold the listeners, which are sockets."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {int(one) for one in children if "spawn_main" in _command(one)}


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def answers(address):
    try:
        return httpx2.get(address, timeout=2).status_code == httpx2.codes.OK
    except httpx2.TransportError:
        return False


def test_process_that_dies_is_replaced_while_the_other_answers(office):
    process, address = office
    until(lambda: answers(address))
    first = until(lambda: len(listening(process)) == WORKERS and listening(process))
    killed = min(first)

    os.kill(killed, signal.SIGKILL)
    later = until(lambda: len(listening(process) - {killed}) == WORKERS and listening(process))

    assert len(later - first) == 1
    assert until(lambda: answers(address))
    assert process.poll() is None
