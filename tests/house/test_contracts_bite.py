"""A contract that never bites is decoration: each forbidden import is tried, and caught."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house import source


@dataclass(frozen=True, slots=True)
class Breach:
    """One import that must be caught, and the contract meant for it."""

    contract: str
    importer: str
    statement: str


BREACHES = (
    Breach("one-way", "eodes/domain/intruder.py", "import ooms.kernel.intruder"),
    Breach("two-doors", "ooms/applications/intruder.py", "import eodes.domain.intruder"),
    Breach("two-doors", "ooms/gateway/intruder.py", "import eodes.store.intruder"),
    Breach("rings", "eodes/domain/intruder.py", "import eodes.store.intruder"),
    Breach("rings", "eodes/unplaced.py", ""),
    Breach("desks", "ooms/applications/intruder.py", "import ooms.certificates.intruder"),
    Breach("inside-a-desk", "ooms/applications/repository.py", "import ooms.applications.service"),
    Breach("pure-cores", "ooms/origin/intruder.py", "import pydantic"),
    Breach("pure-cores", "eodes/domain/intruder.py", "import time"),
    Breach("no-io", "eodes/exchange/intruder.py", "import socket"),
    Breach("message-types", "eodes/messages/intruder.py", "import eodes.messages.other_intruder"),
    Breach("home-of-sqlalchemy", "ooms/applications/service.py", "import sqlalchemy"),
    Breach("home-of-fastapi", "ooms/applications/service.py", "import fastapi"),
    Breach("home-of-the-http-client", "ooms/gateway/intruder.py", "import httpx2"),
    Breach("home-of-lxml", "ooms/gateway/intruder.py", "import lxml.etree"),
    Breach("home-of-the-scheduler", "eodes/store/intruder.py", "import apscheduler"),
    Breach("home-of-click", "ooms/web/intruder.py", "import click"),
    Breach("home-of-documents", "ooms/gateway/intruder.py", "import pyhanko"),
    Breach("portal", "ooms/portal/intruder.py", "import ooms.applications.service"),
    Breach("home-of-lark", "ooms/origin/intruder.py", "import lark"),
)

# Files the breaches point at; a folder without them would make an import of nothing.
BYSTANDERS = (
    "eodes/domain/intruder.py",
    "eodes/exchange/intruder.py",
    "eodes/messages/intruder.py",
    "eodes/messages/other_intruder.py",
    "eodes/store/intruder.py",
    "ooms/applications/intruder.py",
    "ooms/applications/repository.py",
    "ooms/applications/service.py",
    "ooms/certificates/intruder.py",
    "ooms/gateway/intruder.py",
    "ooms/kernel/intruder.py",
    "ooms/origin/intruder.py",
    "ooms/portal/intruder.py",
    "ooms/web/intruder.py",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty house under the real contracts, in which nothing is forbidden yet."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(source.REPOSITORY / "pyproject.toml", folder)
    for name in BYSTANDERS:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        for package in path.relative_to(folder).parents:
            if package.name:
                (folder / package / "__init__.py").write_text("")
    return folder


def test_contracts_are_kept_by_a_house_without_breaches(house: Path):
    assert _verdict(house) == "kept"


@pytest.mark.parametrize("breach", BREACHES, ids=lambda b: f"{b.contract}: {b.importer}")
def test_forbidden_import_is_caught_by_its_contract(house: Path, breach: Breach):
    path = house / breach.importer
    before = path.read_text() if path.exists() else None
    path.write_text(f"{breach.statement}\n")

    caught = _verdict(house, breach.contract)

    if before is None:
        path.unlink()
    else:
        path.write_text(before)
    assert caught == "broken"


def _verdict(house: Path, contract: str | None = None) -> str:
    chosen = ["--contract", contract] if contract else []
    program = Path(sys.executable).with_name("lint-imports")
    # cwd is the copy, and PYTHONPATH puts it before the checkout that the path file names.
    run = subprocess.run(
        [program, "--no-cache", *chosen],
        cwd=house,
        env={"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    if "BROKEN" in run.stdout:
        return "broken"
    return "kept" if run.returncode == 0 else run.stdout + run.stderr
