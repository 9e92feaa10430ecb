"""Producers' cost statements over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.confidentiality import Confidentiality, Kind, Sight
from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.cost_statements.model import Judged
from ooms.cost_statements.schemas import CostStatementIn, CostStatementOut, WithdrawalIn
from ooms.cost_statements.service import CostStatements
from ooms.db import Work
from ooms.determinations.routes import TheWords

router = APIRouter(prefix="/cost-statements", tags=["cost statements"])
Desk = Annotated[CostStatements, from_office("cost_statements")]
Privacy = Annotated[Confidentiality, from_office("confidentiality")]


@router.post("", status_code=201, response_model=CostStatementOut)
def file(body: CostStatementIn, *, call: TheCall, desk: Desk, words: TheWords) -> Response:
    """File a statement of origin with its costs, for an exporter who does not get to see them."""
    return call.write(
        Action.FILE_COST_STATEMENT,
        body,
        lambda work, by: CostStatementOut.of(
            desk.file(work, body.value(today=work.today), by=by),
            words,
            seen=Sight.OWN,
            on=work.today,
        ),
    )


@router.post("/{statement_id}/withdrawal", response_model=CostStatementOut)
def withdraw(
    statement_id: str, body: WithdrawalIn, *, call: TheCall, desk: Desk, words: TheWords
) -> Response:
    """Take a statement back; applications that cite it no longer stand on it."""
    return call.write(
        Action.FILE_COST_STATEMENT,
        body,
        lambda work, by: CostStatementOut.of(
            desk.withdraw(work, statement_id, reason=body.reason, by=by),
            words,
            seen=Sight.OWN,
            on=work.today,
        ),
        status=200,
    )


@router.get("/{statement_id}")
def get(
    statement_id: str, *, call: TheCall, desk: Desk, privacy: Privacy, words: TheWords
) -> CostStatementOut:
    """Return a statement: whole to its producer and the deciding officer."""

    def shown(work: Work, by: User) -> CostStatementOut:
        found = desk.get(work, statement_id, by=by)
        seen = _seen(privacy, work, (found,), by=by)[statement_id]
        return CostStatementOut.of(found, words, seen=seen, on=work.today)

    return call.read(Action.SEE_COST_STATEMENT, shown)


@router.get("")
def page(
    window: TheWindow, *, call: TheCall, desk: Desk, privacy: Privacy, words: TheWords
) -> PageOut[CostStatementOut]:
    """List the statements that the caller's company filed or may cite, the newest first."""

    def shown(work: Work, by: User) -> tuple[CostStatementOut, ...]:
        every = desk.page(work, window, by=by)
        seen = _seen(privacy, work, every, by=by)
        return tuple(
            CostStatementOut.of(one, words, seen=seen[one.statement.id], on=work.today)
            for one in every
        )

    found = call.read(Action.SEE_COST_STATEMENT, shown)
    return PageOut[CostStatementOut](
        items=found,
        next=found[-1].reference if len(found) == window.limit else None,
    )


def _seen(
    privacy: Confidentiality, work: Work, every: tuple[Judged, ...], *, by: User
) -> dict[str, Sight]:
    owners = {one.statement.id: one.statement.producer_id for one in every}
    return privacy.sights(work, owners, kind=Kind.DETERMINATION, by=by)
