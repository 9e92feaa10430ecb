"""Makes the certificates of a node: one that signs messages, and two for its TLS endpoint.

Nothing here is random: the caller brings keys, serial numbers and times.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from eodes.wire.algorithms import PrivateKey, PublicKey

_NO_USE = {
    "digital_signature": False,
    "content_commitment": False,
    "key_encipherment": False,
    "data_encipherment": False,
    "key_agreement": False,
    "key_cert_sign": False,
    "crl_sign": False,
    "encipher_only": False,
    "decipher_only": False,
}


@dataclass(frozen=True, slots=True)
class TlsAuthority:
    """The small certification authority of one node, which vouches for its TLS certificates."""

    certificate: x509.Certificate
    key: PrivateKey


def make_signing_certificate(
    common_name: str, *, key: PrivateKey, not_before: datetime, not_after: datetime, serial: int
) -> x509.Certificate:
    """Make a self-signed certificate for signing messages; partners pin it, no chain is built."""
    name = _name(common_name)
    return (
        _draft(name, key.public_key(), serial)
        .issuer_name(name)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_use("digital_signature", "content_commitment"), critical=True)
        .sign(key, hashes.SHA256())
    )


def make_tls_authority(
    common_name: str, *, key: PrivateKey, not_before: datetime, not_after: datetime, serial: int
) -> TlsAuthority:
    """Make the authority that a node's partners trust for its TLS endpoint and for nothing else."""
    name = _name(common_name)
    certificate = (
        _draft(name, key.public_key(), serial)
        .issuer_name(name)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_use("key_cert_sign", "crl_sign"), critical=True)
        .sign(key, hashes.SHA256())
    )
    return TlsAuthority(certificate, key)


def make_tls_certificate(  # noqa: PLR0913 - these are the facts of a certificate, one each
    authority: TlsAuthority,
    *,
    hosts: tuple[str, ...],
    key: PublicKey,
    not_before: datetime,
    not_after: datetime,
    serial: int,
) -> x509.Certificate:
    """Make a certificate for both sides of TLS; the first host names it, all hosts are covered."""
    issuer = authority.certificate
    return (
        _draft(_name(hosts[0]), key, serial)
        .issuer_name(issuer.subject)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_use("digital_signature"), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage(
                [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
            ),
            critical=False,
        )
        .add_extension(
            x509.SubjectAlternativeName([_alternative_name(host) for host in hosts]),
            critical=False,
        )
        .add_extension(_authority_key(issuer), critical=False)
        .sign(authority.key, hashes.SHA256())
    )


def _draft(subject: x509.Name, key: PublicKey, serial: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(serial)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _use(*purposes: str) -> x509.KeyUsage:
    return x509.KeyUsage(**(_NO_USE | dict.fromkeys(purposes, True)))


def _authority_key(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own.value)


def _alternative_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
