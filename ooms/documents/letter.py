"""Print a letter: plain words on a page, in the font of the certificates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from ooms.documents.compose import Compilers, UnprintableError

TEMPLATE = Path(__file__).resolve().parent / "layout" / "letter.typ"


_threads = Compilers(TEMPLATE)


def compose_letter(letter: Mapping[str, Any], *, mark: str = "") -> bytes:
    """Set a letter of sender, addressee, date, subject, paragraphs and facts as a PDF.

    A mark stands at the head of each page.

    Raises:
        UnprintableError: the font lacks a character.

    """
    told = json.dumps(dict(letter) | {"mark": mark}, ensure_ascii=False, default=str)
    try:
        written = _threads.compiler.compile(
            format="pdf", sys_inputs={"letter": told}, pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        raise UnprintableError(problem=error.message) from error
    assert isinstance(written, bytes)  # one file was asked for
    return written
