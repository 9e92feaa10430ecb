"""Cross-checks over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action, User
from ooms.crosschecks.refreshing import Lists
from ooms.crosschecks.schemas import (
    AnswerOut,
    AnswersOut,
    CrosschecksOut,
    LetPassIn,
    ObstacleOut,
    RoundIn,
    SourcesOut,
)
from ooms.crosschecks.service import Crosschecks
from ooms.db import Work

router = APIRouter(tags=["cross-checks"])
Desk = Annotated[Crosschecks, from_office("crosschecks")]
Listed = Annotated[Lists, from_office("crosscheck_lists")]


@router.post(
    "/applications/{application_id}/crosschecks", status_code=201, response_model=AnswersOut
)
def run(application_id: str, body: RoundIn | None = None, *, call: TheCall, desk: Desk) -> Response:
    """Ask every register that this office asks, and keep the answers."""
    stated = (body or RoundIn()).value()
    return call.write_around(
        Action.DECIDE_APPLICATION,
        body,
        before=lambda work, by: desk.gather(work, application_id, stated=stated, by=by),
        outside=lambda asked: (asked, desk.ask(asked)),
        after=lambda work, by, both: AnswersOut(
            items=tuple(AnswerOut.of(one) for one in desk.keep(work, *both, by=by))
        ),
    )


@router.get("/applications/{application_id}/crosschecks")
def of(application_id: str, *, call: TheCall, desk: Desk) -> CrosschecksOut:
    """Return every answer about an application, and what stands in the way of its issue."""

    def told(work: Work, by: User) -> CrosschecksOut:
        answers, obstacles = desk.of(work, application_id, by=by)
        return CrosschecksOut(
            items=tuple(AnswerOut.of(one) for one in answers),
            obstacles=tuple(
                ObstacleOut(kind=kind, policy=desk.rules[kind].policy, detail=detail)
                for kind, detail in obstacles.items()
            ),
        )

    return call.read(Action.SEE_CROSSCHECK, told)


@router.post(
    "/applications/{application_id}/crosschecks/{answer_id}/override", response_model=AnswerOut
)
def override(
    application_id: str, answer_id: str, body: LetPassIn, *, call: TheCall, desk: Desk
) -> Response:
    """Let a soft answer pass, with a reason."""
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: AnswerOut.of(
            desk.override(work, application_id, answer_id=answer_id, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.post(
    "/applications/{application_id}/crosschecks/{answer_id}/release", response_model=AnswerOut
)
def release(
    application_id: str, answer_id: str, body: LetPassIn, *, call: TheCall, desk: Desk
) -> Response:
    """Let a hard answer pass, by a supervisor."""
    return call.write(
        Action.RELEASE_CROSSCHECK,
        body,
        lambda work, by: AnswerOut.of(
            desk.release(work, application_id, answer_id=answer_id, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.get("/crosschecks/sources")
def sources(*, call: TheCall, desk: Desk, lists: Listed) -> SourcesOut:
    """Return every register that is asked here; of a list also why its file was refused."""
    lists_now = call.read(Action.SEE_CROSSCHECK_SOURCES, lambda work, _by: lists.sources(work))
    return SourcesOut.of(desk.rules, lists_now)
