"""The public check of a document: a PDF or a photograph, no login, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, File, HTTPException, Request, Response, UploadFile
from fastapi.routing import APIRoute

from ooms.access.dependencies import from_office, refuse_haste
from ooms.certificates.model import IssuingOffice
from ooms.db import Works
from ooms.documents.scan import MAX_BYTES, MIB
from ooms.documents.service import Documents
from ooms.documents.shown import PublicCheckOut

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
                words = f"a file of at most {MAX_BYTES // MIB} MiB is checked"
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words)
            return await answer(request)

        return bounded


router = APIRouter(prefix="/public/documents", tags=["certificates"], route_class=BoundedRoute)


@router.post("/check")
def check(
    file: Annotated[UploadFile, File()],
    *,
    request: Request,
    desk: Annotated[Documents, from_office("documents")],
    works: Annotated[Works, from_office("works")],
    office: Annotated[IssuingOffice, from_office("issuing")],
) -> PublicCheckOut:
    """Check a document: what its seal proves, and what this office's register says of it.

    Raises:
        HTTPException: the file is too large, or too many came from this address in a minute.

    """
    refuse_haste(request, at=works.clock())
    today = works.read(lambda work: work.today)
    checked = desk.check(file.file.read(MAX_BYTES + 1), on=today)
    found = works.read(lambda work: desk.look_up(work, checked))
    return PublicCheckOut.of(found, on=today, training=office.training)
