"""An office that prints, without a node: a key, the forms, and whoever checks its documents."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

import pypdfium2
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image, ImageFilter

from eodes.api import Copies
from eodes.domain.certificate import Certificate
from eodes.domain.form import Form
from eodes.forms.register import Forms
from eodes.partners.register import Profiles
from eodes.wire import algorithms
from eodes.wire.certificate_maker import make_signing_certificate
from eodes.wire.signer import SoftwareSigner
from ooms.documents import qr, seal
from ooms.documents.check import Checker
from ooms.documents.compose import compose
from ooms.documents.model import Checked, Printable
from ooms.documents.trust import Issuer, Trust
from ooms.gateway.documents import write_document
from ooms.gateway.printing import Printing, SealedXml
from tests.world import NOW

TODAY = NOW.date()
_CURVES = {"ecdsa-sha256": ec.SECP256R1(), "ecdsa-sha384": ec.SECP384R1()}


@cache
def forms() -> Forms:
    """Return every form, read once."""
    return Forms.load()


@cache
def _own(code: str) -> object:
    return Profiles.load(on=TODAY).get(code)


class _Desk:
    """The two things that printing asks of a gateway."""

    def __init__(self, authority: str) -> None:
        self.authority = authority

    def form(self, *, agreement: str, form_type: str, on: date) -> Form:
        return forms().on(agreement=agreement, form_type=form_type, on=on)


@dataclass(frozen=True, slots=True)
class Press:
    """Prints and seals certificates with one key."""

    authority: str
    key: SoftwareSigner
    printing: Printing

    @property
    def issuer(self) -> Issuer:
        return Issuer.of(self.authority, self.key.certificate_der)

    @property
    def trust(self) -> Trust:
        return Trust((self.issuer,))

    def printable(self, certificate: Certificate, *, at: datetime = NOW) -> Printable:
        return self.printing.printable(write_document(certificate), sealed_at=at)

    def compose(self, printable: Printable, *, at: datetime = NOW) -> bytes:
        return compose(
            printable,
            summary=qr.summary_code(printable.summary, key=self.key),
            minimal=qr.minimal_code(printable.summary, key=self.key),
            check=("Check: https://customs.example/verify", "Code: ABCD EFGH"),
            at=at,
        )

    def seal(self, pdf: bytes, *, at: datetime = NOW) -> bytes:
        occasion = seal.Occasion(at, "SEOUL", "Seoul Main Customs")
        return seal.seal(pdf, key=self.key, occasion=occasion)

    def document(self, certificate: Certificate, *, at: datetime = NOW) -> bytes:
        return self.seal(self.compose(self.printable(certificate, at=at), at=at), at=at)

    def check(self, data: bytes, *, on: date = TODAY, trust: Trust | None = None) -> Checked:
        return Checker(self.trust if trust is None else trust, SealedXml()).check(data, on=on)


def a_press(
    authority: str = "KR-KCS",
    *,
    algorithm: str = "ecdsa-sha256",
    valid_from: datetime = NOW - timedelta(days=30),
    valid_until: datetime = NOW + timedelta(days=700),
) -> Press:
    """Make an office with a fresh key of its own."""
    key: algorithms.PrivateKey
    if algorithm in _CURVES:
        key = ec.generate_private_key(_CURVES[algorithm])
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = make_signing_certificate(
        f"{authority} signing",
        key=key,
        not_before=valid_from,
        not_after=valid_until,
        serial=4711,
    )
    signer = SoftwareSigner(algorithm, certificate.public_bytes(Encoding.DER), key)
    own = _own("kr-kcs")
    own = replace(own, authority=authority)  # type: ignore[type-var]
    return Press(authority, signer, Printing(_Desk(authority), Copies(own, signer)))  # type: ignore[arg-type]


def text_of(pdf: bytes, page: int | None = None) -> str:
    """Return the words of a page, or of all, in one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        places = range(len(document)) if page is None else [page]
        texts = [document[place].get_textpage().get_text_bounded() for place in places]
    return " ".join(" ".join(texts).split())


def pages_of(pdf: bytes) -> int:
    """Count the pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def raster(pdf: bytes, *, dpi: int = 200, page: int = 0) -> Image.Image:
    """Return a page as a scanner at so many dots an inch would see it, perfectly flat."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
        return picture


def jpeg(picture: Image.Image, *, quality: int = 70) -> bytes:
    """Return a picture as a camera stores it."""
    stored = io.BytesIO()
    picture.convert("L").save(stored, "JPEG", quality=quality)
    return stored.getvalue()


def photographed(picture: Image.Image, *, seed: int, blur: float) -> Image.Image:
    """Return a picture as a hand-held camera sees it: turned, tilted, soft."""
    chance = random.Random(seed)
    turned = picture.rotate(chance.uniform(-12, 12), expand=True, fillcolor=255)
    width, height = turned.size
    shift = [chance.uniform(0, 0.03) * one for one in (width, height) * 4]
    corners = (
        *(shift[0], shift[1]),
        *(shift[2], height - shift[3]),
        *(width - shift[4], height - shift[5]),
        *(width - shift[6], shift[7]),
    )
    tilted = turned.transform(
        turned.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255
    )
    return tilted.filter(ImageFilter.GaussianBlur(blur))
