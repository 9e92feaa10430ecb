"""Brings the catalogues of the portal up to date with its templates.

Run as `python -m tools.portal_words`: every text of an area's templates and pages stands in
`ooms/portal/catalogues/<language>/<area>.po`, with the translation it had.  What the office's
refusal codes and the gateway's mean stands in `codes.po`, in English too: pages know no desk.
What its interface says in sentences stands in `sentences.po`, in the order of the files
(`tools.sentences`); what its files of data say, in `files.po` (`tools.filed_words`).
`--check` writes nothing and fails where a catalogue is behind, or a complete language lacks a
translation.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from eodes.domain.refusals.catalogue import CATALOGUE
from ooms.handbook.loader import load_office_codes
from ooms.handbook.model import Code, codes_in_order
from ooms.portal.languages import (
    CODES,
    COMPLETE,
    FILES,
    FRAME,
    MEANS,
    PREPARED,
    SENTENCES,
    SOURCE,
    THEN,
    context_of,
)
from ooms.portal.rendering import areas
from tools.filed_words import filed
from tools.sentences import harvested

PORTAL = Path(__file__).resolve().parents[1] / "ooms" / "portal"
CATALOGUES = PORTAL / "catalogues"
#: Areas of people who read English at work; their other catalogues are welcome, not asked for.
ENGLISH_WILL_DO = frozenset({"operator", "figures"})
_KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
_JINJA = {"trimmed": "true", "extensions": "jinja2.ext.do", "silent": "false"}
_WIDTH = 100


@cache
def texts(area: str) -> Catalog:
    """Collect every text of an area, in the order of its files; once for all languages."""
    catalog = Catalog(domain=area)
    if area == CODES:
        return _codes(catalog)
    if area == SENTENCES:
        return _sentences(catalog)
    if area == FILES:
        return _filed(catalog)
    for file in sorted((PORTAL / "templates" / area).glob("*.html")):
        _add(catalog, "jinja2.ext:babel_extract", file, options=_JINJA)
    pages = PORTAL.glob("*.py") if area == FRAME else (PORTAL / area).glob("*.py")
    for file in sorted(pages):
        _add(catalog, "python", file, options={})
    return catalog


def catalogues() -> Iterator[tuple[str, str]]:
    """Yield every catalogue: its area and its language."""
    translated = (*COMPLETE, *PREPARED)
    yield from ((area, one) for area in (*areas(), FILES, SENTENCES) for one in translated)
    yield from ((CODES, language) for language in (SOURCE, *translated))


def is_complete(area: str, language: str) -> bool:
    """Tell whether every text of a catalogue has to be translated."""
    return language in COMPLETE and area not in ENGLISH_WILL_DO


def brought_up(area: str, language: str) -> Catalog:
    """Return the catalogue of an area with what was translated before."""
    file = CATALOGUES / language / f"{area}.po"
    written = file.read_bytes() if file.exists() else b""
    before = read_po(io.BytesIO(written), locale=language, domain=area)
    before.update(texts(area), no_fuzzy_matching=True)
    before.obsolete.clear()
    return before


def untranslated(catalog: Catalog) -> tuple[str, ...]:
    """Return the texts that have no translation."""
    found = (one for one in catalog if one.id)
    return tuple(str(one.id) for one in found if not one.string or not all(one.string))


def told(catalog: Catalog) -> bytes:
    """Write a catalogue without dates and line numbers, which change for nothing."""
    written = io.BytesIO()
    write_po(written, catalog, width=_WIDTH, no_location=True, omit_header=False, sort_output=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    kept = (one for one in lines if not one.startswith(('"POT-Creation', '"PO-Revision', "#")))
    return "".join(kept).lstrip().encode()


def problems() -> Iterator[str]:
    """Yield what keeps the catalogues from being whole."""
    for area, language in catalogues():
        catalog = brought_up(area, language)
        file = CATALOGUES / language / f"{area}.po"
        if not file.exists() or file.read_bytes() != told(catalog):
            yield f"{language}/{area}.po is behind: run python -m tools.portal_words"
        if is_complete(area, language):
            yield from (f"{language}/{area}.po lacks: {one}" for one in untranslated(catalog))


def main() -> None:
    """Write the catalogues, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when behind")
    if parser.parse_args().check:
        found = tuple(problems())
        sys.exit("\n".join(found) if found else 0)
    for area, language in catalogues():
        catalog = brought_up(area, language)
        (CATALOGUES / language).mkdir(parents=True, exist_ok=True)
        (CATALOGUES / language / f"{area}.po").write_bytes(told(catalog))
        missing = len(untranslated(catalog))
        if missing and is_complete(area, language):
            sys.stdout.write(f"{language}/{area}.po: {missing} without a translation\n")


def shown_codes() -> tuple[Code, ...]:
    """Return every code that pages explain: the office's own, and the gateway's."""
    gateways = (
        Code(one.code, means=one.means, who=str(one.mender), then=one.next_step)
        for one in CATALOGUE.values()
    )
    return codes_in_order(load_office_codes(), gateways)


def _codes(catalog: Catalog) -> Catalog:
    """Collect what codes mean: each sentence under its code, for the same words may differ."""
    for one in shown_codes():
        catalog.add(one.means, context=context_of(one.code, MEANS))
        catalog.add(one.then, context=context_of(one.code, THEN))
    return catalog


def _sentences(catalog: Catalog) -> Catalog:
    """Collect what the interface says, in the order of the files that say it."""
    for one in harvested():
        catalog.add(one.words)
    return catalog


def _filed(catalog: Catalog) -> Catalog:
    """Collect what the office's files of data say to people."""
    for words in filed():
        catalog.add(words)
    return catalog


def _add(catalog: Catalog, method: str, file: Path, *, options: dict[str, str]) -> None:
    for line, message, comments, context in extract_from_file(
        method, file, keywords=_KEYWORDS, options=options
    ):
        catalog.add(message, None, [(file.name, line)], user_comments=comments, context=context)


if __name__ == "__main__":
    main()
