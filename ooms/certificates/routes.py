"""Certificates over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import MAX_PAGE, TheCall, TheWindow, from_office
from ooms.access.model import RIGHTS, Action, User
from ooms.access.schemas import PageOut
from ooms.applications.schemas import ApplicationOut, ChecksOut
from ooms.certificates.schemas import (
    AskedIn,
    CancellationIn,
    CertificateInFull,
    CertificateOut,
    CopiesOut,
    CopyOut,
    CorrectionIn,
    ExportLinkIn,
    IssueIn,
)
from ooms.certificates.service import Certificates
from ooms.db import Work

router = APIRouter(tags=["certificates"])
Desk = Annotated[Certificates, from_office("certificates")]


@router.get("/applications/{application_id}/checks")
def check(application_id: str, *, call: TheCall, desk: Desk) -> ChecksOut:
    """Return what each of the five checks before issue finds."""
    return call.read(
        Action.SEE_CHECKS,
        lambda work, by: ChecksOut.of(desk.check(work, application_id, by=by)),
    )


@router.post("/certificates", status_code=201, response_model=CertificateOut)
def issue(body: IssueIn, *, call: TheCall, desk: Desk) -> Response:
    """Do what an approved application asks for: issue, copy, correct, take back."""
    return call.write(
        Action.ISSUE,
        body,
        lambda work, by: CertificateOut.of(desk.issue(work, body.application_id, by=by)),
    )


@router.post(
    "/certificates/{certificate_id}/corrections", status_code=201, response_model=CertificateOut
)
def correct(certificate_id: str, body: CorrectionIn, *, call: TheCall, desk: Desk) -> Response:
    """Issue a corrected certificate under a new number."""
    content = body.content.value() if body.content else None
    return call.write(
        Action.TAKE_BACK,
        body,
        lambda work, by: CertificateOut.of(
            desk.correct(work, certificate_id, content=content, why=body.why(), by=by)
        ),
    )


@router.post(
    "/certificates/{certificate_id}/applications", status_code=201, response_model=ApplicationOut
)
def apply(certificate_id: str, body: AskedIn, *, call: TheCall, desk: Desk) -> Response:
    """Draft an application about a certificate: a copy, a correction, its end."""
    asked = body.value()
    return call.write(
        Action.APPLY,
        body,
        lambda work, by: ApplicationOut.of(desk.apply(work, certificate_id, asked=asked, by=by)),
    )


@router.get("/certificates/{certificate_id}/copies")
def copies(certificate_id: str, *, call: TheCall, desk: Desk) -> CopiesOut:
    """List the certified true copies of a certificate."""
    return call.read(
        Action.SEE_CERTIFICATE,
        lambda work, by: CopiesOut(
            items=tuple(CopyOut.of(one) for one in desk.copies(work, certificate_id, by=by))
        ),
    )


@router.post("/certificates/{certificate_id}/cancellation", response_model=CertificateOut)
def request_cancellation(
    certificate_id: str, body: CancellationIn, *, call: TheCall, desk: Desk
) -> Response:
    """Ask for a certificate back; the partner's reply decides."""
    return call.write(
        Action.TAKE_BACK,
        body,
        lambda work, by: CertificateOut.of(
            desk.request_cancellation(work, certificate_id, why=body.why(), by=by)
        ),
        status=200,
    )


@router.post("/certificates/{certificate_id}/export-links", response_model=CertificateOut)
def link_export(certificate_id: str, body: ExportLinkIn, *, call: TheCall, desk: Desk) -> Response:
    """Name the export declarations; a partner that waits for them gets its certificate now."""
    return call.write(
        Action.ISSUE,
        body,
        lambda work, by: CertificateOut.of(
            desk.link_export(work, certificate_id, declarations=body.declarations, by=by)
        ),
        status=200,
    )


@router.get("/certificates/{certificate_id}")
def get(certificate_id: str, *, call: TheCall, desk: Desk) -> CertificateInFull:
    """Return a certificate with everything that partners said of it."""

    def in_full(work: Work, by: User) -> CertificateInFull:
        certificate = desk.get(work, certificate_id, by=by)
        if by.role not in RIGHTS[Action.READ_CERTIFICATE]:
            return CertificateInFull.outlined(certificate)
        notes = desk.notes(work, certificate, by=by)
        return CertificateInFull.told(certificate, notes, use=desk.use(certificate, notes))

    return call.read(Action.SEE_CERTIFICATE, in_full)


@router.get("/certificates")
def page(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    number: Annotated[str | None, Query(max_length=35)] = None,
    application_id: Annotated[list[str] | None, Query(max_length=MAX_PAGE)] = None,
) -> PageOut[CertificateOut]:
    """List certificates, the newest first, of some applications if asked.

    A number may be spelled in any way.
    """
    wanted = tuple(application_id) if application_id is not None else None
    found = call.read(
        Action.SEE_CERTIFICATE,
        lambda work, by: desk.page(work, window, number=number, of=wanted, by=by),
    )
    return PageOut[CertificateOut](
        items=tuple(CertificateOut.of(one) for one in found),
        next=window.next(found),
    )
