"""The office's seal on a PDF: PAdES-B-B, or B-T when a timestamp authority is given."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ooms.documents.signing import ALGORITHMS, Key, to_der
from ooms.errors import UnavailableError

FIELD = "Seal"
#: Room for signature and certificate in hexadecimal digits; measuring it for each document would
#: cost as much as signing.  A timestamp brings its authority's certificates along.
RESERVED = 8_192
RESERVED_WITH_STAMP = 32_768
REASON = "Certificate of origin"
#: What CMS calls our algorithms.
_MECHANISMS = {
    "ecdsa-sha256": "sha256_ecdsa",
    "ecdsa-sha384": "sha384_ecdsa",
    "rsa-sha256": "sha256_rsa",
}
#: A DER signature is at most so much longer than `r || s`: two integers with sign, and a frame.
_DER_FRAME = 9


#: ETSI EN 319 142-1, 5.1: the extension by which a PDF 1.7 says that its seal is PAdES.
_PADES = DeveloperExtension(
    prefix_name=pdf_name("/ESIC"),
    base_version=pdf_name("/1.7"),
    extension_level=5,
    compare_by_level=True,
)


class NoTimestampError(UnavailableError):
    """The timestamp authority did not answer; ask for the document again later."""

    code = "SYS-TIMESTAMP"

    def __init__(self, *, problem: str) -> None:
        self.problem = problem
        super().__init__(f"the timestamp authority gave no token ({problem}); try again later")


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, where, in whose name and what for a document is sealed."""

    at: datetime
    place: str
    name: str
    reason: str = REASON


def seal(pdf: bytes, *, key: Key, occasion: Occasion, stamps: TimeStamper | None = None) -> bytes:
    """Seal a document whole, so that no byte of it can change.

    Raises:
        NoTimestampError: the timestamp authority did not answer; nothing was sealed.

    """
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=ALGORITHMS[key.algorithm].digest,
        subfilter=SigSeedSubFilter.PADES,
        location=occasion.place,
        name=occasion.name,
        reason=occasion.reason,
    )
    signer = _DatedSigner(metadata, signer=_OfficeSigner(key), timestamper=stamps)
    signer.at = occasion.at
    sealed = io.BytesIO()
    try:
        signer.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)),
            bytes_reserved=RESERVED_WITH_STAMP if stamps else RESERVED,
            output=sealed,
        )
    except TimestampRequestError as error:
        raise NoTimestampError(problem=str(error)) from error
    return sealed.getvalue()


class _OfficeSigner(Signer):
    """Signs with the office's key, in a file or in a token."""

    def __init__(self, key: Key) -> None:
        self._key = key
        super().__init__(
            signing_cert=x509.Certificate.load(key.certificate_der),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # pyHanko's own
            signature_mechanism=SignedDigestAlgorithm({"algorithm": _MECHANISMS[key.algorithm]}),
        )

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002  # pyHanko's signature
        dry_run: bool = False,  # noqa: FBT001, FBT002
    ) -> bytes:
        algorithm = ALGORITHMS[self._key.algorithm]
        if dry_run:
            return bytes(2 * algorithm.width + _DER_FRAME)
        signature = self._key.sign(data)
        return to_der(signature) if algorithm.curve else signature


class _DatedSigner(PdfSigner):
    """Writes the moment that it is told; nothing here reads a clock."""

    at: datetime

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:  # noqa: ARG002
        """Announce PAdES and nothing that would make a PDF 2.0 of it: PDF/A-3 is PDF 1.7."""
        pdf_out.register_extension(_PADES)

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002  # pyHanko's signature
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session
