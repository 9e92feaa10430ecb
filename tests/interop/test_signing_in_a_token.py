"""Keys inside a real PKCS#11 token, of the software kind, seal what everybody verifies."""

import base64
import os
import shutil
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from eodes.errors import ConfigurationError
from eodes.wire import parser, pkcs11_signer, signature, signer
from eodes.wire.parser import Limits
from eodes.wire.signature import Verified
from tests.hostile import specimen
from tests.hostile.specimen import CONTENT, Office, office
from tests.interop import peers

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
PIN = "2468"
KINDS = {"p256": "01", "p384": "02", "rsa2048": "03"}

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def module_path() -> str:
    pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    found = next((path for path in MODULES if Path(path).exists()), None)
    if found is None or shutil.which("softhsm2-util") is None:
        pytest.skip("softhsm2 is not installed; tests/servers.sh says how")
    return found


@pytest.fixture(scope="module")
def token(module_path, tmp_path_factory):
    """A fresh token with one key of each kind, imported so that its certificate is known."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    (folder / "pin").write_text(PIN + "\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    _softhsm("--init-token", "--free", "--label", "customs", "--so-pin", "1357", "--pin", PIN)
    for kind, number in KINDS.items():
        key = folder / f"{kind}.pem"
        key.write_bytes(
            office(kind).key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        _softhsm("--import", key, "--token", "customs", "--label", kind, "--id", number,
                 "--pin", PIN)  # fmt: skip
        (folder / f"{kind}.cert.pem").write_bytes(_pem(office(kind)))
    return folder


def _softhsm(*arguments: str | Path) -> None:
    done = peers.run("softhsm2-util", *arguments)
    assert done.returncode == 0, done.stderr


def _pem(owner: Office) -> bytes:
    body = base64.encodebytes(owner.certificate_der)
    return b"-----BEGIN CERTIFICATE-----\n" + body + b"-----END CERTIFICATE-----\n"


def _uri(folder: Path, module: str, name: str, *, token: str = "customs") -> str:
    return f"pkcs11:token={token};object={name}?module-path={module}&pin-source=file:{folder}/pin"


@pytest.fixture
def opened(token, module_path):
    def opened(kind: str) -> pkcs11_signer.Pkcs11Signer:
        return pkcs11_signer.open_signer(
            _uri(token, module_path, kind), certificate_path=token / f"{kind}.cert.pem"
        )

    return opened


@pytest.mark.parametrize("kind", KINDS)
def test_message_sealed_in_the_token_is_verified(opened, kind):
    message = signer.seal(CONTENT, signer=opened(kind))

    assert isinstance(_judge(message, kind), Verified)


@pytest.mark.parametrize("kind", KINDS)
def test_xmlsec1_accepts_what_the_token_sealed(opened, kind, tmp_path):
    if peers.missing("xmlsec1"):
        pytest.skip("xmlsec1 is not installed; tests/servers.sh says how")

    message = signer.seal(CONTENT, signer=opened(kind))

    assert peers.Xmlsec1(tmp_path).accepts(message, office(kind))


def test_many_threads_share_the_one_session(opened):
    signing = opened("p256")
    messages: list[bytes] = []

    threads = [
        threading.Thread(
            target=lambda: messages.extend(signer.seal(CONTENT, signer=signing) for _ in range(20))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(messages) == 80
    assert all(isinstance(_judge(message, "p256"), Verified) for message in messages)


def test_certificate_of_another_key_is_refused_at_opening(token, module_path, tmp_path):
    stranger = tmp_path / "stranger.pem"
    stranger.write_bytes(_pem(office("p256", serial=66)))

    with pytest.raises(ConfigurationError, match="not for the key"):
        pkcs11_signer.open_signer(_uri(token, module_path, "p256"), certificate_path=stranger)


def test_missing_token_and_missing_key_are_named(token, module_path):
    certificate = token / "p256.cert.pem"

    with pytest.raises(ConfigurationError, match="no such key"):
        pkcs11_signer.open_signer(_uri(token, module_path, "nothing"), certificate_path=certificate)
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        pkcs11_signer.open_signer(
            _uri(token, module_path, "p256", token="none"), certificate_path=certificate
        )


def _judge(message: bytes, kind: str) -> object:
    document = parser.parse(message, limits=Limits())
    assert isinstance(document, parser.Document)
    return signature.verify(document, trust=office(kind).trust, at=specimen.NOW)
