"""A sealed PDF judged: whose seal, over which bytes, and what is attached.

The seal is verified over the raw bytes before any part of the file is parsed or unpacked, so that
nothing but what a trusted issuer wrote reaches the parser.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

from ooms.documents.trust import Issuer, Trust

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_DIGESTS = frozenset({"sha256", "sha384"})
_UNREADABLE = (
    AttributeError,
    IndexError,
    KeyError,
    PdfError,
    SignatureValidationError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A PDF without any seal, such as a scan of the paper."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A seal that is not believed, and why."""

    because: str


@dataclass(frozen=True, slots=True)
class SealedPdf:
    """A PDF whose seal stands over every byte, and the files inside it."""

    issuer: Issuer
    sealed_at: datetime
    files: dict[str, bytes]


def judge(pdf: bytes, *, trust: Trust) -> SealedPdf | Broken | Unsealed:
    """Judge the seal of a PDF.

    1. Find the seal in the raw bytes; it must cover every byte but itself.
    2. Find its issuer by exactly the certificate that is trusted.
    3. Verify the signature over the covered bytes.
    4. Only now read the file: whole coverage, a certificate valid at the moment of sealing.
    """
    spans = list(_BYTE_RANGE.finditer(pdf))  # 1
    if not spans:
        return Unsealed()
    if len(spans) > 1:
        return Broken("there is more than one seal; an issued document has one")
    covered = _covered(pdf, [int(one) for one in spans[0].groups()])
    if isinstance(covered, Broken):
        return covered
    issuer = _believed(covered, trust)
    if isinstance(issuer, Broken):
        return issuer
    try:
        return _read(pdf, issuer)  # 4
    except _UNREADABLE as error:
        return Broken(f"the sealed file cannot be read ({error})")


@dataclass(frozen=True, slots=True)
class _Covered:
    content: bytes
    signature: bytes


def _covered(pdf: bytes, span: list[int]) -> _Covered | Broken:
    first, after, length = span
    if first >= after or after + length != len(pdf):
        return Broken("the seal does not cover the whole file: something was added or cut off")
    found = _HEX.fullmatch(pdf[first:after])
    if found is None:
        return Broken("the place of the seal holds something else")
    return _Covered(pdf[:first] + pdf[after:], bytes.fromhex(_even(found.group(1))))


def _even(digits: bytes) -> str:
    return digits.decode() + "0" * (len(digits) % 2)


def _believed(covered: _Covered, trust: Trust) -> Issuer | Broken:
    try:
        message = cms.ContentInfo.load(covered.signature)
        if covered.signature[len(message.dump()) :].strip(b"\0"):
            return Broken("something is hidden behind the signature")
        signed = message["content"]
        signer, certificate = _only_signer(signed)
        digest = signer["digest_algorithm"]["algorithm"].native
        issuer = trust.by_certificate(certificate.dump())  # 2
        if issuer is None:
            return Broken("the seal is of no trusted issuer")
        if digest not in _DIGESTS:
            return Broken(f"the seal uses {digest}, which is not accepted")
        stands = validate_sig_integrity(  # 3
            signer, certificate, "data", hashlib.new(digest, covered.content).digest()
        )
    except _UNREADABLE as error:
        return Broken(f"the seal cannot be read ({error})")
    return issuer if all(stands) else Broken("the file was altered after it was sealed")


def _only_signer(signed: Any) -> tuple[Any, Any]:  # asn1crypto has no types
    (signer,) = signed["signer_infos"]
    serial = signer["sid"].chosen["serial_number"].native
    (certificate,) = (
        one.chosen for one in signed["certificates"] if one.chosen.serial_number == serial
    )
    return signer, certificate


def _read(pdf: bytes, issuer: Issuer) -> SealedPdf | Broken:
    reader = PdfFileReader(io.BytesIO(pdf))
    (seal,) = reader.embedded_signatures
    seal.compute_integrity_info()
    summary = seal.summarise_integrity_info()
    if summary["coverage"] is not SignatureCoverageLevel.ENTIRE_FILE:
        return Broken("the seal does not cover the whole file")
    sealed_at = seal.self_reported_timestamp
    if sealed_at is None or not issuer.was_valid(sealed_at):
        said = f"{sealed_at:%Y-%m-%d}" if sealed_at else "no date"
        return Broken(f"the certificate of {issuer.authority} was not valid on {said}")
    return SealedPdf(issuer, sealed_at, dict(_files(reader)))


def _files(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    for place in range(0, len(names), 2):
        described = names[place + 1]
        yield str(described["/F"]), bytes(described["/EF"]["/F"].data)
