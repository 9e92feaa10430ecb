"""`ooms registers`: what was issued, the lists of days, and evidence about one certificate."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from ooms.commands.options import ALWAYS_JSON, CONFIG

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def registers() -> None:
    """Show what was issued; close days; bundle evidence."""


@registers.command("issued")
@click.option("--since", type=_DAY, help="The first day of issue.")
@click.option("--until", type=_DAY, help="The last day of issue.")
@click.option("--office", help="The issuing office's code.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a sheet in place of JSON.")
@ALWAYS_JSON
@CONFIG
def issued(
    *,
    since: datetime | None,
    until: datetime | None,
    office: str | None,
    as_csv: bool,
    config: Path,
) -> None:
    """Print the issuer's register, in the order of the numbers."""
    # Heavy, and help goes without.
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.registers.model import Wanted  # noqa: PLC0415
    from ooms.registers.sheet import write_sheet  # noqa: PLC0415

    wanted = Wanted(_day(since), _day(until), office)
    with opened(config, environment=os.environ) as (_, opened_office):
        desk = opened_office.registers
        lines = opened_office.works.read(lambda work: desk.sheet(work, wanted))
    if as_csv:
        click.echo(write_sheet(lines), nl=False)
        return
    click.echo(json.dumps([asdict(one) for one in lines], default=str, indent=2))


@registers.command("daily")
@click.option("--day", type=_DAY, required=True, help="The day; it must be over.")
@click.option("--office", help="The issuing office's code.  [default: this node's own]")
@ALWAYS_JSON
@CONFIG
def daily(*, day: datetime, office: str | None, config: Path) -> None:
    """Close what is to be closed, then print the list of a day with its digest."""
    # Heavy, and help goes without.
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.jobs import close_days  # noqa: PLC0415

    with opened(config, environment=os.environ) as (_, opened_office):
        close_days(opened_office)
        code = office or opened_office.issuing.code
        desk = opened_office.registers
        found = opened_office.works.read(lambda work: desk.daily(work, code, day=day.date()))
    told = {"digest": found.digest, "closed_at": found.closed_at, "document": found.document}
    click.echo(json.dumps(told, default=str, indent=2, ensure_ascii=False))


@registers.command("bundle")
@click.argument("number")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--audience",
    type=click.Choice(["own", "office"]),
    default="office",
    show_default=True,
    help="Whose eyes it is for; a partner's goes over HTTP, where a person answers for it.",
)
@click.option("--as", "login", required=True, help="The officer or supervisor who takes it.")
@ALWAYS_JSON
@CONFIG
def bundle(*, number: str, out: Path, audience: str, login: str, config: Path) -> None:
    """Write everything about the certificate NUMBER into one signed file."""
    # Heavy, and help goes without.
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.registers.bundle import take  # noqa: PLC0415
    from ooms.registers.evidence import Audience  # noqa: PLC0415

    with opened(config, environment=os.environ) as (_, office):
        taken = take(office, number, audience=Audience(audience), login=login)
    out.write_bytes(taken.content)
    click.echo(json.dumps({"file": str(out), "sha256": taken.sha256}, indent=2))


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
