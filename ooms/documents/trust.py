"""Trusted issuers: a folder of certificates, one file each, named by the administration.

`KR-KCS.pem` and `KR-KCS.2027.pem` are two keys of KR-KCS: what stands before the first point is
the administration, and its first two letters are its country.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ooms.errors import OfficeError

KID_BYTES = 8
#: The zones whose calendars run the farthest before and behind UTC.
_FARTHEST_EAST, _FARTHEST_WEST = timedelta(hours=14), timedelta(hours=12)


class TrustFileError(OfficeError):
    """A file of the trust folder holds no certificate; correct or remove it."""

    code = "SYS-TRUST"

    def __init__(self, *, file: Path, problem: str) -> None:
        self.file = file
        super().__init__(f"{file}: {problem}")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A key that an administration seals with."""

    authority: str
    certificate_der: bytes
    valid_from: datetime
    valid_until: datetime

    @classmethod
    def of(cls, authority: str, certificate_der: bytes) -> Issuer:
        """Trust a certificate for an administration, for as long as it is valid."""
        certificate = x509.load_der_x509_certificate(certificate_der)
        return cls(
            authority,
            certificate_der,
            certificate.not_valid_before_utc,
            certificate.not_valid_after_utc,
        )

    @property
    def sha256(self) -> bytes:
        """The digest by which the certificate is known."""
        return hashlib.sha256(self.certificate_der).digest()

    @property
    def kid(self) -> bytes:
        """The short name of the key inside a seal: it finds the key, and proves nothing."""
        return key_id(self.certificate_der)

    @property
    def country(self) -> str:
        """The country that the administration speaks for."""
        return self.authority.partition("-")[0]

    def was_valid(self, at: datetime) -> bool:
        """Tell whether the certificate was valid at an instant."""
        return self.valid_from <= at < self.valid_until

    def was_valid_on(self, day: date) -> bool:
        """Tell whether the certificate was valid at some time of a day, wherever that day was.

        A date without a zone lasts from its midnight in the farthest east, 14 hours ahead of UTC,
        until its midnight in the farthest west, 12 hours behind: a key that was made in the
        afternoon seals that same day.
        """
        midnight = datetime.combine(day, time(), UTC)
        began, ended = midnight - _FARTHEST_EAST, midnight + timedelta(days=1) + _FARTHEST_WEST
        return self.valid_from < ended and began < self.valid_until


def key_id(certificate_der: bytes) -> bytes:
    """Return the short name of a certificate's key."""
    return hashlib.sha256(certificate_der).digest()[:KID_BYTES]


@dataclass(frozen=True, slots=True)
class Trust:
    """The issuers that whoever checks believes."""

    issuers: tuple[Issuer, ...] = ()

    def by_kid(self, kid: bytes) -> tuple[Issuer, ...]:
        """Return every issuer whose key has a short name."""
        return tuple(one for one in self.issuers if one.kid == kid)

    def by_certificate(self, certificate_der: bytes) -> Issuer | None:
        """Return the issuer of exactly this certificate."""
        return next((one for one in self.issuers if one.certificate_der == certificate_der), None)

    def joined(self, others: Iterable[Issuer]) -> Trust:
        """Return this trust with more issuers."""
        return Trust(tuple(dict.fromkeys((*self.issuers, *others))))


def load_trust(folder: Path) -> Trust:
    """Read every `*.pem` of a folder; a folder that is not there trusts nobody.

    Raises:
        TrustFileError: a file holds no certificate.

    """
    return Trust(tuple(_issuer(file) for file in sorted(folder.glob("*.pem"))))


def write_issuer(issuer: Issuer, folder: Path) -> Path:
    """Write an issuer's certificate where others may take it as trusted."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{issuer.authority}.{issuer.kid.hex()}.pem"
    certificate = x509.load_der_x509_certificate(issuer.certificate_der)
    file.write_bytes(certificate.public_bytes(Encoding.PEM))
    return file


def _issuer(file: Path) -> Issuer:
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError) as error:
        raise TrustFileError(file=file, problem=f"holds no certificate ({error})") from error
    return Issuer.of(file.name.partition(".")[0], certificate.public_bytes(Encoding.DER))
