"""Documents over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.documents.service import Asked, Documents, issue

router = APIRouter(tags=["certificates"])
Desk = Annotated[Documents, from_office("documents")]


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
