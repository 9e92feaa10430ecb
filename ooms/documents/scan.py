"""Codes read from pictures of paper: photographs, scans, and pages of a PDF.

What a camera softens is sharpened step by step; the ladder ends at the first code that is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, UnidentifiedImageError

from ooms.documents.code import PREFIX

MIB = 1024 * 1024
MAX_BYTES = 12 * MIB  # a photograph of 50 megapixels as JPEG
MAX_PIXELS = 60_000_000
MAX_PAGES = 4  # the summary stands on the first page; a scan may begin with a cover
DPI = 200
_POINTS = 72
_FORMATS = ("JPEG", "PNG")
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder: how much larger, and how much sharper."""

    scale: float
    percent: int
    radius: float = 2.0


#: As measured on soft scans and photographs: the first reads what is sharp, the others the rest.
LADDER = (Step(1, 0), Step(1.5, 400, 3.0), Step(3, 250))
#: Enlarging a picture beyond this costs seconds and gains nothing.
_MAX_ENLARGED = 60_000_000


class UnreadableError(ValueError):
    """The file is no picture and no PDF that can be looked at."""


def codes_in_picture(data: bytes) -> tuple[str, ...]:
    """Read the sealed codes in a photograph or scan.

    Raises:
        UnreadableError: it is no PNG or JPEG, or too large.

    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"the picture is larger than {MAX_BYTES // MIB} MiB")
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UnreadableError(f"the picture has more than {MAX_PIXELS:,} pixels")
            return _codes(picture.convert("L"))
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError("it is no PNG or JPEG picture that can be opened") from error


def codes_in_pdf(data: bytes) -> tuple[str, ...]:
    """Read the sealed codes on the pages of a PDF, as they would be printed.

    Raises:
        UnreadableError: it is no PDF that can be shown.

    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"the PDF is larger than {MAX_BYTES // MIB} MiB")
    try:
        pages = tuple(_pages(data))
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("it is no PDF that can be opened") from error
    # What was not scanned is sharp at once; the ladder is for the page that a scanner softened.
    sharp = tuple(one for page in pages for one in _codes(page, LADDER[:1]))
    return sharp or next((found for page in pages if (found := _codes(page))), ())


def _pages(data: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(data) as document:
        for place in range(min(MAX_PAGES, len(document))):
            page = document[place]
            scale = DPI / _POINTS
            if page.get_width() * page.get_height() * scale * scale > MAX_PIXELS:
                raise UnreadableError("a page is larger than any certificate")
            yield page.render(scale=scale, grayscale=True).to_pil()


def _codes(picture: Image.Image, ladder: tuple[Step, ...] = LADDER) -> tuple[str, ...]:
    for step in ladder:
        if picture.width * picture.height * step.scale**2 > _MAX_ENLARGED:
            continue
        found = zxingcpp.read_barcodes(_sharpened(picture, step), formats=_QR)
        codes = tuple(one.text for one in found if one.text.startswith(PREFIX))
        if codes:
            return codes
    return ()


def _sharpened(picture: Image.Image, step: Step) -> Image.Image:
    if step.percent == 0:
        return picture
    size = round(picture.width * step.scale), round(picture.height * step.scale)
    enlarged = picture.resize(size, Image.Resampling.LANCZOS)
    return enlarged.filter(ImageFilter.UnsharpMask(step.radius, step.percent, 0))
