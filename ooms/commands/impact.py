"""`ooms impact`: what a change of rules, edition or proofs does to goods already determined."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from ooms.agreements.nomenclature import EDITIONS
from ooms.commands.bulk_options import run_options
from ooms.commands.bulk_run import RunOptions, progress_bar, speaking
from ooms.commands.options import CONFIG
from ooms.commands.own_rules import own_shelf
from ooms.determinations.bulk_cases import Overrides
from ooms.determinations.bulk_files import Source
from ooms.determinations.impact_files import Compared, compare_results, compare_tasks

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--after", type=_FILE, help="A later file of results; FILE is then the earlier one.")
@click.option("--packs-before", type=_FOLDER, help="The packs as they were before the change.")
@click.option(
    "--hs-edition",
    type=click.Choice([str(edition) for edition in EDITIONS]),
    help="Read the rules as if they were written in this edition.",
)
@run_options
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def impact(  # noqa: PLR0913 - each an option of its own
    *,
    file: Path,
    after: Path | None,
    packs_before: Path | None,
    hs_edition: str | None,
    config: Path,
    as_json: bool,
    **options: object,
) -> None:
    """Tell what was originating and no longer is, the reverse, and what needs a fact now.

    FILE is a bulk file, judged once as before and once under the change that the options name:
    other packs, another day, proofs that are gone, another edition.  With --after, FILE and
    that file are results of two runs, and only compared.
    """
    shelf = own_shelf(config)
    given = RunOptions.taken_from(dict(options), shelf=shelf)
    out = given.out or file.with_name(f"{file.stem}.impact.csv")
    with speaking():
        if after:
            compared = compare_results(file, after, out=out)
        else:
            edition = int(hs_edition) if hs_edition else None
            compared = _judged_twice(
                file, given, before=packs_before or shelf, edition=edition, out=out
            )
    _tell(compared, out, as_json=as_json)


def _judged_twice(
    file: Path, given: RunOptions, *, before: Path | None, edition: int | None, out: Path
) -> Compared:
    source = Source.of(file)
    later = given.task(source, edition=edition)
    earlier = replace(later, packs=str(before or ""), edition=None, given=Overrides())
    if earlier == later:
        raise click.UsageError(
            "say what changes: --after, --packs, --packs-before, --on, --expired or --hs-edition"
        )
    with given.hands() as hands, progress_bar(source) as progress:
        tasks = (earlier, later)
        return compare_tasks(source, tasks, hands=hands, out=out, progress=progress)


def _tell(compared: Compared, out: Path, *, as_json: bool) -> None:
    if as_json:
        told = {"impacts": str(out), "compared": compared.compared, "effects": compared.effects}
        click.echo(json.dumps(told))
    else:
        click.echo(f"{compared.compared:,} determinations compared")
        for effect, count in compared.effects.items():
            click.echo(f"  {effect.replace('_', ' '):<16} {count:,}")
    click.echo(f"what differs is in {out}", err=True)
