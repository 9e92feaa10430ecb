"""The public check of a certificate: number and code, or a document; three plain answers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from ooms.portal.client import Refused
from ooms.portal.forms import Form, fresh_key, unfit
from ooms.portal.languages import N_
from ooms.portal.public.words import ANSWERS, CHECKS
from ooms.portal.visit import TheGuest, Visit, guest

#: The interface takes no larger file; the form around it counts too.
_MOST_MIB = 12
_MOST_BYTES = _MOST_MIB * 1024 * 1024 + 4096
_PAGE = "public/verify.html"
_FILL_IN = N_("Fill this in.")
_CHOOSE_FILE = N_("Choose a file: the PDF, or a photograph of the paper.")


class BoundedPage(APIRoute):
    """Refuses a body that is too large, or of no stated size, before a byte of it is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the look at the size in front."""
        answer = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            stated = request.headers.get("content-length", "")
            if request.method == "POST" and not _is_small(stated):
                return _too_large(await guest(request))
            return await answer(request)

        return bounded


router = APIRouter(include_in_schema=False, route_class=BoundedPage)
Printed = Annotated[str, Query(max_length=60)]


@router.get("/verify")
async def verify(visit: TheGuest, number: Printed = "", code: Printed = "") -> HTMLResponse:
    """Show the form, or what stands behind a number and its code."""
    form = Form({"number": number, "code": code})
    if not {"number", "code"} & visit.request.query_params.keys():
        return _page(visit)
    missing = [name for name in ("number", "code") if not form[name]]
    if missing:
        return _page(visit, status=HTTPStatus.UNPROCESSABLE_ENTITY, form=_unfilled(form, *missing))
    found = await visit.api.get("/public/certificates", number=number, code=code)
    return _page(visit, asked=True, form=form, shown=found["certificate"])


@router.post("/verify/document")
async def check_document(
    visit: TheGuest, file: Annotated[UploadFile | str, File()] = ""
) -> HTMLResponse:
    """Check a document: what its seal proves, and what this office's register says of it."""
    if isinstance(file, str) or not file.filename:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(visit, status=status, form=_unfilled(Form(), "file", words=_CHOOSE_FILE))
    sent = file.filename or "document", await file.read()
    try:
        checked = await visit.api.upload("/public/documents/check", sent, key=fresh_key())
    except Refused as refused:
        if refused.status is not HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise
        return _too_large(visit)
    return _page(visit, checked=checked, shown=checked["certificate"])


def _unfilled(form: Form, *names: str, words: str = _FILL_IN) -> Form:
    return form.refuse(unfit(words, *names))


def _too_large(visit: Visit) -> HTMLResponse:
    return _page(visit, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, is_too_large=True)


def _page(visit: Visit, *, status: int = HTTPStatus.OK, **facts: Any) -> HTMLResponse:
    shown = {"asked": False, "form": Form(), "shown": None, "checked": None, "is_too_large": False}
    told = {"most": _MOST_MIB, "answers": ANSWERS, "checks": CHECKS}
    return visit.page(_PAGE, status=status, **shown | told | facts)


def _is_small(stated: str) -> bool:
    return stated.isdecimal() and int(stated) <= _MOST_BYTES
