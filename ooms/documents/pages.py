"""The public check of a document: a PDF or a photograph, no login, three plain answers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from ooms.access.dependencies import is_hasty
from ooms.certificates.pages import shown_of
from ooms.documents.scan import MAX_BYTES, MIB

_NO_STORE = {"Cache-Control": "no-store"}
#: The form around the file.
_FRAME_BYTES = 4096


class BoundedRoute(APIRoute):
    """Refuses a body that is too large, or of no stated size, before a byte of it is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the look at the size in front."""
        answer = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            stated = request.headers.get("content-length", "")
            if not stated.isdecimal() or int(stated) > MAX_BYTES + _FRAME_BYTES:
                return _page(request, "too_large.html", most=MAX_BYTES // MIB, status=413)
            return await answer(request)

        return bounded


router = APIRouter(include_in_schema=False, route_class=BoundedRoute)


@router.post("/verify/document")
def check_document(request: Request, file: Annotated[UploadFile, File()]) -> Response:
    """Check a document: what its seal proves, and what this office's register says of it."""
    office = request.app.state.office
    if is_hasty(request, at=office.works.clock()):
        return _page(request, "busy.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    today = office.works.read(lambda work: work.today)
    checked = office.documents.check(file.file.read(MAX_BYTES + 1), on=today)
    found = office.works.read(lambda work: office.documents.look_up(work, checked))
    registered = found.registered
    shown = shown_of(registered, found.successor, on=today) if registered else None
    return _page(
        request,
        "verify.html",
        asked=False,
        shown=shown,
        number="",
        checked=checked,
    )


def _page(request: Request, name: str, *, status: int = HTTPStatus.OK, **facts: object) -> Response:
    page = request.app.state.templates.render(name, **facts)
    return HTMLResponse(page, status, _NO_STORE)
