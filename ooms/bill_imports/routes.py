"""Files of bills over HTTP: handed in at once, imported behind the request."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from fastapi.routing import APIRoute
from pydantic import ValidationError

from ooms.access.dependencies import MAX_PAGE, TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.bill_imports.schemas import BillImportOut, FileIn, FlawsOut
from ooms.bill_imports.service import BillImports
from ooms.db import Work
from ooms.errors import Flaw
from ooms.products.sheet import SheetError
from ooms.products.workbook import MIB, MOST_BYTES

#: The form around the file.
_FRAME_BYTES = 4096
#: More flaws than any file keeps: a cursor beyond them finds nothing.
_LAST = 1_000_000


class BoundedRoute(APIRoute):
    """Refuses a body that is too large, or of no stated size, before a byte of it is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the look at the size in front."""
        answer = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            stated = request.headers.get("content-length", "0")
            is_chunked = "transfer-encoding" in request.headers
            if is_chunked or not stated.isdecimal() or int(stated) > MOST_BYTES + _FRAME_BYTES:
                problem = f"state the size of the file, which may be {MOST_BYTES // MIB} MB at most"
                raise SheetError(Flaw("/file", problem, "SCH-CELL"))
            return await answer(request)

        return bounded


router = APIRouter(prefix="/products/imports", tags=["products"], route_class=BoundedRoute)
Desk = Annotated[BillImports, from_office("bill_imports")]


@router.post("/files", status_code=HTTPStatus.ACCEPTED, response_model=BillImportOut)
def hand_in(file: Annotated[UploadFile, File()], *, call: TheCall, desk: Desk) -> Response:
    """Hand in a file of bills, `.csv` or `.xlsx`; it is read and written behind this request."""
    content = file.file.read(MOST_BYTES + 1)
    digest = hashlib.sha256(content).hexdigest()
    # The name is judged inside, after the right to hand anything in.
    body = FileIn.model_construct(file=file.filename or "", sha256=digest)

    def received(work: Work, by: User) -> BillImportOut:
        named = _named(body)
        return BillImportOut.of(desk.receive(work, file=named, content=content, by=by))

    return call.write(Action.DESCRIBE_PRODUCT, body, received, status=HTTPStatus.ACCEPTED)


def _named(body: FileIn) -> str:
    try:
        return FileIn.model_validate(body.model_dump()).file
    except ValidationError as wrong:
        problem = "must be named .csv or .xlsx, without / and # in its name"
        raise SheetError(Flaw("/file", problem, "SCH-CELL")) from wrong


@router.get("")
def page(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[BillImportOut]:
    """List the company's imports, the newest first."""
    found = call.read(
        Action.SEE_BILL_IMPORT,
        lambda work, by: tuple(map(BillImportOut.of, desk.page(work, window, by=by))),
    )
    return PageOut[BillImportOut](items=found, next=window.next(found))


@router.get("/{import_id}")
def get(import_id: str, *, call: TheCall, desk: Desk) -> BillImportOut:
    """Tell how far an import is."""
    return call.read(
        Action.SEE_BILL_IMPORT,
        lambda work, by: BillImportOut.of(desk.get(work, import_id, by=by)),
    )


@router.get("/{import_id}/flaws")
def flaws(
    import_id: str,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
    cursor: Annotated[int, Query(ge=0, le=_LAST)] = 0,
    *,
    call: TheCall,
    desk: Desk,
) -> FlawsOut:
    """List what is wrong with a file, in the order of its rows; each names one cell."""
    return call.read(
        Action.SEE_BILL_IMPORT,
        lambda work, by: FlawsOut.of(
            desk.flaws(work, import_id, after=cursor, most=limit, by=by), most=limit
        ),
    )
