"""`ooms hs`: codes of the Harmonized System, and the wording that the office loads itself."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.nomenclature import EDITIONS, Nomenclature
from ooms.commands.options import CONFIG, REFUSED
from ooms.kernel.hs import HsCode, HsCodeError
from ooms.tariffs.model import levels_of
from ooms.tariffs.schemas import LANGUAGE, TariffFileError, read_tariff

_EDITION = click.Choice([str(edition) for edition in EDITIONS])
_NEWEST = str(EDITIONS[-1])
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
#: Flaws that are worth reading at once; the rest is a count.
_MOST_FLAWS = 50


@click.group()
def hs() -> None:
    """Load the office's tariff; show a code and what it became in another edition."""


@hs.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", type=_EDITION, required=True, help="The edition that FILE is in.")
@click.option("--language", default="en", show_default=True, help="The language of its wording.")
@_AS_JSON
@CONFIG
def import_tariff(*, file: Path, edition: str, language: str, as_json: bool, config: Path) -> None:
    """Load a tariff from FILE, a CSV with code and description; all of it or nothing."""
    if not LANGUAGE.fullmatch(language):
        raise click.UsageError(f"{language} is not a tag of a language, such as en or pt-BR")
    try:
        tariff = read_tariff(
            file.read_bytes(), name=file.name, edition=int(edition), language=language
        )
    except TariffFileError as refused:
        _tell_flaws(refused)
        sys.exit(REFUSED)
    from ooms.bootstrap import opened  # noqa: PLC0415  # heavy; help and bare codes go without

    with opened(config, environment=os.environ) as (_, office):
        loading = office.works.do(
            lambda work: office.tariffs.load(work, tariff, who="ooms hs import")
        )
    report = {
        "edition": tariff.edition,
        "language": language,
        "lines": len(tariff.lines),
        "loading": loading.value,
    }
    told = f"HS {edition}, {language}: {len(tariff.lines)} lines, {loading.value}"
    click.echo(json.dumps(report) if as_json else told)


@hs.command("show")
@click.argument("code")
@click.option(
    "--edition",
    type=_EDITION,
    default=_NEWEST,
    show_default=True,
    help="The edition that CODE is in.",
)
@click.option("--to", "target", type=_EDITION, help="The edition to look for candidates in.")
@_AS_JSON
@CONFIG
def show_code(*, code: str, edition: str, target: str | None, as_json: bool, config: Path) -> None:
    """Show whether CODE exists, its wording where it was loaded, and its candidates.

    Candidates are the codes of the edition --to that goods of CODE may have there.
    Exit 0 if CODE exists, 1 if not.
    """
    try:
        read = HsCode.parse(code)
    except HsCodeError as refused:
        raise click.UsageError(str(refused)) from refused
    known = Nomenclature.of(int(edition)).has(read)
    leads_to = _candidates(read, int(edition), int(target)) if target and known else None
    words = _wording(config, int(edition), codes=levels_of(read.digits))
    document = {
        "code": read.digits,
        "edition": int(edition),
        "exists": known,
        "wording": words,
        "to": int(target) if target else None,
        "candidates": leads_to,
        "candidates_wording": _wording(config, int(target), codes=leads_to)
        if target and leads_to
        else [],
        "question": _question(leads_to, target),
    }
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else _told(document))
    sys.exit(0 if known else REFUSED)


def _candidates(code: HsCode, source: int, target: int) -> list[str]:
    found = load_editions().candidates(code, source, target)
    assert isinstance(found, tuple)  # the code exists, and every edition here leads to every other
    return [candidate.digits for candidate in found]


def _question(candidates: list[str] | None, target: str | None) -> str | None:
    """Say what a person has to decide, None when there is nothing to."""
    if candidates is None or len(candidates) == 1:
        return None
    if not candidates:
        return f"it leads to no code of HS {target}: under which is the good classified there?"
    return f"which of these {len(candidates)} codes of HS {target} is the good's?"


def _wording(config: Path, edition: int, *, codes: Iterable[str]) -> list[dict[str, str]]:
    """Look up what the office loaded; without a node there is nothing to look in."""
    named = click.get_current_context().get_parameter_source("config")
    if named is ParameterSource.DEFAULT and not config.exists():
        return []
    from ooms.bootstrap import opened  # noqa: PLC0415  # heavy; help and bare codes go without

    with opened(config, environment=os.environ) as (_, office):
        found = office.works.read(lambda work: office.tariffs.wording(work, edition, codes=codes))
    return [
        {"language": one.language, "code": one.line.code, "description": one.line.description}
        for one in found
    ]


def _told(document: Mapping[str, Any]) -> str:
    lines = [_standing(HsCode(document["code"]), document["edition"], exists=document["exists"])]
    lines += map(_worded, document["wording"])
    if document["candidates"] is not None:
        lines.append(f"in HS {document['to']}: {' '.join(document['candidates']) or 'none'}")
        lines += map(_worded, document["candidates_wording"])
    if document["question"]:
        lines.append(f"asks: {document['question']}")
    return "\n".join(lines)


def _standing(code: HsCode, edition: int, *, exists: bool) -> str:
    if not exists:
        return f"{code.digits} is not a code of HS {edition}"
    if code.digits == code.subheading:
        return f"{code.digits} is a code of HS {edition}"
    return f"{code.digits} lies in {code.subheading}, a code of HS {edition}"


def _worded(one: Mapping[str, str]) -> str:
    return f"  {one['language']}  {one['code']:12}  {one['description']}"


def _tell_flaws(refused: TariffFileError) -> None:
    for flaw in refused.flaws[:_MOST_FLAWS]:
        click.echo(f"{flaw.pointer}: {flaw.detail}", err=True)
    left = len(refused.flaws) - _MOST_FLAWS
    if left > 0:
        click.echo(f"and {left} more", err=True)
    click.echo("nothing was loaded", err=True)
