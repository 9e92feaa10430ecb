"""The tutorial is run as it is written, with real nodes, and shows what it says it shows."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import pages, source

TUTORIAL = "docs/tutorial/first-exchange.md"
LIMIT_SECONDS = 240  # twenty where nothing else runs


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the commands of the tutorial print, run in one shell in an empty folder."""
    folder = tmp_path_factory.mktemp("tutorial")
    script = "\n".join(
        ["set -euo pipefail", "set -m", *(one.text for one in _fences() if one.language == "bash")]
    )
    ports = _free_ports(2)
    for written, free in zip(("8443", "8444"), ports, strict=True):
        script = script.replace(written, str(free))
    process = subprocess.Popen(
        ["bash", "-c", script],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=LIMIT_SECONDS)
    finally:
        _end(process, folder)
    logs = "".join(file.read_text("utf-8") for file in sorted(folder.glob("*.log")))
    assert process.returncode == 0, f"{out}\n{err}\n{logs}"
    for written, free in zip(("8443", "8444"), ports, strict=True):
        out = out.replace(str(free), written)
    return out


@pytest.mark.slow
def test_tutorial_shows_what_it_says(shown: str):
    at = 0
    for fence in _fences():
        if fence.language == "text":
            for line in fence.text.splitlines():
                found = re.compile(_pattern(line), re.MULTILINE).search(shown, at)
                assert found, f"{line!r} is not in\n{shown[at:]}"
                at = found.end()


def _fences() -> tuple[pages.Fence, ...]:
    return pages.page(TUTORIAL).fences


def _pattern(line: str) -> str:
    """Read a shown line: three points stand for anything, space for any space."""
    words = (re.escape(word).replace("…", ".*") for word in line.split())
    return r"^\s*" + r"\s*".join(words).replace(r".*\s*", ".*").replace(r"\s*.*", ".*") + r"$"


def _environment() -> dict[str, str]:
    programs = Path(sys.executable).parent
    return {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        # The programs of this checkout, also where another one is installed.
        "PYTHONPATH": str(source.REPOSITORY),
        "EXAMPLES": str(source.REPOSITORY / "docs/reference/examples"),
        "LANG": "C.UTF-8",
        "HOME": os.environ.get("HOME", "/"),
    }


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _end(process: subprocess.Popen[str], folder: Path) -> None:
    """End what the script left behind: its jobs have process groups of their own."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            is_ours = (entry / "cwd").resolve() == folder
            if is_ours and int(entry.name) != os.getpid():
                os.kill(int(entry.name), signal.SIGTERM)
        except OSError:
            continue
    process.kill()
    process.wait()
