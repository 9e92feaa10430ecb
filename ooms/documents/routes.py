"""Documents over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.documents.service import Documents, issue

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
        Action.SEE_CERTIFICATE, lambda work, by: desk.ask(work, certificate_id, by=by)
    )
    found = issue(asked, documents=desk, at=call.works.clock(), keep=call.works.do)  # 2
    return Response(
        found.pdf,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{asked.certificate.number_key}.pdf"',
            "ETag": f'"{found.sha256}"',
        },
    )
