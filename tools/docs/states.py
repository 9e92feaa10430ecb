"""The reference page of the states: every table with its moves, as the code allows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from eodes.domain import lifecycle
from eodes.domain.lifecycle import (
    TABLES,
    Exchange,
    Incoming,
    Outgoing,
    Registered,
    Verification,
    Visit,
)
from tools.docs import markdown, office_states

#: What each state means, by table, and who takes it on from there.
_MEANINGS: Mapping[str, Mapping[StrEnum, tuple[str, str]]] = {
    lifecycle.EXCHANGE.name: {
        Exchange.NOT_EXCHANGEABLE: (
            "no partner takes the form: paper only; nothing moves here yet",
            "",
        ),
        Exchange.AWAITING_TRIGGER: (
            "prepared; the partner wants it only after an export declaration or an order",
            "the link to the export declaration, or `eodes message send`",
        ),
        Exchange.QUEUED: ("to be sent", "jobs `seal` and `deliver`"),
        Exchange.SENT: ("an attempt was made and no answer is stored", "job `deliver`"),
        Exchange.RECEIVED: (
            "the partner has the bytes",
            "the partner's next answer, else job `expire`",
        ),
        Exchange.ACCEPTED: (
            "signature, schema and rules stand on the other side",
            "the partner's next answer, else job `expire`",
        ),
        Exchange.HELD: ("the partner waits for the certificate that it replaces", "the partner"),
        Exchange.REGISTERED: ("in the partner's register, usable for claims", "use feedback"),
        Exchange.LINKED: ("the partner linked it to a declaration", "use feedback"),
        Exchange.USED_PARTLY: ("preference was granted for a part", "use feedback"),
        Exchange.USED: ("preference was granted", "use feedback, if it is taken back"),
        Exchange.DENIED: ("preference was denied", "use feedback, if it is granted after all"),
        Exchange.CANCEL_PENDING: ("a cancellation was asked for", "the partner's reply"),
        Exchange.CANCELLED: ("the partner cancelled it, unused", ""),
        Exchange.SUPERSEDED: ("replaced by a certificate under a new number", ""),
        Exchange.ANNULLED: ("declared void by its issuer", ""),
        Exchange.REJECTED_TECHNICAL: (
            "refused with an `ENV-`, `SIG-`, `SCH-`, `AUT-` or `SYS-` code",
            "a person",
        ),
        Exchange.REJECTED_BUSINESS: ("refused with any other code", "a person"),
        Exchange.UNKNOWN: (
            "nobody knows: no answer came in time",
            "a late answer, reconciliation, or a person",
        ),
        Exchange.SUSPENDED: (
            "sending to the partner is held back; nothing moves here yet",
            "`eodes partner resume`",
        ),
    },
    lifecycle.INCOMING.name: {
        Incoming.ACCEPTED: (
            "judged good and recorded; its consequences are to be drawn",
            "job `settle`",
        ),
        Incoming.HELD: ("good, but the certificate that it replaces is missing", "job `release`"),
        Incoming.SETTLED: ("everything that follows from it has been done", ""),
    },
    lifecycle.OUTGOING.name: {
        Outgoing.QUEUED: ("the intent is stored with the change that caused it", "job `seal`"),
        Outgoing.NUMBERED: (
            "it has its place in the channel and its exact unsigned bytes",
            "job `seal`",
        ),
        Outgoing.SEALED: ("signed; every attempt sends these bytes", "job `deliver`"),
        Outgoing.SENDING: (
            "a call may be under way, or the process died in it",
            "job `deliver`, when the lease of the call has ended",
        ),
        Outgoing.AWAITING: (
            "the partner has it; the final answer is still to come",
            "job `expire`",
        ),
        Outgoing.ACKNOWLEDGED: ("the partner's ACK_BUSINESS is stored", ""),
        Outgoing.REFUSED: ("the partner's ERROR is stored", ""),
        Outgoing.FAILED: (
            "repeats used up, answer overdue, or never taken",
            "a person; a late answer still counts",
        ),
        Outgoing.CANCELLED: ("taken back before it got a place in the channel", ""),
    },
    lifecycle.REGISTERED.name: {
        Registered.AVAILABLE: ("may be claimed", ""),
        Registered.HELD: ("waits for the certificate that it replaces", "job `release`"),
        Registered.SUPERSEDED: ("replaced by another number", ""),
        Registered.CANCELLED: ("taken back by its issuer, unused", ""),
        Registered.ANNULLED: ("declared void by its issuer, used or not", ""),
    },
    lifecycle.VERIFICATION.name: {
        Verification.REQUESTED: (
            "the asking side waits for a result, also after it asked again",
            "`VERIF_RESULT`, or the asking side's determination when none came in time",
        ),
        Verification.ANSWERED: (
            "a result came",
            "`VERIF_DETERMINE`, a further `VERIF_REQUEST`, or a visit",
        ),
        Verification.DETERMINED: ("the asking side decided; only a revision follows", ""),
    },
    lifecycle.VISIT.name: {
        Visit.PROPOSED: ("the asking side wants to come", "`VISIT_ANSWER`"),
        Visit.AGREED: ("consented, or put off to other days", "`VISIT_FINDINGS`"),
        Visit.REFUSED: ("the visited person or the issuing side said no", "another proposal"),
        Visit.HELD: (
            "it took place; a determination is drafted",
            "`VISIT_COMMENTS`, else `VISIT_FINAL`",
        ),
        Visit.COMMENTED: ("the draft was commented on", "`VISIT_FINAL`"),
        Visit.FINAL: ("determined; the verification with it", ""),
    },
}


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    sources = "`eodes/domain/lifecycle.py` and the models of the desks"
    return {"states.md": markdown.page("States", sources, _lines())}


def _lines() -> Iterator[str]:
    yield "Every change of a state goes through these tables; a move that is not here is a defect."
    yield "A state from which nothing follows is final."
    for one in TABLES:
        yield from _table(one.name, one.moves, _MEANINGS[one.name])
    for desk in office_states.TABLES:
        yield from _table(desk.name, desk.moves, desk.meanings)


def _table(
    name: str,
    moves: Mapping[Any, frozenset[Any]],
    meanings: Mapping[Any, tuple[str, str]],
) -> Iterator[str]:
    yield from markdown.section(name.capitalize())
    yield from markdown.table(
        ("state", "means", "moves to", "who takes it on"),
        (
            (
                markdown.code(state),
                meanings[state][0],
                markdown.codes(sorted(following)) or "(final)",
                meanings[state][1],
            )
            for state, following in moves.items()
        ),
    )
    yield ""
    yield "Rows are where it stands, columns where it may go:"
    yield ""
    yield "```text"
    yield from _matrix({state.value: {to.value for to in tos} for state, tos in moves.items()})
    yield "```"


def _matrix(moves: Mapping[str, set[str]]) -> Iterator[str]:
    width = max(map(len, moves)) + 4
    for number, state in enumerate(moves, start=1):
        marks = " ".join(
            (" x" if other in moves[state] else " .") if other != state else " -" for other in moves
        )
        yield f"{number:2}  {state:{width}}{marks}"
    yield f"    {'':{width}}{' '.join(f'{number:2}' for number in range(1, len(moves) + 1))}"
