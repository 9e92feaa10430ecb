"""Judges the one case of `ooms determine`; loads the engine, so it is loaded only when needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.registry import Registry
from ooms.agreements.treaty_words.reading import read_rule
from ooms.commands import comparison_text, determination_text
from ooms.languages.catalogues import catalogue
from ooms.languages.telling import in_words
from ooms.origin import explain
from ooms.origin.advice import advise
from ooms.origin.case import read_case
from ooms.origin.comparison import compare, comparison

Json = dict[str, Any]


def judged(document: Json, language: str, packs: Registry) -> Json:
    """Judge under the agreement that the case names, with advice, told in a language."""
    read = read_case(document, read_rule=read_rule)
    agreement = packs.agreement(read.agreement)
    found = advise(read, agreement, editions=load_editions())
    return in_words(explain.answer(found), catalogue(language))


def told(answer: Json, document: Json, language: str) -> str:
    """Tell an answer as people read it."""
    currency = str((document.get("price") or {}).get("currency", ""))
    return determination_text.told(answer, catalogue(language), currency=currency)


def compared(document: Json, language: str, packs: Registry) -> list[Json]:
    """Judge under every agreement; the case need not name one."""
    if document.get("rule") is not None:
        raise click.UsageError("a case with a rule of its own cannot be compared; leave out `rule`")
    read = read_case({"agreement": "any"} | document, read_rule=read_rule)
    found = compare(read, packs.every(), editions=load_editions())
    return [in_words(row, catalogue(language)) for row in comparison(found)]


def told_rows(rows: list[Json], document: Json, language: str) -> str:
    """Tell a comparison as a table under its title."""
    words: Mapping[str, str] = catalogue(language)
    facts = {
        "code": document["product"]["hs"],
        "day": document["on"],
        "exporting": document["exporting_party"],
        "importing": document["importing_party"],
    }
    if not rows:
        return words["comparison.none"].format(**facts)
    return f"{words['comparison.title'].format(**facts)}\n\n{comparison_text.table(rows, words)}"
