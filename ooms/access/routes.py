"""Sessions: the one door without a token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from ooms.access.dependencies import from_office
from ooms.access.schemas import SessionIn, SessionOut
from ooms.access.service import Access
from ooms.db import Works

router = APIRouter(tags=["sessions"])


# No idempotency here: a token is shown once and never kept; another log-in opens another session.
@router.post("/sessions", status_code=201)
def open_session(
    body: SessionIn,
    access: Annotated[Access, from_office("access")],
    works: Annotated[Works, from_office("works")],
) -> SessionOut:
    """Open a session with user and password."""
    return SessionOut.of(access.open_session(works, login=body.login, password=body.password))
