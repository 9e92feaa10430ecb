"""The queue: what waits for the office, oldest first; taking it, giving it back, assigning it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk import words
from ooms.portal.desk.showing import show
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit, inside
from ooms.portal.words import STATES

router = APIRouter(include_in_schema=False)

QUEUE = "/desk/queue"
TheFilter = Annotated[str, Query(max_length=30)]


@router.get(QUEUE)
async def queue(  # noqa: PLR0913  # the filters of the page, as its address has them
    visit: TheVisit,
    *,
    state: TheFilter = "",
    agreement: TheFilter = "",
    whose: TheFilter = "",
    overdue: TheFilter = "",
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """Show the queue, as far as the filters in the address want it."""
    filters = {"state": state, "agreement": agreement, "whose": whose, "overdue": overdue}
    found = await visit.api.get("/applications/queue", **filters, cursor=cursor)
    forms = await visit.api.get("/forms")
    return visit.page(
        "desk/queue.html",
        form=Form.of(filters),
        waiting=found["items"],
        following=found["next"],
        filters={name: one for name, one in filters.items() if one},
        agreements=sorted({one["agreement"] for one in forms["items"]}),
        states=STATES,
        words=words,
        officers=await _officers(visit),
    )


@router.post("/desk/applications/{application_id}/review")
async def take(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Take an application, and go to it."""
    await visit.api.post(f"/applications/{application_id}/review", key=f"{form.key}.review")
    return visit.go(f"/desk/applications/{application_id}", done="application-taken")


@router.post("/desk/applications/{application_id}/release")
async def release(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Give an application back, so that a colleague may take it."""
    act = Act("release", form)
    try:
        await act.do(visit, f"/applications/{application_id}/release", act.body())
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(QUEUE, done="application-released")


@router.post("/desk/applications/{application_id}/assignment")
async def assign(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Give an application to an officer."""
    body = form.body("officer_id")
    path = f"/applications/{application_id}/assignment"
    await visit.api.post(path, body, key=f"{form.key}.assign")
    return visit.go(inside(form["back"], QUEUE), done="application-assigned")


async def _officers(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Return to whom an application may be given, by key and name; nobody for who may not give."""
    if visit.role != "SUPERVISOR":
        return ()
    known = await visit.api.get("/officers")
    return tuple((one["user_id"], one["name"]) for one in known["items"] if one["is_let_in"])
