"""Claims over HTTP."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Query, Response, UploadFile

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.claims.declaration import Declaration
from ooms.claims.file_schemas import FileIn, FileOut
from ooms.claims.held_schemas import HeldOut, HeldsOut
from ooms.claims.intake import MOST_BYTES, Handed, Taken, declarations, take
from ooms.claims.model import Claim, Decision, Sought
from ooms.claims.restricting import Restrictions
from ooms.claims.restriction_schemas import (
    EndedOut,
    RestrictionEndIn,
    RestrictionIn,
    RestrictionOut,
)
from ooms.claims.schemas import ClaimIn, ClaimOut, ExaminedOut, LineDecisionIn
from ooms.claims.service import Claims
from ooms.db import Work

router = APIRouter(prefix="/claims", tags=["claims"])
Desk = Annotated[Claims, from_office("claims")]
List = Annotated[Restrictions, from_office("restrictions")]


def _sought(
    *,
    declaration_number: Annotated[str | None, Query(max_length=35)] = None,
    certificate_number: Annotated[str | None, Query(max_length=35)] = None,
    decision: Annotated[
        Decision | None, Query(description="Claims with a line that is decided so now.")
    ] = None,
    channel: Annotated[
        Literal["GREEN", "YELLOW", "RED"] | None,
        Query(description="Claims with a line that the selection of risks sent there."),
    ] = None,
    oldest_first: bool = False,
) -> Sought:
    return Sought(declaration_number, certificate_number, decision, channel, oldest_first)


@router.post("", status_code=201, response_model=ClaimOut)
def check(body: ClaimIn, *, call: TheCall, desk: Desk) -> Response:
    """Check a declaration's preference claims and decide what the rules decide."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: ClaimOut.of(desk.check(work, body.value(today=work.today), by=by)),
    )


@router.post("/examination", response_model=ExaminedOut)
async def examine(body: ClaimIn, *, call: TheCall, desk: Desk) -> Response:
    """Check a declaration's preference claims; nothing is decided, drawn, told or kept."""

    def examined(work: Work, _by: User) -> ExaminedOut:
        return ExaminedOut.of(
            body.declaration_number, desk.examine(work, body.value(today=work.today))
        )

    return await call.look_up(Action.CLAIM, examined)


@router.post("/files", response_model=FileOut)
def hand_in(file: Annotated[UploadFile, File()], *, call: TheCall, desk: Desk) -> Response:
    """Check a file of declarations, `.ndjson` or `.csv`, each in a transaction of its own.

    What is wrong with one stops no other; a file that is handed in again changes nothing.
    """
    content = file.file.read(MOST_BYTES + 1)
    name = file.filename or ""
    body = FileIn.model_construct(file=name[:255], sha256=hashlib.sha256(content).hexdigest())

    def seen(_work: Work, by: User) -> User:
        return by

    def taken(by: User) -> tuple[Taken, ...]:
        def checked(declaration: Declaration) -> Claim:
            return call.works.do(lambda work: desk.check(work, declaration, by=by))

        today = call.works.read(lambda work: work.today)
        one_by_one = partial(take, declared=lambda one: one.value(today=today), check=checked)
        handed: tuple[Handed, ...] = declarations(name, content)
        return tuple(map(one_by_one, handed))

    return call.write_around(
        Action.CLAIM,
        body,
        before=seen,
        outside=taken,
        after=lambda _work, _by, told: FileOut.of(name, told),
        status=200,
    )


@router.get("/restrictions")
def restrictions(window: TheWindow, *, call: TheCall, desk: List) -> PageOut[RestrictionOut]:
    """List the persons whose goods are looked at before release, the newest first."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.page(work, window))
    return PageOut[RestrictionOut](
        items=tuple(RestrictionOut.of(one) for one in found),
        next=window.next(found),
    )


@router.post("/restrictions", status_code=201, response_model=RestrictionOut)
def restrict(body: RestrictionIn, *, call: TheCall, desk: List) -> Response:
    """Put somebody on the list of restrictions."""

    def added(work: Work, by: User) -> RestrictionOut:
        made = body.value(restriction_id=work.new_id(), today=work.today, by=by.id)
        return RestrictionOut.of(desk.add(work, made, by=by))

    return call.write(Action.CLAIM, body, added)


@router.post("/restrictions/{restriction_id}/end", response_model=EndedOut)
def end_restriction(
    restriction_id: str, body: RestrictionEndIn, *, call: TheCall, desk: List
) -> Response:
    """Take somebody off the list of restrictions."""

    def ended(work: Work, by: User) -> EndedOut:
        desk.end(work, restriction_id, reason=body.reason, by=by)
        return EndedOut(id=restriction_id)

    return call.write(Action.CLAIM, body, ended, status=200)


@router.post("/{claim_id}/lines/{line_no}/decision", response_model=ClaimOut)
def decide_line(
    claim_id: str, line_no: int, body: LineDecisionIn, *, call: TheCall, desk: Desk
) -> Response:
    """Decide a line that the checks left to an officer."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: ClaimOut.of(
            desk.decide_line(
                work,
                claim_id,
                line_no=line_no,
                decision=Decision(body.decision),
                reason=body.reason,
                by=by,
                spec_no=body.specification,
            )
        ),
        status=200,
    )


@router.get("/certificates")
def received(
    number: Annotated[str, Query(min_length=1, max_length=35)], *, call: TheCall, desk: Desk
) -> HeldsOut:
    """Show what partners sent under a certificate's number, however it is spelled."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.received(work, number))
    return HeldsOut(items=tuple(HeldOut.of(one) for one in found))


@router.get("/{claim_id}/certificates")
def certificates(claim_id: str, *, call: TheCall, desk: Desk) -> HeldsOut:
    """Show the certificates that a claim's lines may mean, as received, and as they stand now."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.certificates(work, claim_id))
    return HeldsOut.meant(found)


@router.get("/{claim_id}")
def get(claim_id: str, *, call: TheCall, desk: Desk) -> ClaimOut:
    """Show a claim."""
    return call.read(Action.SEE_CLAIM, lambda work, _by: ClaimOut.of(desk.get(work, claim_id)))


@router.get("")
def page(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    sought: Annotated[Sought, Depends(_sought)],
) -> PageOut[ClaimOut]:
    """List claims, the newest first unless the oldest are wanted first."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.page(work, window, sought))
    return PageOut[ClaimOut](
        items=tuple(ClaimOut.of(one) for one in found),
        next=window.next(found),
    )
