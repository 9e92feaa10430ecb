"""`eodes reconcile`: compare both sides of a day, print and record what differs."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eodes.commands.finding import told
from eodes.commands.outcome import DONE, NETWORK, REFUSED, emit, reporting, table

if TYPE_CHECKING:
    from eodes.bootstrap import Node

_LOOK_AGAIN_SECONDS = 0.2


@click.command()
@click.option("--with", "partner", required=True, help="The partner's authority code.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day; yesterday unless given.")
@click.option("--days", type=click.IntRange(1, 366), default=1, help="So many days from there on.")
@click.option("--wait", type=float, default=30, show_default=True, help="Seconds to wait.")
@reporting
def reconcile(  # noqa: PLR0913  # click hands every option over by its name
    *, partner: str, day: datetime | None, days: int, wait: float, as_json: bool, config: Path
) -> None:
    """Compare a day with PARTNER through signed messages; repair what policy allows.

    Exit 0 when both sides agree or all that differs is explained, 1 when something differs
    unexplained, 4 when the partner did not answer.
    """
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs these
    from eodes.exchange.reconcile import yesterday  # noqa: PLC0415

    with opened(config) as node:
        to = node.trust.current().partner(partner)
        now = node.clock.now()
        first = day.date() if day else yesterday(to, now=now)
        last = first + timedelta(days=days - 1)
        run_id = node.reconciling.start(to, first=first, last=last, now=now)
        report = _await_end(node, run_id, seconds=wait)
    columns = ("kind", "subject", "repair", "ours", "theirs", "because")
    text = f"{partner} {first}..{last}: {report['state']}"
    if report["findings"]:
        text += "\n" + table(report["findings"], columns)
    emit(report, as_json=as_json, text=text)
    is_open = any(not one["because"] for one in report["findings"])
    sys.exit({"MATCH": DONE, "DIFF": REFUSED if is_open else DONE}.get(report["state"], NETWORK))


def _await_end(node: Node, run_id: str, *, seconds: float) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while True:
        node.say_alive()
        node.seal()
        node.deliver()
        node.settle()
        with node.store.read() as unit:
            run = unit.reconciliations.find(run_id)
            found = unit.reconciliations.findings(run_id)
        assert run is not None
        if run.ended_at is not None or time.monotonic() >= deadline:
            break
        time.sleep(_LOOK_AGAIN_SECONDS)
    return {
        "run_id": run_id,
        "partner": run.partner,
        "day_from": run.day_from,
        "day_to": run.day_to,
        "state": run.state if run.ended_at else "NO_ANSWER",
        "ours_count": run.ours_count,
        "findings": [told(one) for one in found],
    }
