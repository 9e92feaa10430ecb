"""`ooms user`: the people who may log in."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from ooms.access.model import Role, User
from ooms.commands.options import CONFIG
from ooms.people.model import Filter, NewUser, console

if TYPE_CHECKING:
    from ooms.bootstrap import Office
    from ooms.db import Work

Result = TypeVar("Result")

_MOST = 1000


@click.group()
def user() -> None:
    """Keep the people who may log in."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What the person may do.",
)
@click.option(
    "--exporter", help="The id of the company that an exporter's or producer's user speaks for."
)
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Holds the password; asked for unless given.",
)
@CONFIG
def add_user(  # noqa: PLR0913  # click hands every option over by its name
    *,
    login: str,
    name: str,
    role: str,
    exporter: str | None,
    password_file: Path | None,
    config: Path,
) -> None:
    """Let a person log in as LOGIN, with one role."""
    password = (
        password_file.read_text(encoding="utf-8").strip()
        if password_file
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    new = NewUser(login, name, Role(role), exporter)
    made = _done(
        config, lambda office, work: office.people.add(work, new, password=password, by=console())
    )
    click.echo(f"{login} is {role} now ({made.id})", err=True)


@user.command("list")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Only this role.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@CONFIG
def list_users(*, role: str | None, as_json: bool, config: Path) -> None:
    """List the people who may log in, and those who are shut out."""
    from ooms.db import Window  # noqa: PLC0415  # heavy; help goes without

    wanted, window = Filter(Role(role) if role else None), Window(_MOST)
    found = _done(config, lambda office, work: office.people.page(work, window, wanted=wanted))
    rows = [_row(one) for one in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo("\t".join(str(value or "-") for value in row.values()))


@user.command("disable")
@click.argument("login")
@click.option("--reason", required=True, help="Why; it stands in the audit trail.")
@CONFIG
def disable_user(*, login: str, reason: str, config: Path) -> None:
    """Shut LOGIN out; every session ends at once."""
    _with_user(
        config,
        login,
        lambda office, work, who: office.people.disable(work, who.id, reason=reason, by=console()),
    )
    click.echo(f"{login} is shut out", err=True)


@user.command("enable")
@click.argument("login")
@CONFIG
def enable_user(*, login: str, config: Path) -> None:
    """Let LOGIN in again."""
    _with_user(
        config, login, lambda office, work, who: office.people.enable(work, who.id, by=console())
    )
    click.echo(f"{login} may log in again", err=True)


@user.command("reset-password")
@click.argument("login")
@CONFIG
def reset_password(*, login: str, config: Path) -> None:
    """Print a fresh password for LOGIN, once; sessions and second factor end."""
    _, password = _with_user(
        config,
        login,
        lambda office, work, who: office.people.reset_password(work, who.id, by=console()),
    )
    click.echo(password)


@user.command("drop-factors")
@click.argument("login")
@click.option("--reason", required=True, help="Why; LOGIN reads it, and it is in the trail.")
@CONFIG
def drop_factors(*, login: str, reason: str, config: Path) -> None:
    """Take every second factor of LOGIN away; sessions end."""
    _with_user(
        config,
        login,
        lambda office, work, who: office.factors.remove_all(
            work, who.id, reason=reason, by=console()
        ),
    )
    click.echo(f"{login} has no second factor any more", err=True)


@user.command("sessions")
@click.argument("login")
@click.option("--end", "is_end", is_flag=True, help="End every one of them.")
@CONFIG
def sessions(*, login: str, is_end: bool, config: Path) -> None:
    """Print where LOGIN is logged in, as JSON."""
    found = _with_user(
        config, login, lambda office, work, who: office.people.sessions(work, who.id)
    )
    rows = [
        {
            "id": one.id,
            "means": one.means.value,
            "address": one.address,
            "created_at": one.created_at.isoformat(),
            "expires_at": one.expires_at.isoformat(),
        }
        for one in found
    ]
    click.echo(json.dumps(rows, indent=2))
    if is_end:
        ended = _with_user(
            config,
            login,
            lambda office, work, who: office.people.end_sessions(work, who.id, by=console()),
        )
        click.echo(f"{ended} ended", err=True)


def _with_user(config: Path, login: str, step: Callable[[Office, Work, User], Result]) -> Result:
    return _done(
        config, lambda office, work: step(office, work, office.people.by_login(work, login))
    )


def _done(config: Path, step: Callable[[Office, Work], Result]) -> Result:
    from ooms.bootstrap import opened  # noqa: PLC0415  # heavy; help goes without

    with opened(config, environment=os.environ) as (_, office):
        return office.works.do(lambda work: step(office, work))


def _row(one: User) -> dict[str, str | None]:
    return {
        "login": one.login,
        "name": one.name,
        "role": one.role.value,
        "exporter_id": one.exporter_id,
        "disabled_at": one.disabled_at.isoformat() if one.disabled_at else None,
    }
