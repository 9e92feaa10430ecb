"""Compose: from a sheet to the unsigned PDF/A-3, with its attachments.

The same input gives the same bytes: the only date inside is the one given.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from ooms.documents.layouts import Layout, layout_of
from ooms.documents.model import Printable, Sheet
from ooms.documents.qr import MINIMAL_MODULE_MM, Drawing
from ooms.errors import Flaw, UnfitError

FONTS = Path(__file__).resolve().parent / "fonts"
TEMPLATE = Path(__file__).resolve().parent / "layout" / "sheet.typ"
#: Archival with its attachments and its tags, and accessible.
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


class UnprintableError(UnfitError):
    """A text holds a character that the font of the paper lacks; write it in Latin or Hangul."""

    code = "RUL-CHARSET"

    def __init__(self, *, problem: str) -> None:
        self.problem = problem
        super().__init__(Flaw("", f"the certificate cannot be printed: {problem}"))


class Compilers(threading.local):
    """One compiler of a layout for each thread; all share the fonts, which are slow to read."""

    def __init__(self, template: Path) -> None:
        self.compiler = typst.Compiler(
            input=template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


_threads = Compilers(TEMPLATE)


def compose(  # noqa: PLR0913  # the parts of a paper, each by its name
    printable: Printable,
    *,
    summary: Drawing,
    minimal: Drawing,
    check: tuple[str, ...],
    at: datetime,
    mark: str = "",
) -> bytes:
    """Set a certificate and return the PDF, before its seal; a mark is set across each page.

    Raises:
        NoLayoutError: the form has no paper layout.
        UnprintableError: the font lacks a character.

    """
    sheet = printable.sheet
    inputs = _inputs(sheet, layout_of(sheet.agreement, sheet.form_type)) | {
        "codes": {
            "summary": summary.svg,
            "minimal": minimal.svg,
            "minimal_mm": minimal.modules * MINIMAL_MODULE_MM,
        },
        "check": check,
        "mark": mark,
        "attachments": [asdict(one) for one in printable.attachments],
    }
    return _compiled(inputs, at)


def _compiled(inputs: dict[str, Any], at: datetime) -> bytes:
    try:
        written = _threads.compiler.compile(
            format="pdf",
            sys_inputs={"sheet": json.dumps(inputs, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=at,
        )
    except typst.TypstError as error:
        raise UnprintableError(problem=error.message) from error
    assert isinstance(written, bytes)  # one file was asked for
    return written


def _inputs(sheet: Sheet, layout: Layout) -> dict[str, Any]:
    described = layout.model_dump(exclude={"texts", "wordings", "notes"})
    boxes = {
        one.number: asdict(one) | {"words": layout.words_of(one.number)} for one in sheet.boxes
    }
    return asdict(sheet) | {"layout": described, "boxes": boxes}
