"""Three independent programs that verify and sign XML: signxml, xmlsec1 and the JDK."""

import shutil
import subprocess
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from lxml import etree
from signxml.exceptions import InvalidSignature
from signxml.signer import XMLSigner
from signxml.verifier import XMLVerifier

from eodes.wire import algorithms
from tests.hostile import specimen
from tests.hostile.specimen import SIGNATURE, Office, lenient


class Peer(Protocol):
    """A program that judges our signatures and lets us judge its own."""

    def accepts(self, message: bytes, office: Office) -> bool:
        """Verify the message with the office's certificate."""

    def sign(self, content: bytes, office: Office) -> bytes:
        """Sign the content, enveloped, with the office's key."""


def run(*command: str | Path, timeout: int = 60) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says."""
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


class Signxml:
    """The signxml package."""

    def accepts(self, message: bytes, office: Office) -> bool:
        certificate = x509.load_der_x509_certificate(office.certificate_der)
        try:
            XMLVerifier().verify(message, x509_cert=certificate)
        except InvalidSignature:
            return False
        return True

    def sign(self, content: bytes, office: Office) -> bytes:
        signer = XMLSigner(
            signature_algorithm=office.signer.algorithm,
            digest_algorithm="sha256",
            c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#",
        )
        certificate = x509.load_der_x509_certificate(office.certificate_der)
        signed = signer.sign(lenient(content), key=office.key, cert=[certificate])
        return etree.tostring(signed)


class Xmlsec1:
    """The xmlsec1 command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def accepts(self, message: bytes, office: Office) -> bool:
        (self.folder / "message.xml").write_bytes(message)
        (self.folder / "certificate.der").write_bytes(office.certificate_der)
        return (
            run(
                "xmlsec1",
                "--verify",
                "--pubkey-cert-der",
                self.folder / "certificate.der",
                self.folder / "message.xml",
            ).returncode
            == 0
        )

    def sign(self, content: bytes, office: Office) -> bytes:
        template = SIGNATURE.replace("@CERTIFICATE@", "").replace("@DIGEST@", "")
        template = template.replace("@VALUE@", "").replace(
            "<ds:X509Certificate></ds:X509Certificate>", "<ds:X509Certificate/>"
        )
        method = algorithms.BY_NAME[office.signer.algorithm].uri
        template = template.replace(specimen.ECDSA_SHA256, method)
        _write_keys(self.folder, office)
        (self.folder / "template.xml").write_bytes(specimen.before_end(content, template.encode()))
        pair = f"{self.folder / 'key.pem'},{self.folder / 'certificate.pem'}"
        signed = self.folder / "signed.xml"
        done = run(
            "xmlsec1", "--sign", "--privkey-pem", pair, "--output", signed,
            self.folder / "template.xml",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return signed.read_bytes()


class Jdk:
    """The JDK's javax.xml.crypto.dsig with secure validation, compiled from `jdk/Judge.java`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        source = Path(__file__).parent / "jdk" / "Judge.java"
        done = run("javac", "-d", folder, source, timeout=120)
        assert done.returncode == 0, done.stderr

    def accepts(self, message: bytes, office: Office) -> bool:
        (self.folder / "message.xml").write_bytes(message)
        _write_keys(self.folder, office)
        done = self._judge("verify", self.folder / "certificate.pem", self.folder / "message.xml")
        return done.stdout.split() == ["true"]

    def sign(self, content: bytes, office: Office) -> bytes:
        (self.folder / "content.xml").write_bytes(content)
        _write_keys(self.folder, office)
        done = self._judge(
            "sign",
            self.folder / "key.der",
            self.folder / "certificate.pem",
            algorithms.BY_NAME[office.signer.algorithm].uri,
            self.folder / "content.xml",
            self.folder / "signed.xml",
        )
        assert done.returncode == 0, done.stderr
        return (self.folder / "signed.xml").read_bytes()

    def _judge(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run("java", "-cp", self.folder, "Judge", *arguments)


NEEDED = {"xmlsec1": "xmlsec1", "jdk": "javac"}


def missing(peer: str) -> str:
    """Name the program a peer needs and this machine lacks, or nothing."""
    program = NEEDED.get(peer, "")
    return program if program and shutil.which(program) is None else ""


def peer_named(name: str, folder: Path) -> Peer:
    """Make a peer that works in a folder of its own."""
    if name == "signxml":
        return Signxml()
    return Xmlsec1(folder) if name == "xmlsec1" else Jdk(folder)


def _write_keys(folder: Path, office: Office) -> None:
    certificate = x509.load_der_x509_certificate(office.certificate_der)
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    for name, encoding in (("key.pem", Encoding.PEM), ("key.der", Encoding.DER)):
        (folder / name).write_bytes(
            office.key.private_bytes(encoding, PrivateFormat.PKCS8, NoEncryption())
        )
