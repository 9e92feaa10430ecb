"""A node whose signing key is in a token: made, introduced and trusted like any other."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from eodes.domain.verdict import Refusal
from eodes.node.card import read_card
from eodes.node.enrolment import judge_card
from eodes.settings import load_settings
from tests.unit.node.nodes import PROFILES

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
)
PIN = "2468"
KEYS: dict[str, Callable[[], Any]] = {
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
    "short": lambda: rsa.generate_private_key(65537, 1024),
}

pytestmark = pytest.mark.servers


@dataclass(frozen=True, slots=True)
class SoftToken:
    """A token of the software kind, and what it holds."""

    folder: Path
    module: str
    public_keys: dict[str, Any]

    def uri(self, name: str) -> str:
        source = f"module-path={self.module}&pin-source=file:{self.folder}/pin"
        return f"pkcs11:token=node;object={name}?{source}"


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A fresh token that holds one key of each kind."""
    pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    module = next((path for path in MODULES if Path(path).exists()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        pytest.skip("softhsm2 is not installed; tests/servers.sh says how")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "pin").write_text(PIN)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    softhsm = _softhsm(folder / "softhsm2.conf")
    softhsm("--init-token", "--free", "--label", "node", "--so-pin", "1357", "--pin", PIN)
    public_keys = {}
    for number, (name, generate) in enumerate(KEYS.items(), 1):
        key = generate()
        public_keys[name] = key.public_key()
        pem = folder / f"{name}.pem"
        pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        softhsm("--import", str(pem), "--token", "node", "--label", name,
                "--id", f"{number:02}", "--pin", PIN)  # fmt: skip
    return SoftToken(folder, module, public_keys)


def _softhsm(configuration):
    def softhsm(*arguments):
        subprocess.run(
            ["softhsm2-util", *arguments],
            check=True,
            capture_output=True,
            env={**os.environ, "SOFTHSM2_CONF": str(configuration)},
        )

    return softhsm


@pytest.fixture
def eodes(token):
    """Runs a command as an operator does: a PKCS#11 library serves one token a process."""

    def eodes(*arguments):
        return subprocess.run(
            [Path(sys.executable).with_name("eodes"), *map(str, arguments)],
            check=False,
            capture_output=True,
            env={**os.environ, "SOFTHSM2_CONF": str(token.folder / "softhsm2.conf")},
        )

    return eodes


@pytest.mark.parametrize("name", ["p256", "p384", "rsa"])
def test_node_made_in_its_token_introduces_itself(eodes, token, *, tmp_path, name):
    uri, folder = token.uri(name), tmp_path / "node"

    made = eodes("node", "init", folder, "--authority", "KR-KCS", "--keys", uri)
    card = eodes("node", "card", "--config", folder / "eodes.toml")

    assert (made.returncode, card.returncode) == (0, 0), made.stderr + card.stderr
    now = datetime.now(UTC)
    read = read_card(card.stdout, now=now)
    assert not isinstance(read, Refusal)
    assert judge_card(read.card, profile=PROFILES["kr-kcs"], now=now) is None
    certificate = read.card.signing[0].x509
    certificate.verify_directly_issued_by(certificate)
    assert certificate.public_key() == token.public_keys[name]
    assert load_settings(folder / "eodes.toml").keys.signing == uri
    assert not (folder / "keys" / "signing.key.pem").exists()


@pytest.mark.parametrize("name", ["short", "absent"])
def test_key_that_cannot_serve_leaves_no_node_behind(eodes, token, *, tmp_path, name):
    uri = token.uri(name)

    made = eodes("node", "init", tmp_path / "node", "--authority", "KR-KCS", "--keys", uri)

    assert made.returncode == 3, made.stderr
    assert list(tmp_path.iterdir()) == []
