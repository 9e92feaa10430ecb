"""`ooms determine`: does a good originate?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.registry import load_shipped
from ooms.agreements.treaty_words.reading import read_rule
from ooms.commands.options import REFUSED
from ooms.origin import explain
from ooms.origin.case import read_case
from ooms.origin.determine import determine as judge


@click.command()
@click.argument("case", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def determine(*, case: Path, as_json: bool) -> None:
    """Judge one case of origin; exit 0 originating, 1 not originating or a fact is missing."""
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
