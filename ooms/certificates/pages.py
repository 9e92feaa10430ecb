"""The public check of a certificate: by number and code, no login, as JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from ooms.access.dependencies import from_office, refuse_haste
from ooms.certificates.model import IssuingOffice
from ooms.certificates.service import Certificates
from ooms.certificates.shown import LookedUpOut, ShownOut
from ooms.db import Work, Works

router = APIRouter(prefix="/public/certificates", tags=["certificates"])
Desk = Annotated[Certificates, from_office("certificates")]
Printed = Annotated[str, Query(max_length=60, description="As printed; spaces do not matter.")]


@router.get("")
def look_up(  # noqa: PLR0913  # the web hands every part over by its name
    *,
    number: Printed = "",
    code: Printed = "",
    request: Request,
    desk: Desk,
    works: Annotated[Works, from_office("works")],
    office: Annotated[IssuingOffice, from_office("issuing")],
) -> LookedUpOut:
    """Tell what became of a certificate, to whoever has its number and its code.

    Raises:
        HTTPException: too many look-ups came from this address within a minute.

    """
    refuse_haste(request, at=works.clock())

    def found(work: Work) -> Any:
        shown = desk.show_publicly(work, number=number, code=code)
        return None if shown is None else ShownOut.of(*shown, on=work.today)

    return LookedUpOut(certificate=works.read(found), training=office.training)
