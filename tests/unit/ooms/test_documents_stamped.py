"""A seal with a timestamp, from a real responder: the `openssl ts` program behind HTTP."""

import io
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from ooms.documents import seal
from ooms.documents.timestamps import timestamper
from tests.builders import a_certificate
from tests.papers import a_press
from tests.world import NOW

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="the openssl program is not installed")

CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def make_authority(folder: Path) -> None:
    """Make the key and certificate of a timestamp authority (RFC 3161, 2.3)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Timestamps for tests")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(77)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "tsa.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "tsa.key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "serial").write_text("01")
    (folder / "tsa.conf").write_text(CONFIGURATION.format(folder=folder))


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve timestamps at an address of this machine."""
    make_authority(tmp_path)

    class Responder(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (tmp_path / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            subprocess.run(
                [
                    *(str(OPENSSL), "ts", "-reply", "-config", str(tmp_path / "tsa.conf")),
                    *("-queryfile", str(tmp_path / "query"), "-out", str(tmp_path / "reply")),
                ],
                check=True,
                capture_output=True,
            )
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write((tmp_path / "reply").read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Responder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_stamped_seal_proves_when_it_was_made(address):
    press = a_press()
    plain = press.compose(press.printable(a_certificate()))
    before = datetime.now(UTC).replace(microsecond=0)

    stamped = seal.seal(
        plain,
        key=press.key,
        occasion=seal.Occasion(NOW, "SEOUL", "Seoul Main Customs"),
        stamps=timestamper(address),
    )

    (signature,) = PdfFileReader(io.BytesIO(stamped)).embedded_signatures
    (stamp,) = extract_tst_data_iter(signature.signer_info, signed=False)
    token = stamp["encap_content_info"]["content"].parsed
    assert before <= token["gen_time"].native <= datetime.now(UTC)
    assert press.check(stamped).is_good


def test_without_an_answer_nothing_is_sealed():
    press = a_press()
    plain = press.compose(press.printable(a_certificate()))

    with pytest.raises(seal.NoTimestampError, match="try again later"):
        seal.seal(
            plain,
            key=press.key,
            occasion=seal.Occasion(NOW, "SEOUL", "Seoul Main Customs"),
            stamps=timestamper("http://127.0.0.1:9/"),
        )
