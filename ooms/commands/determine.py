"""`ooms determine`: does a good originate?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.registry import Registry
from ooms.agreements.treaty_words.reading import read_rule
from ooms.commands import comparison_text, determination_text
from ooms.commands.bulk_options import run_options
from ooms.commands.options import CONFIG, REFUSED
from ooms.commands.own_rules import known_packs, own_shelf
from ooms.languages.catalogues import LANGUAGES, SOURCE, catalogue
from ooms.languages.telling import in_words
from ooms.origin import explain
from ooms.origin.advice import advise
from ooms.origin.case import read_case
from ooms.origin.comparison import compare, comparison

ORIGINATING = "originating"


@click.command()
@click.argument(
    "case", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--bulk",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge every case of a file, .csv or .parquet; see the options from --agreements on.",
)
@click.option(
    "--all-agreements", is_flag=True, help="Compare every agreement between the two countries."
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=SOURCE,
    show_default=True,
    help="The language of the words.",
)
@run_options
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def determine(  # noqa: PLR0913  # each an option of its own
    *,
    case: Path | None,
    bulk: Path | None,
    all_agreements: bool,
    language: str,
    config: Path,
    as_json: bool,
    **run: object,
) -> None:
    """Judge one case of origin; exit 0 originating, 1 not originating or a fact is missing.

    With --bulk, judge every case of a file; exit 1 only when one could not be judged.
    """
    if bulk:
        from ooms.commands import bulk_run  # noqa: PLC0415 - one case needs none of it

        options = bulk_run.RunOptions.taken_from(dict(run), shelf=own_shelf(config))
        bulk_run.determine_file(bulk, options=options, as_json=as_json)
    if case is None:
        raise click.UsageError("give a case, or a file of cases with --bulk")
    document = json.loads(case.read_text(encoding="utf-8"))
    if all_agreements:
        rows = _compared(document, language, known_packs(config))
        click.echo(_json(rows) if as_json else _told_rows(rows, document, language))
        sys.exit(0 if any(row["verdict"] == ORIGINATING for row in rows) else REFUSED)
    answer = _judged(document, language, known_packs(config))
    currency = str((document.get("price") or {}).get("currency", ""))
    words = catalogue(language)
    click.echo(
        _json(answer) if as_json else determination_text.told(answer, words, currency=currency)
    )
    sys.exit(0 if answer["verdict"] == ORIGINATING else REFUSED)


def _judged(document: dict[str, Any], language: str, packs: Registry) -> dict[str, Any]:
    """Judge under the agreement that the case names, with advice, told in a language."""
    read = read_case(document, read_rule=read_rule)
    agreement = packs.agreement(read.agreement)
    judged = advise(read, agreement, editions=load_editions())
    return in_words(explain.answer(judged), catalogue(language))


def _compared(document: dict[str, Any], language: str, packs: Registry) -> list[dict[str, Any]]:
    """Judge under every agreement; the case need not name one."""
    if document.get("rule") is not None:
        raise click.UsageError("a case with a rule of its own cannot be compared; leave out `rule`")
    read = read_case({"agreement": "any"} | document, read_rule=read_rule)
    found = compare(read, packs.every(), editions=load_editions())
    return [in_words(row, catalogue(language)) for row in comparison(found)]


def _told_rows(rows: list[dict[str, Any]], document: dict[str, Any], language: str) -> str:
    words = catalogue(language)
    facts = {
        "code": document["product"]["hs"],
        "day": document["on"],
        "exporting": document["exporting_party"],
        "importing": document["importing_party"],
    }
    if not rows:
        return words["comparison.none"].format(**facts)
    return f"{words['comparison.title'].format(**facts)}\n\n{comparison_text.table(rows, words)}"


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)
