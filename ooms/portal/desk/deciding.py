"""Deciding an application: approve, propose to refuse, confirm or return, issue."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ooms.portal.acts import Act
from ooms.portal.client import Refused
from ooms.portal.desk.showing import show
from ooms.portal.visit import TheForm, TheVisit

router = APIRouter(include_in_schema=False)
_CASE = "/desk/applications/{application_id}"


@router.post(_CASE + "/approval")
async def approve(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Approve."""
    act = Act("approval", form)
    body = {"decision": "APPROVED"} | act.body()
    try:
        await act.do(visit, f"/applications/{application_id}/decision", body)
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="application-approved")


@router.post(_CASE + "/refusal")
async def propose_refusal(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Propose to refuse, with a reason code and words."""
    act = Act("refusal", form)
    body = {"decision": "REFUSED", "reason_code": "", "reason": ""} | act.body()
    try:
        await act.do(visit, f"/applications/{application_id}/decision", body)
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="refusal-proposed")


@router.post(_CASE + "/refusal/confirmation")
async def confirm_refusal(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Refuse for good what another person proposed."""
    act = Act("confirmation", form)
    try:
        await act.do(visit, f"/applications/{application_id}/refusal")
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="refusal-confirmed")


@router.post(_CASE + "/refusal/return")
async def return_refusal(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Give a proposed refusal back to its officer."""
    act = Act("back", form)
    try:
        await act.do(visit, f"/applications/{application_id}/refusal-return", act.body())
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/applications/{application_id}", done="refusal-returned")


@router.post(_CASE + "/issue")
async def issue(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Issue what the approved application asks for, and go to the certificate."""
    act = Act("issue", form)
    try:
        issued = await act.do(visit, "/certificates", {"application_id": application_id})
    except Refused as refused:
        return await show(visit, application_id, form=form, refused=refused)
    return visit.go(f"/desk/certificates/{issued['id']}", done="certificate-issued")
