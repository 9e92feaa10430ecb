"""Documents over HTTP: handed out by who issued them, checked by who is shown them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.documents.presented import Presented
from ooms.documents.scan import MAX_BYTES
from ooms.documents.schemas import CheckedOut
from ooms.documents.service import Asked, Documents, issue

router = APIRouter(tags=["certificates"])
Desk = Annotated[Documents, from_office("documents")]
Paper = Annotated[Presented, from_office("presented_papers")]


@router.get(
    "/certificates/{certificate_id}/document",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "The sealed PDF/A-3."}},
)
def get_document(certificate_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Return a certificate as its sealed document, always the same bytes.

    1. Find the certificate and its document, in a transaction that is closed before anything
       is printed or signed.
    2. Make what was never made.
    """
    asked = call.read(  # 1
        Action.READ_CERTIFICATE, lambda work, by: desk.ask(work, certificate_id, by=by)
    )
    return _sealed(asked, call=call, desk=desk)  # 2


@router.get(
    "/certificates/{certificate_id}/copies/{ordinal}/document",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "The sealed PDF/A-3."}},
)
def get_copy(certificate_id: str, ordinal: int, *, call: TheCall, desk: Desk) -> Response:
    """Return a certified true copy as its sealed document, always the same bytes."""
    asked = call.read(
        Action.READ_CERTIFICATE,
        lambda work, by: desk.ask_copy(work, certificate_id, ordinal=ordinal, by=by),
    )
    return _sealed(asked, call=call, desk=desk)


@router.post("/documents/check")
def check(
    file: Annotated[UploadFile, File()], *, call: TheCall, desk: Desk, presented: Paper
) -> CheckedOut:
    """Check a paper that an importer shows, and hold it against what was registered here."""
    data = file.file.read(MAX_BYTES + 1)
    today = call.read(Action.SEE_CLAIM, lambda work, _by: work.today)
    checked = desk.check(data, on=today)
    return call.read(
        Action.SEE_CLAIM,
        lambda work, _by: CheckedOut.of(checked, presented.compare(work, checked)),
    )


def _sealed(asked: Asked, *, call: TheCall, desk: Documents) -> Response:
    found = issue(asked, documents=desk, at=call.works.clock(), keep=call.works.do)
    return Response(
        found.pdf,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{asked.certificate.number_key}.pdf"',
            "ETag": f'"{found.sha256}"',
        },
    )
