"""Blocks of numbers, and what was done on paper, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.applications.schemas import ApplicationOut
from ooms.certificates.schemas import CertificateOut
from ooms.outages.schemas import (
    BlockIn,
    BlockInFull,
    BlockNumberOut,
    BlockOut,
    GivenUpIn,
    PaperApplicationIn,
    PaperIn,
)
from ooms.outages.service import Outages

router = APIRouter(tags=["outages"])
Desk = Annotated[Outages, from_office("outages")]


@router.post("/number-blocks", status_code=201, response_model=BlockOut)
def reserve(body: BlockIn, *, call: TheCall, desk: Desk) -> Response:
    """Set the next numbers of an office's series aside for papers issued by hand."""
    return call.write(
        Action.RESERVE_NUMBERS,
        body,
        lambda work, by: BlockOut.of(desk.reserve(work, body.value(), by=by)),
    )


@router.get("/number-blocks")
def page(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[BlockOut]:
    """List the blocks, the newest first."""
    found = call.read(Action.SEE_REGISTER, lambda work, _by: desk.page(work, window))
    return PageOut[BlockOut](
        items=tuple(BlockOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/number-blocks/{block_id}")
def get(block_id: str, *, call: TheCall, desk: Desk) -> BlockInFull:
    """Return a block with what became of each of its numbers."""
    return call.read(
        Action.SEE_REGISTER, lambda work, _by: BlockInFull.told(*desk.get(work, block_id))
    )


@router.post("/paper-applications", status_code=201, response_model=ApplicationOut)
def enter(body: PaperApplicationIn, *, call: TheCall, desk: Desk) -> Response:
    """Enter an application that came on paper while the system stood still."""
    return call.write(
        Action.REGISTER_PAPER,
        body,
        lambda work, by: ApplicationOut.of(desk.enter(work, body.value(), by=by)),
    )


@router.post(
    "/number-blocks/{block_id}/certificates", status_code=201, response_model=CertificateOut
)
def register(block_id: str, body: PaperIn, *, call: TheCall, desk: Desk) -> Response:
    """Register a paper that was issued by hand, under its number and date."""
    return call.write(
        Action.REGISTER_PAPER,
        body,
        lambda work, by: CertificateOut.of(
            desk.register(work, block_id, paper=body.value(), by=by)
        ),
    )


@router.post(
    "/number-blocks/{block_id}/numbers-without", status_code=201, response_model=BlockNumberOut
)
def give_up(block_id: str, body: GivenUpIn, *, call: TheCall, desk: Desk) -> Response:
    """Declare that a number carries no certificate."""
    return call.write(
        Action.REGISTER_PAPER,
        body,
        lambda work, by: BlockNumberOut.of(
            desk.give_up(
                work, block_id, number=body.number, fate=body.value(), reason=body.reason, by=by
            )
        ),
    )
