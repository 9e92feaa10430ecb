"""`ooms claims`: judge preference claims against what was received."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from ooms.commands.options import CONFIG, REFUSED

_GRANTED = "GRANTED"


@click.group()
def claims() -> None:
    """Judge preference claims against what was received."""


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
