"""What an officer does to an issued certificate: correct it, take it back, name its export."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk.certificates import show
from ooms.portal.visit import TheForm, TheVisit

router = APIRouter(include_in_schema=False)
_PATH = "/desk/certificates/{certificate_id}"


@router.post(_PATH + "/correction")
async def correct(certificate_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Issue the same under a new number, and go to the new certificate."""
    act = Act("correction", form)
    try:
        issued = await act.do(visit, f"/certificates/{certificate_id}/corrections", act.body())
    except Refused as refused:
        return await show(visit, certificate_id, form=form, refused=refused)
    return visit.go(f"/desk/certificates/{issued['id']}", done="correction-issued")


@router.post(_PATH + "/cancellation")
async def cancel(certificate_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Ask for the certificate back."""
    act = Act("cancellation", form)
    try:
        await act.do(visit, f"/certificates/{certificate_id}/cancellation", act.body())
    except Refused as refused:
        return await show(visit, certificate_id, form=form, refused=refused)
    return visit.go(f"/desk/certificates/{certificate_id}", done="cancellation-asked")


@router.post(_PATH + "/export-links")
async def link_export(certificate_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Name the export declarations, one a line."""
    act = Act("link", form)
    numbers = [one.strip() for one in form["link.declarations"].splitlines() if one.strip()]
    path = f"/certificates/{certificate_id}/export-links"
    try:
        await act.do(visit, path, {"declarations": numbers})
    except Refused as refused:
        return await show(visit, certificate_id, form=form, refused=refused)
    return visit.go(f"/desk/certificates/{certificate_id}", done="export-linked")
