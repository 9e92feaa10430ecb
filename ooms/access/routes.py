"""Sessions: the one door without a token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request

from ooms.access.dependencies import from_office
from ooms.access.schemas import SessionIn, SessionOut
from ooms.access.service import Access, LogIn
from ooms.db import Works

router = APIRouter(tags=["sessions"])


# No idempotency here: a token is shown once and never kept; another log-in opens another session.
@router.post("/sessions", status_code=201)
def open_session(
    request: Request,
    body: SessionIn,
    *,
    access: Annotated[Access, from_office("access")],
    works: Annotated[Works, from_office("works")],
) -> SessionOut:
    """Open a session with user and password, and the code of a second factor if one is set up."""
    address = request.client.host if request.client else ""
    shown = LogIn(body.login, body.password, code=body.code, address=address)
    return SessionOut.of(access.open_session(works, shown))
