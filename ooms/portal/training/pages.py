"""The exercises of somebody's role, each marked done by how its case stands."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ooms.portal.client import Refused
from ooms.portal.training.words import EXERCISES, Told
from ooms.portal.visit import TheVisit, Visit

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """An exercise as it is shown: its words, its page, and whether its case stands as it should."""

    told: Told
    page: str
    is_done: bool


@router.get("/training")
async def exercises(visit: TheVisit) -> HTMLResponse:
    """Show the exercises, and which of them are done."""
    found = (await visit.api.get("/account/exercises"))["items"]
    shown = await asyncio.gather(*(_shown(visit, one) for one in found))
    done = sum(one.is_done for one in shown)
    return visit.page("training/exercises.html", exercises=shown, done_count=done)


async def _shown(visit: Visit, exercise: Any) -> Shown:
    told = EXERCISES[exercise["code"]]
    if not exercise["look"]:
        return Shown(told, "", is_done=False)
    try:
        answer = await visit.api.get(exercise["look"])
    except Refused as refused:
        # Another company's case, or one that was taken away: it is no exercise of this person.
        if refused.status is not HTTPStatus.NOT_FOUND:
            raise
        return Shown(told, "", is_done=False)
    stands = _member(answer, exercise["member"])
    return Shown(told, exercise["page"], is_done=stands in exercise["ends"])


def _member(answer: Any, place: str) -> Any:
    """Return what stands at a place of an answer; nothing where the place is not there yet."""
    for step in place.split("."):
        if isinstance(answer, list):
            answer = answer[int(step)] if answer else None
        else:
            answer = answer.get(step) if answer else None
    return answer
