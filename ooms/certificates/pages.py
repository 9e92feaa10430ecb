"""The public check of a certificate: number and code, no login, three plain answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from ooms.access.dependencies import is_hasty
from ooms.certificates.model import Certificate, State
from ooms.db import Work

router = APIRouter(include_in_schema=False)

_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the public may see of a certificate: the set of RCEP's secured websites."""

    number: str
    state: str
    is_valid: bool
    valid_until: date
    issued_on: date
    exporter: str
    items: tuple[Any, ...]
    successor: str | None


@router.get("/verify")
def verify(
    request: Request,
    number: Annotated[str, Query(max_length=60)] = "",
    code: Annotated[str, Query(max_length=60)] = "",
) -> HTMLResponse:
    """Show the form, or what stands behind a number and its code."""
    state = request.app.state
    asked = bool(number or code)
    shown = None
    if asked:
        if is_hasty(request, at=state.office.works.clock()):
            page = state.templates.render("busy.html")
            return HTMLResponse(page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "60"})
        shown = state.office.works.read(
            lambda work: _look_up(state.office, work, number=number, code=code)
        )
    page = state.templates.render(
        "verify.html", asked=asked, shown=shown, number=number, checked=None
    )
    return HTMLResponse(page, headers=_NO_STORE)


def _look_up(office: Any, work: Work, *, number: str, code: str) -> Shown | None:
    found = office.certificates.show_publicly(work, number=number, code=code)
    if found is None:
        return None
    certificate, successor = found
    return shown_of(certificate, successor, on=work.today)


def shown_of(certificate: Certificate, successor: Certificate | None, *, on: date) -> Shown:
    """Return what the public may see of a certificate on a day."""
    document: Any = certificate.document
    exporter = next(one for one in document["parties"] if one["role"] == "EXPORTER")
    is_replaced = certificate.state is State.REPLACED
    return Shown(
        number=certificate.number,
        state=certificate.state.value,
        is_valid=certificate.state is State.ISSUED and on <= certificate.valid_until,
        valid_until=certificate.valid_until,
        issued_on=certificate.issued_on,
        exporter=exporter["name"],
        items=tuple(document["items"]),
        successor=successor.number if successor and is_replaced else None,
    )
