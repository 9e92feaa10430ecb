"""Registers over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.documents.service import Documents
from ooms.registers.bundle import Evidence, sealed_document
from ooms.registers.evidence import Audience
from ooms.registers.model import Wanted
from ooms.registers.schemas import DailyListOut, DailyListsOut, LineOut
from ooms.registers.service import Registers
from ooms.registers.sheet import write_sheet

router = APIRouter(tags=["registers"])
Desk = Annotated[Registers, from_office("registers")]
Collector = Annotated[Evidence, from_office("evidence")]
Papers = Annotated[Documents, from_office("documents")]
Office = Annotated[str, Query(max_length=35)]


def _wanted(  # noqa: PLR0913  # the filters of the register, each by its name
    *,
    since: date | None = None,
    until: date | None = None,
    office: Annotated[str | None, Query(max_length=35)] = None,
    agreement: Annotated[str | None, Query(max_length=12)] = None,
    import_country: Annotated[str | None, Query(pattern="^[A-Z]{2}$")] = None,
    exporter_id: Annotated[str | None, Query(max_length=36)] = None,
) -> Wanted:
    return Wanted(since, until, office, agreement, import_country, exporter_id)


TheWanted = Annotated[Wanted, Depends(_wanted)]


@router.get("/registers/issued")
def issued(window: TheWindow, wanted: TheWanted, *, call: TheCall, desk: Desk) -> PageOut[LineOut]:
    """List what was issued, the newest first, with the numbers that carry no certificate."""
    lines, following = call.read(
        Action.SEE_REGISTER, lambda work, _by: desk.page(work, wanted, window)
    )
    return PageOut[LineOut](items=tuple(LineOut.of(one) for one in lines), next=following)


@router.get(
    "/registers/issued.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "The register as a sheet."}},
)
def issued_sheet(wanted: TheWanted, *, call: TheCall, desk: Desk) -> Response:
    """Return the register as a sheet, in the order of the numbers."""
    lines = call.read(Action.SEE_REGISTER, lambda work, _by: desk.sheet(work, wanted))
    return Response(
        write_sheet(lines),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="register.csv"'},
    )


@router.get(
    "/certificates/{certificate_id}/evidence",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}, "description": "The signed bundle."}},
)
def evidence(
    certificate_id: str, audience: Audience, *, call: TheCall, desk: Collector, papers: Papers
) -> Response:
    """Return everything about a certificate in one signed file, as far as its audience may see.

    1. Gather, and find the sealed document, in a transaction that ends before anything is signed.
    2. Make the document if it was never made, and sign the manifest.
    3. Record who takes the bundle, before it leaves.
    """
    gathered, asked = call.read(  # 1
        Action.SEE_EVIDENCE,
        lambda work, by: (
            desk.gather(work, certificate_id, audience=audience, by=by),
            papers.ask(work, certificate_id, by=by),
        ),
    )
    document = sealed_document(asked, documents=papers, works=call.works)
    bundle = desk.seal(gathered, document)  # 2
    call.works.do(lambda work: desk.hand_out(work, gathered, bundle))  # 3
    return Response(
        bundle.content,
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{bundle.name}"'},
    )


@router.get("/registers/daily")
def dailies(
    office: Office, since: date, until: date, *, call: TheCall, desk: Desk
) -> DailyListsOut:
    """List what an office did on each closed day of a period."""
    found = call.read(
        Action.SEE_REGISTER,
        lambda work, _by: desk.dailies(work, office, since=since, until=until),
    )
    return DailyListsOut(items=tuple(DailyListOut.of(one) for one in found))


@router.get("/registers/daily/{office}/{day}")
def daily(office: str, day: date, *, call: TheCall, desk: Desk) -> DailyListOut:
    """Return the list of a day as it was closed."""
    return call.read(
        Action.SEE_REGISTER,
        lambda work, _by: DailyListOut.of(desk.daily(work, office, day=day)),
    )
