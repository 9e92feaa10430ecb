"""`ooms rules`: the product rules of agreements, read, loaded, shown and checked."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ooms.agreements.coverage import coverage
from ooms.agreements.edition_tables import load_editions
from ooms.agreements.loader import load_agreement, load_cases
from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.nomenclature import UnknownEditionError
from ooms.agreements.own_packs import Kept, keep
from ooms.agreements.pack_reading import PackError
from ooms.agreements.registry import Registry, UnknownAgreementError, load_packs
from ooms.agreements.shown import shown_rules
from ooms.commands.options import ALWAYS_JSON, CONFIG, REFUSED
from ooms.commands.own_rules import known_packs, own_shelf
from ooms.kernel.hs import HsCode, HsCodeError

if TYPE_CHECKING:
    from ooms.agreements import importing


@click.group()
def rules() -> None:
    """Read, load, show and check the product rules of agreements."""


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
    from ooms.agreements import annex  # noqa: PLC0415  # heavy; help goes without

    try:
        with table.open(encoding="utf-8-sig", newline="") as opened_table:
            rows = list(annex.read_annex(opened_table))
    except (annex.AnnexError, UnicodeDecodeError) as refused:
        raise click.ClickException(f"{table}: {refused}") from refused
    if out is not None:
        names = [*(rows[0].cells if rows else annex.COLUMNS), *annex.ADDED]
        try:
            _write(out, list(dict.fromkeys(names)), (row.written() for row in rows))
        except OSError as failed:
            raise click.FileError(str(out), failed.strerror) from failed
    click.echo(json.dumps(annex.counts(rows)))


def _write(out: Path, names: list[str], rows: Iterable[Mapping[str, str]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@rules.command("import")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agreement", required=True, help="The code or alias of the agreement.")
@click.option("--rule-set", default="", help="Its rule set, where it has several.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of own packs; unless given, that of the settings.",
)
@CONFIG
@click.option("--source", required=True, help="Where the rules were read, such as 'Annex 3-A'.")
@click.option("--hs-edition", type=int, default=0, help="Unless given, that of the rule set.")
@click.option("--pointers", is_flag=True, help="Point at clauses nobody read; quote none.")
@click.option("--dry-run", is_flag=True, help="Say what would be loaded; write nothing.")
@ALWAYS_JSON
def import_rules(  # noqa: PLR0913  # one argument for each option of the command
    *,
    table: Path,
    agreement: str,
    rule_set: str,
    into: Path | None,
    config: Path,
    source: str,
    hs_edition: int,
    pointers: bool,
    dry_run: bool,
) -> None:
    """Load an annex from a CSV as own rules of an agreement: every row of it, or nothing.

    A running office takes the new pack when it is started again.
    """
    from ooms.agreements import importing  # noqa: PLC0415  # heavy; help goes without

    shelf = into or own_shelf(config)
    if shelf is None:
        raise click.UsageError(f"there is no {config}: name a folder with --into")
    try:
        packs = load_packs(shelf)
        known = packs.agreement(agreement).code
        named = known if pointers else ""
        text = table.read_text(encoding="utf-8-sig")
        read = importing.Annex(table.name, text, source, hs_edition, named)
        pack = importing.own_pack(read, packs.folders[known], rule_set=rule_set)
        kept = None if dry_run else keep(shelf, known.lower(), pack.files)
    except (UnknownAgreementError, UnknownEditionError) as refused:
        raise click.UsageError(str(refused)) from refused
    except UnicodeDecodeError as refused:
        raise click.ClickException(f"{table}: {refused}") from refused
    except PackError as broken:
        problems = [problem.text for problem in broken.problems]
        click.echo(json.dumps({"loaded": False, "problems": problems}, ensure_ascii=False))
        sys.exit(REFUSED)
    click.echo(json.dumps(_imported(pack, kept), ensure_ascii=False))


def _imported(pack: importing.OwnPack, kept: Kept | None) -> dict[str, object]:
    converted = pack.converted
    return {
        "loaded": kept is not None,
        "agreement": pack.code,
        "rule_set": pack.rule_set,
        "rows": converted.rows,
        **converted.statuses,
        "entries": len(converted.entries),
        "covered": converted.covered,
        "codes": converted.total,
        "questions": [question.text for question in converted.unread],
        "warnings": [warning.text for warning in converted.warnings],
        "problems": [],
        "folder": str(kept.folder) if kept else None,
        "former": str(kept.former) if kept and kept.former else None,
    }


@rules.command("list")
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_rules(*, config: Path, as_json: bool) -> None:
    """List every agreement with its rule sets: validity, edition, rules, codes with a rule."""
    shelf = own_shelf(config)
    try:
        packs = load_packs(shelf)
        agreements = packs.every()
    except PackError as broken:
        raise click.ClickException(str(broken)) from broken
    listed = [
        _listed(agreement, rule_set, is_own=_is_own(packs, agreement.code, shelf))
        for agreement in agreements
        for rule_set in agreement.rule_sets
    ]
    click.echo(json.dumps(listed) if as_json else _columns(listed))


def _columns(listed: list[dict[str, object]]) -> str:
    """Set rows of one kind under their names."""
    rows = [[name.replace("_", " ") for name in listed[0]]]
    rows += [[str(value) for value in one.values()] for one in listed]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = (map(str.ljust, row, widths) for row in rows)
    return "\n".join("  ".join(row).rstrip() for row in padded)


def _listed(agreement: Agreement, rule_set: RuleSet, *, is_own: bool) -> dict[str, object]:
    reached = coverage(rule_set)
    return {
        "agreement": agreement.code,
        "rule_set": rule_set.id,
        "valid": f"{rule_set.validity.start}..{rule_set.validity.end or ''}",
        "hs_edition": rule_set.hs_edition,
        "rules": reached.rules,
        "covered": reached.covered,
        "codes": reached.total,
        "pack": "own" if is_own else "shipped",
    }


def _is_own(packs: Registry, code: str, shelf: Path | None) -> bool:
    folder = packs.folders[code]
    return shelf is not None and isinstance(folder, Path) and folder.parent == shelf


@rules.command("show")
@click.argument("agreement")
@click.argument("hs")
@click.option(
    "--on",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="The day whose rule sets are shown; the last of the pack unless given.",
)
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_rule(*, agreement: str, hs: str, on: datetime | None, config: Path, as_json: bool) -> None:
    """Show the rule of AGREEMENT for the code HS, with its source; exit 1 if there is none.

    HS is a code in the edition of the rule set.  Entries for a part of the code, which words
    describe, come before the entry for every other good.
    """
    try:
        found = known_packs(config).agreement(agreement)
        code = HsCode.parse(hs)
    except (HsCodeError, UnknownAgreementError) as refused:
        raise click.UsageError(str(refused)) from refused
    day = on.date() if on else None
    if day and not found.rule_sets_on(day):
        click.echo(f"no rule set of {found.code} is in force on {day}", err=True)
        sys.exit(REFUSED)
    told = shown_rules(found, code, on=day)
    if not told:
        click.echo(f"no rule of {found.code} is loaded for {hs}", err=True)
        sys.exit(REFUSED)
    document = told[-1] | {"described_goods": told[:-1]}
    click.echo(json.dumps(document) if as_json else "\n\n".join(map(_paragraph, told)))


def _paragraph(shown: dict[str, object]) -> str:
    said = {True: "yes", False: "no"}
    values = ((name, said[v] if isinstance(v, bool) else v) for name, v in shown.items())
    return "\n".join(f"{name}: {value}" for name, value in values)


@rules.command("check")
@click.argument("agreement")
@CONFIG
@ALWAYS_JSON
def check_rules(*, agreement: str, config: Path) -> None:
    """Load the pack of AGREEMENT and judge its worked cases; exit 0 only if all come out."""
    from ooms.agreements.treaty_words.reading import read_rule  # noqa: PLC0415  # heavy, as the
    from ooms.origin.worked_cases import failed_cases  # noqa: PLC0415  # engine is

    packs = known_packs(config)
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
