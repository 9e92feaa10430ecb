"""`ooms claims`: judge preference claims against what was received; show what is left of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ooms.commands.options import CONFIG, REFUSED
from ooms.commands.own_rules import NoNodeError

if TYPE_CHECKING:
    from ooms.db import Work

_GRANTED = "GRANTED"


@click.group()
def claims() -> None:
    """Judge preference claims against what was received; show what is left of it."""


@claims.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(*, file: Path, config: Path, as_json: bool) -> None:
    """Judge a declaration's claims, drawing and telling nothing; exit 1 unless all would pass.

    FILE is a declaration as `POST /api/v1/claims` takes it.
    """
    # Heavy, and help goes without.
    from pydantic import ValidationError  # noqa: PLC0415

    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.claims.schemas import ClaimIn, ClaimLineOut  # noqa: PLC0415

    try:
        body = ClaimIn.model_validate(json.loads(file.read_text("utf-8")))
    except ValidationError as wrong:
        raise click.UsageError(f"{file}: {_wrong(wrong.errors(include_url=False))}") from wrong
    with opened(config, environment=os.environ) as (_, office):
        lines = office.works.read(
            lambda work: office.claims.examine(work, body.value(today=work.today))
        )
    shown = [ClaimLineOut.of(one).model_dump(mode="json") for one in lines]
    told = {"declaration_number": body.declaration_number, "lines": shown}
    click.echo(json.dumps(told, indent=2, ensure_ascii=False) if as_json else _told(shown))
    sys.exit(0 if all(one["decision"] == _GRANTED for one in shown) else REFUSED)


@claims.group("goods")
def goods() -> None:
    """Keep the lists of goods that an agreement's rate does not reach, or within a quota only."""


@goods.command("load")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def load(*, table: Path, config: Path, as_json: bool) -> None:
    """Keep TABLE, a CSV, as this administration's lists in place of those that ship.

    A broken table changes nothing.  The office takes the lists at its next start.
    """
    from ooms.claims.goods_table import GoodsTableError, load_goods  # noqa: PLC0415

    own = _own_goods(config)
    try:
        found = load_goods(table, own=own)
    except GoodsTableError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    except OSError as failed:
        raise click.FileError(str(own), failed.strerror) from failed
    rows = sum(1 for _ in found.every())
    told = f"{rows} rows in {own}; they hold from the office's next start"
    click.echo(json.dumps({"rows": rows, "file": str(own)}) if as_json else told)


@goods.command("list")
@click.option("--agreement", help="Only the lists of one agreement, by its code.")
@click.option("--country", help="Only the lists of one country.")
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def listed(*, agreement: str | None, country: str | None, config: Path, as_json: bool) -> None:
    """List the goods that are excluded, covered or within a quota here, and where that stands."""
    from ooms.claims.goods_table import GoodsTableError, goods_of  # noqa: PLC0415

    try:
        every = goods_of(_own_goods(config)).every()
    except GoodsTableError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    wanted = [
        one
        for one in every
        if agreement in (None, one.agreement) and country in (None, one.country)
    ]
    if as_json:
        rows = [
            {**asdict(one), "since": _day(one.since), "until": _day(one.until)} for one in wanted
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for one in wanted:
        read = "" if one.verified else " (not read)"
        head = f"{one.agreement} {one.country} {one.listing:8} {one.hs or '*':12}"
        click.echo(f"{head} {one.part or one.name}  {one.source}{read}")


def _own_goods(config: Path) -> Path:
    from ooms.settings import load_office_settings  # noqa: PLC0415  # heavy; help goes without

    if not config.exists():
        raise NoNodeError(config=config)
    settings = load_office_settings(config.parent, environment=os.environ)
    return config.parent / settings.claims.goods_file


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@claims.command("ledger")
@click.argument("number")
@click.option(
    "--at",
    type=click.DateTime(formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]),
    help="The moment to look at, in UTC unless it names its zone.  [default: now]",
)
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def ledger(*, number: str, at: datetime | None, config: Path, as_json: bool) -> None:
    """Show what is left of the received certificate NUMBER, and who used it; exit 1 if none is.

    NUMBER is found however it is spelled; where several issuing sides gave it out, each is shown.
    """
    from ooms.bootstrap import opened  # noqa: PLC0415
    from ooms.gateway.held import Register  # noqa: PLC0415
    from ooms.ledger.schemas import LedgerOut  # noqa: PLC0415

    with opened(config, environment=os.environ) as (_, office):
        desk, register = office.ledger, Register(office.gateway)

        def pages(work: Work) -> list[dict[str, Any]]:
            found = register.find_all([number], within=work.transaction).get(number, ())
            keys = sorted({one.key(0).certificate for one in found})
            moment = _in_utc(at) or work.now
            shown = (desk.page(work, key, at=moment) for key in keys)
            return [LedgerOut.of(one, units=desk.units).model_dump(mode="json") for one in shown]

        found = office.works.read(pages)
    if not found:
        raise click.ClickException(f"no certificate {number} was received")
    click.echo(json.dumps(found, indent=2, ensure_ascii=False) if as_json else _shown(found))


def _in_utc(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _shown(pages: Iterable[dict[str, Any]]) -> str:
    return "\n".join(row for page in pages for row in _page(page))


def _page(page: dict[str, Any]) -> Iterable[str]:
    yield f"{page['number_key']} of {page['issuing_country']} under {page['agreement']}"
    for item in page["items"]:
        left = ", ".join(
            f"{one['left']} of {one['certified']} {one['unit']} left" for one in item["scales"]
        )
        yield f"item {item['item_no']}: {item['used_percent']}% used  {left}"
        for one in page["entries"]:
            if one["item_no"] == item["item_no"]:
                yield f"  {one['at']}  {one['kind']:8} {one['quantity']} {one['unit']}  {_use(one)}"


def _use(entry: dict[str, Any]) -> str:
    use = entry["use"]
    told = (use["reference"], use["office"], entry["reason"])
    return "  ".join(one for one in told if one)


def _told(lines: Iterable[dict[str, Any]]) -> str:
    return "\n".join(row for line in lines for row in _line(line))


def _line(line: dict[str, Any]) -> Iterable[str]:
    spec = f".{line['spec_no']}" if line["spec_no"] else ""
    head = f"line {line['line_no']}{spec}: {line['decision']}"
    yield f"{head}  {line['reason_code']}  {line['reason']}".rstrip()
    for one in line["checks"]:
        yield f"  {one['outcome']:6} {one['check']:15} {one['detail']}"
        if one["code"]:
            yield f"         {one['code']} ({one['source']})"


def _wrong(errors: Iterable[Any]) -> str:
    return "; ".join(f"/{'/'.join(map(str, one['loc']))}: {one['msg']}" for one in errors)
