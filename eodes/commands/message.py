"""`eodes message`: sign, verify, send, show, list, resend."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eodes.commands.outcome import DONE, NETWORK, REFUSED, emit, reporting, table

if TYPE_CHECKING:
    from eodes.bootstrap import Node
    from eodes.store.unit import Unit

_LOOK_AGAIN_SECONDS = 0.1
_FINAL = frozenset({"ACKNOWLEDGED", "REFUSED", "FAILED", "CANCELLED"})


@click.group()
def message() -> None:
    """Sign, verify, send, show, list and resend messages."""


@message.command()
@click.argument("certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "partner", required=True, help="The partner's authority code, as CN-GACC.")
@click.option("--type", "kind", default="co_issue", show_default=True, help="The message type.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
@reporting
def sign(  # noqa: PLR0913  # click hands every option over by its name
    *, certificate: Path, partner: str, kind: str, out: Path | None, as_json: bool, config: Path
) -> None:
    """Write a message in the partner's dialect, validate and sign it; sends nothing.

    The file holds a canonical certificate for co_issue, the body of the message for other types.
    The message stands outside the channel: it bears the next free place, but does not take it.
    """
    from eodes.commands.drafting import sign_unsent  # noqa: PLC0415  # only this command needs it
    from eodes.commands.opening import opened  # noqa: PLC0415

    with opened(config) as node:
        header, document = sign_unsent(node, certificate, partner=partner, kind=kind)
    if out is not None:
        out.write_bytes(document)
    elif not as_json:
        sys.stdout.buffer.write(document)
        return
    where = str(out) if out else None
    emit(
        {"message_id": header.message_id, "type": header.type.value, "file": where},
        as_json=as_json,
        text=f"{header.type} {header.message_id} signed in {where}",
    )


@message.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@reporting
def verify(*, file: Path, as_json: bool, config: Path) -> None:
    """Judge a file exactly as a received message, changing nothing; exit 0 accepted, 1 refused."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs it
    from eodes.domain.refusals.catalogue import meaning_of  # noqa: PLC0415
    from eodes.exchange.judge import Refused  # noqa: PLC0415

    with opened(config) as node:
        verdict = node.judge.judge(
            file.read_bytes(), trust=node.trust.current().keys, at=node.clock.now()
        )
        explained = node.judge.explain(file.read_bytes(), verdict)
    if isinstance(verdict, Refused):
        first = explained[0]
        report: dict[str, Any] = {
            "verdict": "refused",
            "code": first.code,
            "detail": first.detail,
            "path": first.path,
            "box": first.box or None,
            "signed_by": verdict.authority,
            "refusals": [
                {"code": one.code, "detail": one.detail, "path": one.path} for one in explained
            ],
        }
        text = "\n".join(f"refused  {one.code}  {one.path}\n  {one.detail}" for one in explained)
        meaning = meaning_of(first.code)
        if meaning:
            report["next_step"] = meaning.next_step
            text += f"\n  Next: {meaning.next_step}"
    else:
        header = verdict.header
        report = {
            "verdict": "accepted",
            "code": "",
            "detail": f"{header.type} {header.message_id} from {header.sender}",
            "path": "",
            "message_id": header.message_id,
            "type": header.type.value,
            "signed_by": verdict.authority,
            "digest": verdict.document_digest,
            "warnings": [
                {"code": one.code, "detail": one.detail, "path": one.path}
                for one in verdict.warnings
            ],
        }
        text = f"accepted  {report['detail']}"
    emit(report, as_json=as_json, text=text)
    sys.exit(REFUSED if isinstance(verdict, Refused) else DONE)


