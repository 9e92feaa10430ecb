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
  ooms rules parse annex.csv --out notation.csv
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


_ALWAYS_JSON = click.option(
    "--json", is_flag=True, expose_value=False, help="Print JSON, which it does anyway."
)


@cli.group()
def rules() -> None:
    """Read, show and check the product rules of agreements."""


@rules.command("parse")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows here too, with notation, status and unread clauses.",
)
@_ALWAYS_JSON
def parse_rules(*, table: Path, out: Path | None) -> None:
    """Read rules in treaty words from a CSV with hs_from, hs_to and rule_text; print counts."""
    import csv  # noqa: PLC0415  # only this command needs these

    from ooms.agreements import annex  # noqa: PLC0415

    try:
        with table.open(encoding="utf-8-sig", newline="") as opened_table:
            rows = list(annex.read_annex(opened_table))
    except (annex.AnnexError, UnicodeDecodeError) as refused:
        raise click.ClickException(f"{table}: {refused}") from refused
    if out is not None:
        names = [*(rows[0].cells if rows else annex.COLUMNS), *annex.ADDED]
        with out.open("w", encoding="utf-8", newline="") as written:
            writer = csv.DictWriter(written, list(dict.fromkeys(names)), lineterminator="\n")
            writer.writeheader()
            writer.writerows(row.written() for row in rows)
    click.echo(json.dumps(annex.counts(rows)))


@rules.command("show")
@click.argument("agreement")
@click.argument("hs")
@click.option("--on", help="The day, as 2026-11-20; the latest rule set unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_rule(*, agreement: str, hs: str, on: str | None, as_json: bool) -> None:
    """Show the rule of AGREEMENT for the code HS, with its source."""
    from datetime import date  # noqa: PLC0415  # only this command needs these

    from ooms.agreements.registry import UnknownAgreementError, load_shipped  # noqa: PLC0415
    from ooms.agreements.shown import shown_rule  # noqa: PLC0415
    from ooms.kernel.hs import HsCode, HsCodeError  # noqa: PLC0415

    try:
        found = load_shipped().agreement(agreement.upper())
        day = date.fromisoformat(on) if on else None
        told = shown_rule(found, HsCode.parse(hs), on=day)
    except (HsCodeError, UnknownAgreementError, ValueError) as refused:
        raise click.UsageError(str(refused)) from refused
    if told is None:
        click.echo(f"no rule of {found.code} is loaded for {hs}", err=True)
        sys.exit(REFUSED)
    lines = (f"{name}: {value}" for name, value in told.items())
    click.echo(json.dumps(told) if as_json else "\n".join(lines))


@rules.command("check")
@click.argument("agreement")
@_ALWAYS_JSON
def check_rules(*, agreement: str) -> None:
    """Load the pack of AGREEMENT and judge its worked cases; exit 0 only if all come out."""
    from ooms.agreements import registry  # noqa: PLC0415  # only this command needs these
    from ooms.agreements.edition_tables import load_editions  # noqa: PLC0415
    from ooms.agreements.loader import PackError, load_agreement, load_cases  # noqa: PLC0415
    from ooms.agreements.treaty_words.reading import read_rule  # noqa: PLC0415
    from ooms.origin.worked_cases import failed_cases  # noqa: PLC0415

    if agreement.lower() not in registry.SHIPPED:
        raise click.UsageError(f"no pack {agreement}; there are {', '.join(registry.SHIPPED)}")
    folder = registry.shipped_folder(agreement.lower())
    try:
        pack, cases = load_agreement(folder), load_cases(folder)
    except PackError as broken:
        raise click.ClickException(str(broken)) from broken
    failed = failed_cases(pack, cases, read_rule=read_rule, editions=load_editions())
    found = {"agreement": pack.code, "cases": len(cases), "failed": list(failed)}
    click.echo(json.dumps(found))
    sys.exit(REFUSED if failed else 0)


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
