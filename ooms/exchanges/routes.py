"""Partners, messages and diagnostics over HTTP, for the partner desk and for operators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.exchanges.model import Wanted, Way
from ooms.exchanges.schemas import (
    ComparisonOut,
    DiagnosticsOut,
    ExplainedOut,
    ExplanationIn,
    KeysOut,
    MessageOut,
    PartnersOut,
    ProofOut,
    ResendingIn,
    ResentOut,
)
from ooms.exchanges.service import Exchanges

router = APIRouter(tags=["exchanges"])
Desk = Annotated[Exchanges, from_office("exchanges")]
Word = Annotated[str | None, Query(max_length=20)]


@router.get("/partners")
def partners(*, call: TheCall, desk: Desk) -> PartnersOut:
    """Tell how things stand with every partner: what waits, what is missing, what ends."""
    return call.read(
        Action.SEE_EXCHANGES, lambda work, _by: PartnersOut.of(desk.partners(now=work.now))
    )


@router.get("/messages")
def messages(  # noqa: PLR0913  # the filters, each by its name
    window: TheWindow,
    *,
    way: Way = Way.SENT,
    partner: Word = None,
    state: Word = None,
    type: Word = None,  # noqa: A002  # the name that a caller writes
    call: TheCall,
    desk: Desk,
) -> PageOut[MessageOut]:
    """List messages, the newest first; `FAILED` among ours are those that were set aside."""
    wanted = Wanted(way, partner, state, type)
    found = call.read(Action.SEE_EXCHANGES, lambda _work, _by: desk.messages(window, wanted=wanted))
    # What was refused is listed by its time alone: it has no place in an order of ids.
    follows = None if way is Way.REFUSED else window.next(found)
    return PageOut[MessageOut](items=tuple(MessageOut.of(one) for one in found), next=follows)


@router.get("/messages/{message_id}")
def message(message_id: str, *, call: TheCall, desk: Desk) -> ProofOut:
    """Return a message with its evidence: digest, signer, attempts and signed answers."""
    return call.read(Action.SEE_EXCHANGES, lambda _work, _by: ProofOut.of(desk.message(message_id)))


@router.post("/messages/{message_id}/resending", response_model=ResentOut)
def resend(message_id: str, body: ResendingIn, *, call: TheCall, desk: Desk) -> Response:
    """Have the same bytes of a message of ours sent again; one that was set aside tries anew."""
    return call.write(
        Action.RESEND_MESSAGE,
        body,
        lambda work, by: ResentOut.of(desk.resend(work, message_id, because=body.reason, by=by)),
        status=200,
    )


@router.get("/partners/{partner}/comparison")
def comparison(partner: str, *, call: TheCall, desk: Desk) -> ComparisonOut:
    """Return what the last comparison with a partner found, certificate by certificate."""
    return call.read(
        Action.SEE_EXCHANGES, lambda _work, _by: ComparisonOut.of(desk.comparison(partner))
    )


@router.post("/partners/{partner}/differences/{digest}/explanation", response_model=ExplainedOut)
def explain(
    partner: str, digest: str, body: ExplanationIn, *, call: TheCall, desk: Desk
) -> Response:
    """Say why a difference may stand; it is listed on, and open again when a line changes."""
    return call.write(
        Action.EXPLAIN_DIFFERENCE,
        body,
        lambda work, by: ExplainedOut.of(
            desk.explain(work, partner, digest=digest, because=body.reason, by=by),
            partner=partner,
        ),
        status=200,
    )


@router.get("/signing-keys")
def signing_keys(*, call: TheCall, desk: Desk) -> KeysOut:
    """List our own signing key and those that partners are trusted by, with their last days."""
    return call.read(
        Action.SEE_EXCHANGES, lambda work, _by: KeysOut.of(desk.signing_keys(), now=work.now)
    )


@router.get("/diagnostics")
def diagnostics(*, call: TheCall, desk: Desk) -> DiagnosticsOut:
    """Tell how the system stands: database, clock, keys, disk, jobs, partners."""
    return call.read(
        Action.SEE_DIAGNOSTICS, lambda _work, _by: DiagnosticsOut.of(desk.diagnostics())
    )
