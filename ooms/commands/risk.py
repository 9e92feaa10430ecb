"""`ooms risk`: train a table of points offline, report how routing does, explain a routing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ooms.commands.options import ALWAYS_JSON, CONFIG

if TYPE_CHECKING:
    from ooms.risk.training import Seen, Weigh


@click.group()
def risk() -> None:
    """Train tables of points, report how routing does, explain it."""


@risk.command("train")
@click.argument(
    "history", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--from-db", is_flag=True, help="Take what this office routed and what became of it.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--base",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The table whose bins and thresholds are kept.  [default: the shipped one]",
)
@click.option(
    "--method",
    type=click.Choice(["woe", "ebm"]),
    default="woe",
    show_default=True,
    help="Weights of evidence, or an explainable boosting machine (extra `interpret`).",
)
@click.option("--name", default="trained", show_default=True, help="What the table is called.")
@click.option("--table-version", required=True, help="Its version, such as the day.")
@ALWAYS_JSON
@CONFIG
def train_table(  # noqa: PLR0913  # the options of one command
    *,
    history: Path | None,
    from_db: bool,
    out: Path,
    base: Path | None,
    method: str,
    name: str,
    table_version: str,
    config: Path,
) -> None:
    """Fit a table to HISTORY (CSV) and write it; it routes nothing until a supervisor adopts it."""
    # Heavy, and help goes without.
    from ooms.determinations.bulk_files import MissingExtraError  # noqa: PLC0415
    from ooms.risk.scorecard import read_scorecard, shipped  # noqa: PLC0415
    from ooms.risk.training import train, write_table  # noqa: PLC0415

    if (history is None) is not from_db:
        raise click.UsageError("name a file of history, or --from-db, not both")
    card = read_scorecard(base.read_text("utf-8") if base else shipped())
    seen = _of_office(config) if history is None else _of_file(history)
    try:
        trained = train(seen, card, weigh=_weigh(method))
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from error
    text = write_table(card, trained, name=name, version=table_version)
    model = read_scorecard(text).model  # what we write is read as any other: monotone, whole
    out.write_text(text, "utf-8")
    report = {"model": model, "method": method, "file": str(out)} | dict(trained.report)
    click.echo(json.dumps(report, indent=2))


@risk.command("report")
@ALWAYS_JSON
@CONFIG
def show_report(*, config: Path) -> None:
    """Print drift, precision by outcomes, and champion against challenger."""
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.risk.reporting import report  # noqa: PLC0415
    from ooms.risk.schemas import ReportOut  # noqa: PLC0415

    with opened(config, environment=os.environ) as (_, office), redirect_stdout(sys.stderr):
        models = office.risk_models
        found = office.works.read(lambda work: report(work, models.champion(work)))
    click.echo(ReportOut.of(found).model_dump_json(indent=2))


@risk.command("explain")
@click.argument("declaration")
@ALWAYS_JSON
@CONFIG
def explain(*, declaration: str, config: Path) -> None:
    """Print where each line of the import declaration DECLARATION was sent, and why."""
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.risk.schemas import DecisionOut  # noqa: PLC0415

    with opened(config, environment=os.environ) as (_, office), redirect_stdout(sys.stderr):
        desk = office.risk
        found = office.works.read(lambda work: desk.explain(work, declaration))
    told = [DecisionOut.of(one).model_dump(mode="json") for one in found]
    click.echo(json.dumps(told, indent=2, ensure_ascii=False))


def _weigh(method: str) -> Weigh:
    from ooms.risk.boosted import boosted  # noqa: PLC0415
    from ooms.risk.training import weights_of_evidence  # noqa: PLC0415

    return boosted if method == "ebm" else weights_of_evidence


def _of_file(history: Path) -> Iterable[Seen]:
    from ooms.risk.training import read_history  # noqa: PLC0415

    with history.open(encoding="utf-8-sig", newline="") as file:
        return tuple(read_history(file))


def _of_office(config: Path) -> Iterable[Seen]:
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.risk.reporting import history  # noqa: PLC0415

    with opened(config, environment=os.environ) as (_, office), redirect_stdout(sys.stderr):
        return office.works.read(history)
