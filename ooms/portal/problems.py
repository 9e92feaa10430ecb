"""Refusals as pages: what happened, what to do next, and what to tell the office."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ooms.portal.client import Interface, Refused
from ooms.portal.forms import Form, fresh_key
from ooms.portal.languages import N_
from ooms.portal.sign_in.door import PATH as SIGN_IN
from ooms.portal.sign_in.door import door, fields_of
from ooms.portal.sign_in.proof import CODE as PROOF_DUE
from ooms.portal.sign_in.proof import proof_page
from ooms.portal.sign_in.second_factor import DUE as FACTOR_DUE
from ooms.portal.sign_in.second_factor import PATH as SECOND_FACTOR
from ooms.portal.visit import (
    ForeignFormError,
    SignInNeeded,
    Visit,
    caller_of,
    guest,
    language_of,
    way_back,
)

Answer = Callable[[Request, Any], Response | Awaitable[Response]]
_INTERFACE = "/api/"

#: Heading and advice of each status; 400 stands for what is not listed.
_SAID: dict[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: (
        N_("This request cannot be answered"),
        N_("Go back, open the page again and repeat what you did."),
    ),
    HTTPStatus.FORBIDDEN: (
        N_("You may not do this"),
        N_("Your role does not include it. Ask whoever keeps the users of your company or office."),
    ),
    HTTPStatus.NOT_FOUND: (
        N_("Nothing is here"),
        N_("The address is wrong, or what it named is not for you to see. Start from your list."),
    ),
    HTTPStatus.CONFLICT: (
        N_("It stands elsewhere by now"),
        N_("Somebody, perhaps you in another window, was faster. Open it again and look."),
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        N_("Something does not fit"),
        N_("Go back, correct it, and send it again."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        N_("Too many in a short time"),
        N_("Wait a minute and try again."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        N_("The office is busy"),
        N_("Nothing was done. Try again in a few seconds."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        N_("A defect of this program"),
        N_("It is not your fault and nothing was half done. Report the trace id to the office."),
    ),
}
#: What these codes say to do next is said for programs; the advice of the page is for people.
_FOR_PROGRAMS = frozenset(
    {
        *("AUT-ROLE", "AUT-SESSION", "AUT-THROTTLED", "ENV-FOREIGN-FORM", "ENV-HTTP"),
        *("ENV-IDEMPOTENCY-KEY", "DUP-IDEMPOTENCY-KEY", "REF-METHOD", "REF-ROUTE", "REF-UNKNOWN"),
        *("RUL-STATE", "SCH-BODY", "SCH-FIELD", "SYS-OUTSIDE"),
    }
)


def install(app: FastAPI) -> None:
    """Answer what goes wrong on pages with pages; the interface keeps its problem documents."""
    handlers: Mapping[type[Exception], Answer] = {
        Refused: _refused,
        SignInNeeded: _sign_in_first,
        ForeignFormError: _foreign,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
    for other, status_of in ((HTTPException, _own_status), (RequestValidationError, _bad_request)):
        written: Any = app.exception_handlers[other]
        app.add_exception_handler(other, _unless_interface(written, status_of))


async def broken(request: Request) -> Response:
    """Tell that nobody foresaw what happened; reads nothing, for whatever broke may break again."""
    visit = Visit(request, Interface(request.app, caller_of(request)), language_of(request))
    return _page(visit, HTTPStatus.INTERNAL_SERVER_ERROR, code="SYS-DEFECT")


def is_page(request: Request) -> bool:
    """Tell whether a request is for a page, and no request to the interface."""
    return not request.url.path.startswith(_INTERFACE)


def _unless_interface(written: Answer, status_of: Callable[[Any], int]) -> Answer:
    async def answer(request: Request, error: Any) -> Response:
        if is_page(request):
            return _page(await guest(request), status_of(error))
        said = written(request, error)
        return said if isinstance(said, Response) else await said

    return answer


def _own_status(error: HTTPException) -> int:
    return error.status_code


def _bad_request(_error: RequestValidationError) -> int:
    return HTTPStatus.BAD_REQUEST


async def _refused(request: Request, refused: Refused) -> Response:
    visit = await guest(request)
    sent: Form | None = getattr(request.state, "form", None)
    if refused.code == PROOF_DUE or (sent and await _is_unshown(visit, refused)):
        kept, lost_file = (fields_of(sent), bool(sent.files)) if sent else ((), False)
        form, back = Form(key=fresh_key()), way_back(request)
        return await proof_page(visit, form, back=back, kept=kept, lost_file=lost_file)
    if refused.status is HTTPStatus.UNAUTHORIZED:
        return await _sign_in_first(request, SignInNeeded(sent))
    if refused.code == FACTOR_DUE:
        return _lead(SECOND_FACTOR, back=way_back(request) if sent is None else "/")
    return _page(
        visit, refused.status, detail=refused.detail, code=refused.code, trace_id=refused.trace_id
    )


async def _is_unshown(visit: Visit, refused: Refused) -> bool:
    """Tell whether the visitor holds the second factor that is due, and can show it."""
    if refused.code != FACTOR_DUE:
        return False
    is_held: bool = (await visit.api.get(SECOND_FACTOR))["is_held"]
    return is_held


async def _sign_in_first(request: Request, needed: SignInNeeded) -> Response:
    if needed.kept is None:
        return _to_sign_in(request)
    visit = await guest(request)
    form = Form(key=fresh_key())
    return await door(visit, form, back=way_back(request), kept=fields_of(needed.kept))


async def _foreign(request: Request, _error: ForeignFormError) -> Response:
    return _page(await guest(request), HTTPStatus.FORBIDDEN, code="ENV-FOREIGN-FORM")


def _to_sign_in(request: Request) -> Response:
    return _lead(SIGN_IN, back=way_back(request))


def _lead(path: str, *, back: str) -> Response:
    return RedirectResponse(f"{path}?back={quote(back, safe='/')}", HTTPStatus.SEE_OTHER)


def _page(
    visit: Visit, status: int, *, detail: str = "", code: str = "", trace_id: str = ""
) -> Response:
    heading, advice = _SAID.get(status, _SAID[HTTPStatus.BAD_REQUEST])
    return visit.page(
        "frame/problem.html",
        status=status,
        heading=heading,
        advice=advice,
        detail=detail,
        code=code,
        tells_more=code not in _FOR_PROGRAMS,
        trace_id=trace_id or getattr(visit.request.state, "trace_id", ""),
    )
