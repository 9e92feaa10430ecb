"""The office's verbs: `ooms <verb>`; heavy imports wait until a verb is chosen."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

EXAMPLES = """\b
Examples:
  ooms demo                        three countries on this machine, until Ctrl-C
  ooms demo --once --json          the whole story once, for scripts
  ooms serve --config kr/eodes.toml
  ooms determine case.json
"""

CONFIGURATION = 3
REFUSED = 1


@click.group(epilog=EXAMPLES)
@click.version_option(package_name="eodes")
def cli() -> None:
    """Determine, apply, issue, and claim origin: the office of one administration."""


_CONFIG = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("eodes.toml"),
    show_default=True,
    help="The node's file of settings; ooms.toml beside it holds the office's.",
)


@cli.command()
@_CONFIG
def serve(*, config: Path) -> None:
    """Serve office, gateway and jobs in one process until stopped."""
    from ooms.web.server import serve_office  # noqa: PLC0415  # only this command needs it

    serve_office(config)


@cli.group()
def user() -> None:
    """Make the people who may log in."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role",
    required=True,
    type=click.Choice(["EXPORTER", "OFFICER", "IMPORT_OFFICER", "OPERATOR"]),
    help="What the person may do.",
)
@click.option("--exporter", help="The id of the company that an exporter's user speaks for.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Holds the password; asked for unless given.",
)
@_CONFIG
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
    from ooms.access.model import Role  # noqa: PLC0415  # only this command needs these
    from ooms.bootstrap import opened  # noqa: PLC0415

    password = (
        password_file.read_text(encoding="utf-8").strip()
        if password_file
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
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


@cli.command()
@click.argument("case", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def determine(*, case: Path, as_json: bool) -> None:
    """Judge one case of origin; exit 0 originating, 1 not originating or a fact is missing."""
    from ooms.agreements.edition_tables import load_editions  # noqa: PLC0415  # only this command
    from ooms.agreements.registry import load_shipped  # noqa: PLC0415
    from ooms.agreements.treaty_words.reading import read_rule  # noqa: PLC0415
    from ooms.origin import explain  # noqa: PLC0415
    from ooms.origin.case import read_case  # noqa: PLC0415
    from ooms.origin.determine import determine as judge  # noqa: PLC0415

    document = json.loads(case.read_text(encoding="utf-8"))
    agreement = load_shipped().agreement(document["agreement"])
    judged = judge(read_case(document, read_rule=read_rule), agreement, editions=load_editions())
    answer = explain.answer(judged)
    click.echo(json.dumps(answer, indent=2, ensure_ascii=False) if as_json else _told(answer))
    sys.exit(0 if answer["verdict"] == "originating" else REFUSED)


def _told(answer: dict[str, Any]) -> str:
    lines = [f"{answer['verdict']}  {answer.get('criterion') or ''}  rule {answer.get('rule')}"]
    for alternative in answer["alternatives"]:
        lines.append(f"  {alternative['rule']}: met {alternative['met']}")
        lines += [
            f"    {finding['criterion']}: {finding['because']}"
            for finding in alternative["findings"]
        ]
    lines += [f"  asks: {question['text']}" for question in answer["questions"]]
    lines += [f"  would qualify: {one['text']}" for one in answer["would_qualify_if"]]
    return "\n".join(lines)


@cli.command()
@click.option("--once", is_flag=True, help="Tell the story once and end; exit 0 if all went well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the three nodes here; a temporary folder unless given.",
)
def demo(*, once: bool, as_json: bool, folder: Path | None) -> None:
    """Play the whole story: Korea, China and Indonesia as real processes on this machine."""
    from ooms.demo.play import play  # noqa: PLC0415  # only this command needs it

    sys.exit(play(once=once, as_json=as_json, folder=folder))


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; an error of ours becomes one sentence and an exit code."""
    try:
        return cli.main(args=arguments, prog_name="ooms", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Exception as error:
        kinds = {kind.__name__ for kind in type(error).__mro__}
        if not kinds & {"EodesError", "OfficeError"}:
            raise
        click.echo(f"ooms: {error}", err=True)
        is_setting = kinds & {"ConfigurationError", "SettingsError"}
        sys.exit(CONFIGURATION if is_setting else REFUSED)