@message.command()
@click.argument("certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "partner", required=True, help="The partner's authority code, as CN-GACC.")
@click.option("--wait", type=float, default=0, help="Wait so many seconds for the final state.")
@reporting
def send(*, certificate: Path, partner: str, wait: float, as_json: bool, config: Path) -> None:
    """Enqueue a certificate; with --wait, report the final state of the exchange.

    The order to send is the operator's own, so a partner's trigger is not waited for.
    """
    from eodes.commands.drafting import enqueue  # noqa: PLC0415  # only this command needs it
    from eodes.commands.opening import opened  # noqa: PLC0415

    with opened(config) as node:
        message_id = enqueue(node, certificate, partner=partner)
        report = _await_final(node, message_id, seconds=wait)
    emit(report, as_json=as_json, text=_line(report))
    sys.exit(_EXIT.get(str(report["state"]), DONE))


_EXIT = {"REFUSED": REFUSED, "FAILED": NETWORK}


def _await_final(node: Node, message_id: str, *, seconds: float) -> dict[str, Any]:
    """Look until the message is final; seal and deliver here too, a server may not be running."""
    deadline = time.monotonic() + seconds
    while True:
        if seconds:
            node.say_alive()
            node.seal()
            node.deliver()
        with node.store.read() as unit:
            report = describe(unit, message_id)
        if report["state"] in _FINAL or time.monotonic() >= deadline:
            return report
        time.sleep(_LOOK_AGAIN_SECONDS)


@message.command()
@click.argument("message_id")
@reporting
def show(*, message_id: str, as_json: bool, config: Path) -> None:
    """Show a message's state, every attempt, and the evidence that is kept of it."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs it

    with opened(config) as node, node.store.read() as unit:
        report = describe(unit, message_id)
    emit(report, as_json=as_json, text=_lines(report))


@message.command("list")
@click.option("--with", "partner", help="Only of this partner.")
@click.option("--state", help="Only in this state.")
@click.option("--incoming", is_flag=True, help="What partners sent, instead of what we sent.")
@click.option("--refused", is_flag=True, help="What partners sent and we refused.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@reporting
def list_(  # noqa: PLR0913  # click hands every option over by its name
    *,
    partner: str | None,
    state: str | None,
    incoming: bool,
    refused: bool,
    limit: int,
    as_json: bool,
    config: Path,
) -> None:
    """List messages, newest first."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs it
    from eodes.store.records import Page  # noqa: PLC0415

    page = Page(limit=limit, partner=partner, state=state)
    with opened(config) as node, node.store.read() as unit:
        if refused:
            rows = [
                {
                    "partner": row["partner"],
                    "code": row["code"],
                    "detail": row["detail"],
                    "received_at": row["received_at"],
                }
                for row in unit.inbox.refused_page(page)
            ]
            columns: tuple[str, ...] = ("received_at", "partner", "code", "detail")
        elif incoming:
            rows = [
                {
                    "message_id": one.message_id,
                    "partner": one.partner,
                    "type": one.type.value,
                    "state": one.state.value,
                    "answer": one.answer_type.value,
                    "received_at": one.received_at,
                }
                for one in unit.inbox.page(page)
            ]
            columns = ("message_id", "partner", "type", "state", "answer", "received_at")
        else:
            rows = [
                {
                    "message_id": one.message_id,
                    "partner": one.partner,
                    "type": one.type.value,
                    "state": one.state.value,
                    "attempts": one.attempts,
                    "code": one.code,
                    "created_at": one.created_at,
                }
                for one in unit.outbox.page(page)
            ]
            columns = ("message_id", "partner", "type", "state", "attempts", "code", "created_at")
    emit(rows, as_json=as_json, text=table(rows, columns))


@message.command()
@click.argument("message_id")
@reporting
def resend(*, message_id: str, as_json: bool, config: Path) -> None:
    """Have the same bytes sent again; a failed message gets its repeats anew."""
    from eodes.commands.opening import opened  # noqa: PLC0415  # only this command needs these
    from eodes.exchange.resend import Resending  # noqa: PLC0415
    from eodes.exchange.resend import resend as resend_message  # noqa: PLC0415

    with opened(config) as node:
        with node.store.begin() as unit:
            came_of_it = resend_message(unit, message_id, now=node.clock.now())
        with node.store.read() as unit:
            report = describe(unit, message_id)
    emit(report, as_json=as_json, text=f"{message_id} {_CAME_OF_IT[came_of_it.value]}")
    sys.exit(REFUSED if came_of_it is Resending.NEVER_SIGNED else DONE)


_CAME_OF_IT = {
    "GOES_AGAIN": "goes again with the same bytes",
    "NOT_SENT_YET": "waits for its first sending and goes by itself",
    "NEVER_SIGNED": "was never signed, so there are no bytes to send again; issue it anew",
}


def describe(unit: Unit, message_id: str) -> dict[str, Any]:
    """Tell everything kept of a message, ours or a partner's.

    Raises:
        UnknownMessageError: there is none under this id.

    """
    received = unit.inbox.find_by_id(message_id)
    if received is not None:
        return {
            "message_id": received.message_id,
            "direction": "in",
            "partner": received.partner,
            "type": received.type.value,
            "state": received.state.value,
            "received_at": received.received_at,
            "channel_seq": received.channel_seq,
            "document_digest": received.document_digest,
            "signed_with": received.key_sha256,
            "answer": {"message_id": received.answer_id, "type": received.answer_type.value},
        }
    ours = unit.outbox.get(message_id)
    exchange = unit.exchanges.by_message(message_id)
    return {
        "message_id": ours.message_id,
        "direction": "out",
        "partner": ours.partner,
        "type": ours.type.value,
        "state": ours.state.value,
        "exchange": exchange.state.value if exchange else None,
        "code": ours.code,
        "detail": ours.detail,
        "channel_seq": ours.channel_seq,
        "document_digest": ours.document_digest,
        "attempts": [
            {
                "attempt": row["attempt"],
                "started_at": row["started_at"],
                "ended_at": row["ended_at"],
                "outcome": row["outcome"],
                "detail": row["detail"],
            }
            for row in unit.outbox.attempts(message_id)
        ],
        "receipts": [
            {
                "message_id": one.receipt_id,
                "type": one.type.value,
                "received_at": one.received_at,
                "said": one.body,
            }
            for one in unit.outbox.receipts(message_id)
        ],
    }


def _line(report: dict[str, Any]) -> str:
    line = f"{report['message_id']}  {report['type']} to {report['partner']}: {report['state']}"
    exchange = f", certificate {report['exchange']}" if report.get("exchange") else ""
    reason = f"\n  {report['code']}: {report['detail']}" if report.get("code") else ""
    return f"{line}{exchange}{reason}"


def _lines(report: dict[str, Any]) -> str:
    if report["direction"] == "in":
        return json.dumps(report, indent=2, default=str)
    attempts = table(report["attempts"], ("attempt", "started_at", "ended_at", "outcome", "detail"))
    receipts = table(report["receipts"], ("message_id", "type", "received_at"))
    return f"{_line(report)}\n\nAttempts\n{attempts}\n\nSigned answers\n{receipts}"
