"""Print a letter: plain words on a page, in the font of the certificates."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from ooms.documents.compose import FONTS, UnprintableError

TEMPLATE = Path(__file__).resolve().parent / "layout" / "letter.typ"


class _PerThread(threading.local):
    """One compiler a thread; they share the fonts, which are slow to read."""

    def __init__(self) -> None:
        self.compiler = typst.Compiler(
            input=TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


_threads = _PerThread()


def compose_letter(letter: Mapping[str, Any]) -> bytes:
    """Set a letter of sender, addressee, date, subject, paragraphs and facts as a PDF.

    Raises:
        UnprintableError: the font lacks a character.

    """
    told = json.dumps(dict(letter), ensure_ascii=False, default=str)
    try:
        written = _threads.compiler.compile(
            format="pdf", sys_inputs={"letter": told}, pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        raise UnprintableError(problem=error.message) from error
    assert isinstance(written, bytes)  # one file was asked for
    return written
