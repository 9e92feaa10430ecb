"""The certificates of a node: what each may be used for, and a real TLS handshake with them."""

import ipaddress
import socket
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID

from eodes.wire import certificate_maker
from tests.hostile.specimen import END, START

KEY = ec.generate_private_key(ec.SECP256R1())
TLS_KEY = ec.generate_private_key(ec.SECP256R1())


def _signing() -> x509.Certificate:
    return certificate_maker.make_signing_certificate(
        "KR-KCS", key=KEY, not_before=START, not_after=END, serial=7
    )


def _authority() -> certificate_maker.TlsAuthority:
    return certificate_maker.make_tls_authority(
        "KR-KCS TLS", key=KEY, not_before=START, not_after=END, serial=8
    )


def _leaf() -> x509.Certificate:
    return certificate_maker.make_tls_certificate(
        _authority(),
        hosts=("localhost", "127.0.0.1"),
        key=TLS_KEY.public_key(),
        not_before=START,
        not_after=END,
        serial=9,
    )


def test_signing_certificate_may_sign_and_nothing_else():
    usage = _signing().extensions.get_extension_for_class(x509.KeyUsage).value

    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not usage.key_agreement


def test_signing_certificate_is_self_signed_with_what_it_was_given():
    certificate = _signing()

    certificate.verify_directly_issued_by(certificate)
    assert certificate.serial_number == 7
    assert certificate.not_valid_before_utc == START
    assert certificate.not_valid_after_utc == END


def test_tls_certificate_covers_names_and_addresses_for_both_sides():
    leaf = _leaf()
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value

    leaf.verify_directly_issued_by(_authority().certificate)
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert names.get_values_for_type(x509.IPAddress) == [ipaddress.ip_address("127.0.0.1")]
    assert set(purposes) == {ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH}


def test_mutual_tls_handshake_succeeds_with_these_certificates(tmp_path):
    (tmp_path / "ca.pem").write_bytes(_authority().certificate.public_bytes(Encoding.PEM))
    (tmp_path / "leaf.pem").write_bytes(
        _leaf().public_bytes(Encoding.PEM)
        + TLS_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=tmp_path / "ca.pem")
    server.verify_mode = ssl.CERT_REQUIRED
    client = ssl.create_default_context(cafile=tmp_path / "ca.pem")
    for context in (server, client):
        context.load_cert_chain(tmp_path / "leaf.pem")
        context.verify_flags |= ssl.VERIFY_X509_STRICT
    near, far = socket.socketpair()

    def serve() -> None:
        with server.wrap_socket(far, server_side=True) as connection:
            connection.sendall(connection.recv(5))

    thread = threading.Thread(target=serve)
    thread.start()
    with client.wrap_socket(near, server_hostname="localhost") as connection:
        connection.sendall(b"hello")
        answer = connection.recv(5)
    thread.join()

    assert answer == b"hello"
