"""`ooms user`: the people who may log in."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ooms.access.model import Role
from ooms.commands.options import CONFIG


@click.group()
def user() -> None:
    """Make the people who may log in."""


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
    from ooms.bootstrap import opened  # noqa: PLC0415  # heavy; help goes without

    with opened(config, environment=os.environ) as (_, office):
        made = office.works.do(
            lambda work: office.access.make_user(
                work,
                login=login,
                password=password,
                name=name,
                role=Role(role),
                exporter_id=exporter,
            )
        )
    click.echo(f"{login} is {role} now ({made.id})", err=True)
