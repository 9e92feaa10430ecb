"""Lists of applicants over HTTP: facts, figures, editions, contests, later looks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.listings.model import ListKind, PostOutcome
from ooms.listings.schemas import (
    BecauseIn,
    ContestAnswerIn,
    ContestIn,
    ContestOut,
    ContestsOut,
    EditionOut,
    EditionsOut,
    FactIn,
    FactOut,
    FactsOut,
    PostCheckIn,
    RemovalIn,
    StandingOut,
    UrgentIn,
    WaiverOut,
    WaiversOut,
)
from ooms.listings.service import Listings
from ooms.listings.waivers import Waivers

router = APIRouter(prefix="/approvals", tags=["lists of applicants"])
Desk = Annotated[Listings, from_office("listings")]
Waiving = Annotated[Waivers, from_office("waivers")]
Year = Annotated[int, Query(ge=2000, le=2999)]


@router.get("/standing")
def standing(year: Year, *, call: TheCall, desk: Desk) -> StandingOut:
    """Show the own company's figures of a year, and the lists that it stands on."""
    return call.read(
        Action.SEE_OWN_FIGURES,
        lambda work, by: StandingOut.of(
            desk.standing(work, by.company or "", year=year), desk.contests(work, by=by)
        ),
    )


@router.get("/figures")
def figures(
    exporter_id: Annotated[str, Query(max_length=36)], year: Year, *, call: TheCall, desk: Desk
) -> StandingOut:
    """Show a company's figures of a year."""
    return call.read(
        Action.SEE_LISTS,
        lambda work, _by: StandingOut.of(desk.standing(work, exporter_id, year=year), ()),
    )


@router.post("/facts", status_code=201, response_model=FactOut)
def state_fact(body: FactIn, *, call: TheCall, desk: Desk) -> Response:
    """State a fact about an applicant."""
    return call.write(
        Action.STATE_FACTS,
        body,
        lambda work, by: FactOut.of(desk.state_fact(work, body.value(work.now), by=by)),
    )


@router.post("/facts/{fact_id}/withdrawal", response_model=FactOut)
def withdraw_fact(fact_id: str, body: BecauseIn, *, call: TheCall, desk: Desk) -> Response:
    """Take a stated fact back."""
    return call.write(
        Action.STATE_FACTS,
        body,
        lambda work, by: FactOut.of(desk.withdraw_fact(work, fact_id, because=body.reason, by=by)),
        status=200,
    )


@router.get("/facts")
def facts(
    exporter_id: Annotated[str, Query(max_length=36)], *, call: TheCall, desk: Desk
) -> FactsOut:
    """Return what is stated about a company."""
    found = call.read(Action.SEE_LISTS, lambda work, _by: desk.facts(work, exporter_id))
    return FactsOut(items=tuple(FactOut.of(one) for one in found))


@router.get("/lists/{kind}")
def editions(kind: ListKind, *, call: TheCall, desk: Desk) -> EditionsOut:
    """Return the editions of a list, the newest first."""
    return call.read(
        Action.SEE_LISTS,
        lambda work, _by: EditionsOut(
            items=tuple(EditionOut.of(one, on=work.today) for one in desk.editions(work, kind))
        ),
    )


@router.post("/lists/{kind}/proposal", status_code=201, response_model=EditionOut)
def propose(kind: ListKind, *, call: TheCall, desk: Desk) -> Response:
    """Propose this year's list afresh, from today's facts."""
    return call.write(
        Action.STATE_FACTS,
        None,
        lambda work, by: EditionOut.of(desk.propose(work, kind, who=by.login), on=work.today),
    )


@router.post("/lists/urgent-entry", status_code=201, response_model=EditionOut)
def list_urgently(body: UrgentIn, *, call: TheCall, desk: Desk) -> Response:
    """Put a company on the list for on-site checks at once."""
    return call.write(
        Action.FIX_LISTS,
        body,
        lambda work, by: EditionOut.of(
            desk.list_urgently(work, body.value(), by=by), on=work.today
        ),
    )


@router.get("/lists/editions/{edition_id}")
def edition(edition_id: str, *, call: TheCall, desk: Desk) -> EditionOut:
    """Return an edition of a list."""
    return call.read(
        Action.SEE_LISTS,
        lambda work, _by: EditionOut.of(desk.edition(work, edition_id), on=work.today),
    )


@router.post("/lists/editions/{edition_id}/publication", response_model=EditionOut)
def publish(edition_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Fix a proposed list; it never changes again."""
    return call.write(
        Action.FIX_LISTS,
        None,
        lambda work, by: EditionOut.of(desk.publish(work, edition_id, by=by), on=work.today),
        status=200,
    )


@router.post("/lists/editions/{edition_id}/removal", response_model=EditionOut)
def remove(edition_id: str, body: RemovalIn, *, call: TheCall, desk: Desk) -> Response:
    """Take a company off a list."""
    why = body.reason_code, body.reason
    return call.write(
        Action.FIX_LISTS,
        body,
        lambda work, by: EditionOut.of(
            desk.remove(work, edition_id, exporter_id=body.exporter_id, why=why, by=by),
            on=work.today,
        ),
        status=200,
    )


@router.get("/contests")
def contests(call: TheCall, desk: Desk) -> ContestsOut:
    """Return the contests of all companies."""
    found = call.read(Action.SEE_LISTS, lambda work, by: desk.contests(work, by=by))
    return ContestsOut(items=tuple(ContestOut.of(one) for one in found))


@router.post("/contests", status_code=201, response_model=ContestOut)
def contest(body: ContestIn, *, call: TheCall, desk: Desk) -> Response:
    """Say something against the own entry on a list."""
    return call.write(
        Action.SEE_OWN_FIGURES,
        body,
        lambda work, by: ContestOut.of(
            desk.contest(work, body.edition_id, statement=body.statement, by=by)
        ),
    )


@router.post("/contests/{contest_id}/answer", response_model=ContestOut)
def answer_contest(
    contest_id: str, body: ContestAnswerIn, *, call: TheCall, desk: Desk
) -> Response:
    """Answer a contest; upheld, the company leaves the list."""
    return call.write(
        Action.FIX_LISTS,
        body,
        lambda work, by: ContestOut.of(
            desk.answer_contest(
                work, contest_id, is_upheld=body.is_upheld, answer=body.answer, by=by
            )
        ),
        status=200,
    )


@router.get("/post-checks")
def to_check(call: TheCall, desk: Waiving) -> WaiversOut:
    """Return the sampled issues without review that wait for a later look."""
    found = call.read(Action.SEE_LISTS, lambda work, _by: desk.to_check(work))
    return WaiversOut(items=tuple(WaiverOut.of(one) for one in found))


@router.post("/post-checks/{application_id}", response_model=WaiverOut)
def keep_outcome(
    application_id: str, body: PostCheckIn, *, call: TheCall, desk: Waiving
) -> Response:
    """Keep what a later look found."""
    outcome = PostOutcome(body.outcome)
    return call.write(
        Action.STATE_FACTS,
        body,
        lambda work, by: WaiverOut.of(
            desk.keep_outcome(work, application_id, outcome=outcome, text=body.text, by=by)
        ),
        status=200,
    )


@router.get("/waivers/{application_id}")
def waiver(application_id: str, *, call: TheCall, desk: Waiving) -> WaiverOut:
    """Return the waiver of an application's review."""
    return call.read(
        Action.SEE_APPLICATION,
        lambda work, by: WaiverOut.of(desk.get(work, application_id, by=by)),
    )
