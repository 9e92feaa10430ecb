"""`ooms rules`: the product rules of agreements, read, shown and checked."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from pathlib import Path

import click

from ooms.agreements import annex, registry
from ooms.agreements.edition_tables import load_editions
from ooms.agreements.loader import load_agreement, load_cases
from ooms.agreements.pack_reading import PackError
from ooms.agreements.registry import UnknownAgreementError, load_shipped
from ooms.agreements.shown import shown_rules
from ooms.agreements.treaty_words.reading import read_rule
from ooms.commands.options import ALWAYS_JSON, REFUSED
from ooms.kernel.hs import HsCode, HsCodeError
from ooms.origin.worked_cases import failed_cases


@click.group()
def rules() -> None:
    """Read, show and check the product rules of agreements."""


@rules.command("parse")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows here too, with notation, status and unread clauses.",
)
@ALWAYS_JSON
def parse_rules(*, table: Path, out: Path | None) -> None:
    """Read rules in treaty words from a CSV with hs_from, hs_to and rule_text; print counts."""
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
    try:
        found = load_shipped().agreement(agreement.upper())
        day = date.fromisoformat(on) if on else None
        told = shown_rules(found, HsCode.parse(hs), on=day)
    except (HsCodeError, UnknownAgreementError, ValueError) as refused:
        raise click.UsageError(str(refused)) from refused
    if not told:
        click.echo(f"no rule of {found.code} is loaded for {hs}", err=True)
        sys.exit(REFUSED)
    paragraphs = ("\n".join(f"{name}: {value}" for name, value in one.items()) for one in told)
    document = told[-1] | {"described_goods": told[:-1]}
    click.echo(json.dumps(document) if as_json else "\n\n".join(paragraphs))


@rules.command("check")
@click.argument("agreement")
@ALWAYS_JSON
def check_rules(*, agreement: str) -> None:
    """Load the pack of AGREEMENT and judge its worked cases; exit 0 only if all come out."""
    packs = registry.load_shipped()
    code = packs.names.get(agreement.upper())
    if code is None:
        raise click.UsageError(f"no pack {agreement}; there are {', '.join(packs.codes)}")
    folder = packs.folders[code]
    try:
        pack, cases = load_agreement(folder), load_cases(folder)
    except PackError as broken:
        raise click.ClickException(str(broken)) from broken
    failed = failed_cases(pack, cases, read_rule=read_rule, editions=load_editions())
    found = {"agreement": pack.code, "cases": len(cases), "failed": list(failed)}
    click.echo(json.dumps(found))
    sys.exit(REFUSED if failed else 0)
