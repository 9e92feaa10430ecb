"""`ooms determine`: does a good originate?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from ooms.commands.bulk_options import run_options
from ooms.commands.options import CONFIG, REFUSED
from ooms.commands.own_rules import known_packs, own_shelf

ORIGINATING = "originating"
LANGUAGES = ("en", "fr", "ko", "sw")  # the catalogues, named here so that help loads none


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
    default=LANGUAGES[0],
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

        if case:
            raise click.UsageError("give a case, or a file of cases with --bulk, not both")
        options = bulk_run.RunOptions.taken_from(dict(run), shelf=own_shelf(config))
        bulk_run.determine_file(bulk, options=options, as_json=as_json)
    if case is None:
        raise click.UsageError("give a case, or a file of cases with --bulk")
    _refuse_options_of_a_run(run)
    from ooms.commands import one_case  # noqa: PLC0415  # heavy; help goes without

    document = _document(case)
    packs = known_packs(config)
    if all_agreements:
        rows = one_case.compared(document, language, packs)
        click.echo(_json(rows) if as_json else one_case.told_rows(rows, document, language))
        sys.exit(0 if any(row["verdict"] == ORIGINATING for row in rows) else REFUSED)
    answer = one_case.judged(document, language, packs)
    click.echo(_json(answer) if as_json else one_case.told(answer, document, language))
    sys.exit(0 if answer["verdict"] == ORIGINATING else REFUSED)


def _document(case: Path) -> dict[str, Any]:
    """Read the file of a case; what its fields hold is told when they are read."""
    from ooms.origin.case_document import read_document  # noqa: PLC0415  # heavy, as above

    return read_document(case.read_text(encoding="utf-8"))


def _refuse_options_of_a_run(run: dict[str, object]) -> None:
    """Let nobody believe that an option of --bulk had an effect on one case."""
    context = click.get_current_context()
    for name in run:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} goes with --bulk only; a case names its own")


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)
