"""Sealing: the exact bytes, the loading of keys, and what cannot be sealed."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509 import load_der_x509_certificate

from eodes.errors import ConfigurationError, NotCanonicalError
from eodes.wire import parser, signer
from eodes.wire.canonical import canonicalize
from eodes.wire.parser import Document, Limits
from tests.hostile import specimen
from tests.hostile.specimen import CONTENT, lenient, office


@pytest.fixture
def files(tmp_path):
    """A key and its certificate as PEM files."""
    certificate = load_der_x509_certificate(office().certificate_der)
    (tmp_path / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(_pem(office().key))
    return tmp_path


def _pem(key, passphrase=None):
    protection = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)


def test_sealing_adds_the_signature_and_changes_nothing_else():
    sealed = specimen.sealed()
    end = CONTENT.rfind(b"</")

    assert sealed.startswith(CONTENT[:end] + b'<ds:Signature xmlns:ds="')
    assert sealed.endswith(b"</ds:Signature>" + CONTENT[end:])


def test_sealed_bytes_are_nearly_canonical_already():
    sealed = specimen.sealed()
    document = parser.parse(sealed, limits=Limits())
    assert isinstance(document, Document)

    again = canonicalize(document.root)

    # SignedInfo repeats the declaration of ds; nothing else differs.
    repeated = b'<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
    assert again == sealed.replace(repeated, b"<ds:SignedInfo>")


@pytest.mark.parametrize("raw", [b"", b"text", b"<a/>", b"<a></a> "])
def test_bytes_without_an_end_tag_are_not_sealed(raw):
    with pytest.raises(NotCanonicalError):
        signer.seal(raw, signer=office().signer)


def test_tree_with_a_relative_namespace_has_no_canonical_form():
    with pytest.raises(NotCanonicalError):
        canonicalize(lenient(b'<a xmlns="relative"/>'))


def test_loaded_signer_equals_the_one_in_memory(files):
    loaded = signer.load_signer(files / "key.pem", files / "cert.pem")

    assert loaded.algorithm == "ecdsa-sha256"
    assert loaded.certificate_der == office().certificate_der
    assert len(loaded.sign(b"data")) == 64


def test_encrypted_key_is_loaded_with_its_passphrase(files):
    (files / "key.pem").write_bytes(_pem(office().key, b"secret"))

    loaded = signer.load_signer(files / "key.pem", files / "cert.pem", passphrase=b"secret")

    assert loaded.algorithm == "ecdsa-sha256"


@pytest.mark.parametrize("passphrase", [None, b"wrong"])
def test_encrypted_key_without_its_passphrase_is_a_configuration_error(files, passphrase):
    (files / "key.pem").write_bytes(_pem(office().key, b"secret"))

    with pytest.raises(ConfigurationError, match="no key can be read"):
        signer.load_signer(files / "key.pem", files / "cert.pem", passphrase=passphrase)


def test_key_and_certificate_must_belong_together(files):
    (files / "key.pem").write_bytes(_pem(ec.generate_private_key(ec.SECP256R1())))

    with pytest.raises(ConfigurationError, match="not for the key"):
        signer.load_signer(files / "key.pem", files / "cert.pem")


def test_key_outside_the_profile_is_not_loaded(files):
    (files / "key.pem").write_bytes(_pem(ed25519.Ed25519PrivateKey.generate()))

    with pytest.raises(ConfigurationError, match="P-256"):
        signer.load_signer(files / "key.pem", files / "cert.pem")


def test_missing_files_are_named(files):
    with pytest.raises(ConfigurationError, match=r"none\.pem"):
        signer.load_signer(files / "key.pem", files / "none.pem")
    with pytest.raises(ConfigurationError, match=r"none\.pem"):
        signer.load_signer(files / "none.pem", files / "cert.pem")
