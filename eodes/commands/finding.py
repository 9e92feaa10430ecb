"""`eodes finding`: list what the last comparison found, and explain what may stand."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eodes.commands.outcome import emit, reporting, table

if TYPE_CHECKING:
    from eodes.store.records import FoundDifference

_COLUMNS = ("kind", "subject", "repair", "ours", "theirs", "explained_by", "because", "digest")


@click.group()
def finding() -> None:
    """List what comparisons found, and explain it."""


@finding.command("list")
@click.option("--with", "partner", required=True, help="The partner's authority code.")
@reporting
def list_(*, partner: str, as_json: bool, config: Path) -> None:
    """List what the last comparison with PARTNER found, explained or not."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs it

    with opened(config) as node, node.store.read() as unit:
        run = unit.reconciliations.last_ended(partner)
        found = unit.reconciliations.findings(run.run_id) if run else ()
    rows = [told(one) for one in found]
    emit(rows, as_json=as_json, text=table(rows, _COLUMNS))


@finding.command()
@click.argument("digest")
@click.option("--with", "partner", required=True, help="The partner's authority code.")
@click.option("--because", required=True, help="Why the difference may stand, in words.")
@click.option("--by", default=getpass.getuser, help="Who says so; your account unless given.")
@reporting
def explain(  # noqa: PLR0913  # click hands every option over by its name
    *, digest: str, partner: str, because: str, by: str, as_json: bool, config: Path
) -> None:
    """Say why the difference with DIGEST may stand; it opens again when a side's line changes."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs these
    from eodes.exchange import explain as explaining  # noqa: PLC0415
    from eodes.store.records import Explanation  # noqa: PLC0415

    if not because.strip():
        raise click.BadParameter("say it in words", param_hint="--because")
    with opened(config) as node, node.store.begin() as unit:
        explanation = Explanation(because.strip(), by=by, at=node.clock.now())
        found = explaining.explain(unit, digest, partner=partner, explanation=explanation)
    emit(told(found), as_json=as_json, text=f"{found.subject} {found.kind} is explained")


def told(one: FoundDifference) -> dict[str, Any]:
    """Tell a difference with its explanation, as commands print it."""
    explanation = one.explanation
    return {
        "kind": one.kind,
        "subject": one.subject,
        "ours": one.ours,
        "theirs": one.theirs,
        "repair": one.repair,
        "digest": one.digest,
        "because": explanation.because if explanation else "",
        "explained_by": explanation.by if explanation else "",
        "explained_at": explanation.at if explanation else None,
    }
