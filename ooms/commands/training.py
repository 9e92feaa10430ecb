"""`ooms training`: an office whose people practice without harm."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ooms.access.model import Role
from ooms.commands.options import CONFIG
from ooms.demo.nodes import Country, DemoError, RunningNode
from ooms.demo.practice import cast
from ooms.errors import MissingError
from ooms.people.model import NewUser, console

if TYPE_CHECKING:
    from ooms.bootstrap import Office
    from ooms.db import Work

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def training() -> None:
    """Let people practice where nothing has legal effect."""


@training.command("serve")
@click.option("--once", is_flag=True, help="Make and fill the offices once and end.")
@click.option("--dir", "folder", type=_FOLDER, help="Keep both offices here; else a temporary one.")
@click.option(
    "--authority",
    default=cast.OWN.authority,
    show_default=True,
    help="Whose office people practice in: country and authority, as TH-CUSTOMS.",
)
def serve(*, once: bool, folder: Path | None, authority: str) -> None:
    """Make an office and a pretend partner on this machine, fill them, and serve them."""
    from ooms.demo.practice.play import practice  # noqa: PLC0415  # heavy; help goes without

    sys.exit(practice(once=once, folder=folder, authority=authority))


@training.command("fill")
@CONFIG
@click.option(
    "--partner", type=_FILE, help="The settings of a pretend partner that runs on this machine too."
)
@click.option("--counterpart", default="", help="Without --partner: who is sold to, by its code.")
@click.option("--agreement", default="", help="Under which agreement; else the first that serves.")
def fill(*, config: Path, partner: Path | None, counterpart: str, agreement: str) -> None:
    """Make cases to practice on in a running training office; prints the passwords once."""
    from ooms.demo.practice.filling import fill as fill_offices  # noqa: PLC0415  # heavy
    from ooms.demo.practice.play import show  # noqa: PLC0415

    own = _opened_to_trainer(config)
    abroad = _opened_to_trainer(partner) if partner else None
    try:
        samples = fill_offices(own, abroad, counterpart=counterpart, agreement=agreement)
    except DemoError as error:
        raise click.ClickException(str(error)) from error
    show(own, samples=len(samples))


@training.command("reset")
@CONFIG
@click.confirmation_option(prompt="Delete every case and company of this training office?")
def reset(*, config: Path) -> None:
    """Empty a training office; the audit trail, numbers once given and the staff stay."""
    from ooms.bootstrap import opened  # noqa: PLC0415  # heavy; help goes without

    with opened(config, environment=os.environ) as (_, office):
        deleted = office.works.do(lambda work: office.training.reset(work, by=console()))
    click.echo(f"{deleted} rows are gone; `ooms training fill` makes fresh cases", err=True)


def _opened_to_trainer(config: Path) -> RunningNode:
    """Return an office with a fresh password of its trainer, who lets everybody else in."""
    from ooms.bootstrap import opened  # noqa: PLC0415  # heavy; help goes without

    with opened(config, environment=os.environ) as (node, office):
        office.training.require_open()
        issuing = office.issuing
        country = Country(
            node.settings.authority, issuing.name, issuing.code, issuing.place, issuing.zone
        )
        found = RunningNode(
            country,
            config.parent,
            node.settings.server.port,
            office.settings.http.port,
            is_training=True,
        )
        password = office.works.do(lambda work: _trainer(office, work))
    found.passwords[cast.TRAINER] = password
    return found


def _trainer(office: Office, work: Work) -> str:
    try:
        known = office.people.by_login(work, cast.TRAINER)
    except MissingError:
        password = secrets.token_urlsafe(12)
        new = NewUser(cast.TRAINER, "Trainer", Role.OPERATOR)
        office.people.add(work, new, password=password, by=console())
        return password
    return office.people.reset_password(work, known.id, by=console())[1]
