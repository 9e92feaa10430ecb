"""The public search of advance rulings: no login, as JSON, without anybody's name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from ooms.access.dependencies import TheWindow, from_office, refuse_haste
from ooms.access.schemas import PageOut
from ooms.db import Works
from ooms.rulings.model import Search
from ooms.rulings.schemas import PublicOut
from ooms.rulings.service import Rulings

router = APIRouter(prefix="/public/rulings", tags=["advance rulings"])
_MOST_WORDS = 10
Word = Annotated[str, Query(max_length=200)]


@router.get("")
def search(  # noqa: PLR0913  # what is searched for, each by its name
    window: TheWindow,
    *,
    hs: Annotated[str, Query(pattern="^([0-9]{2,6})?$", description="How the code begins.")] = "",
    agreement: Annotated[str, Query(max_length=12)] = "",
    words: Word = "",
    process: Word = "",
    request: Request,
    desk: Annotated[Rulings, from_office("rulings")],
    works: Annotated[Works, from_office("works")],
) -> PageOut[PublicOut]:
    """Search published advance rulings by code, agreement, words and process.

    Raises:
        HTTPException: too many look-ups came from this address within a minute.

    """
    refuse_haste(request, at=works.clock())
    wanted = Search(hs, agreement, tuple(words.split()[:_MOST_WORDS]), process)
    found = works.read(lambda work: desk.search(work, window, search=wanted))
    return PageOut[PublicOut](
        items=tuple(PublicOut.of(one) for one in found),
        next=window.next(found),
    )
