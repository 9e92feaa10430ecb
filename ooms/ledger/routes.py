"""The ledger over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action, User
from ooms.db import Work
from ooms.kernel.quantity import Quantity
from ooms.ledger.schemas import (
    AdjustmentIn,
    DuplicateOut,
    DuplicatesOut,
    EntryOut,
    ForeseenOut,
    ItemOut,
    LedgerOut,
    SignedText,
    UnitCode,
)
from ooms.ledger.service import Ledger

router = APIRouter(prefix="/ledger", tags=["ledger"])
Desk = Annotated[Ledger, from_office("ledger")]
Country = Annotated[str, Path(pattern="^[A-Z]{2}$")]
Agreement = Annotated[str, Path(pattern="^[A-Z0-9-]{2,12}$")]
Number = Annotated[str, Path(max_length=35)]


@router.get("/duplicates")
def duplicates(
    *,
    call: TheCall,
    desk: Desk,
    invoice: Annotated[str | None, Query(max_length=36)] = None,
    declaration_number: Annotated[str | None, Query(max_length=35)] = None,
) -> DuplicatesOut:
    """Say where several offices or importers use the same invoice or declaration."""
    return call.read(
        Action.SEE_LEDGER,
        lambda work, _by: DuplicatesOut(
            items=tuple(
                DuplicateOut.of(one)
                for one in desk.duplicates(
                    work,
                    invoices=[invoice] if invoice else (),
                    declarations=[declaration_number] if declaration_number else (),
                )
            )
        ),
    )


@router.get("/{issuing_country}/{agreement}/{number}")
def page(  # noqa: PLR0913  # the parts of the address, each by its name
    issuing_country: Country,
    agreement: Agreement,
    number: Number,
    *,
    call: TheCall,
    desk: Desk,
    at: Annotated[datetime | None, Query()] = None,
) -> LedgerOut:
    """Show what is left of a certificate, every entry, and its chain; now or at a moment."""
    moment = at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
    key = desk.key_of(issuing_country, agreement, number=number)
    return call.read(
        Action.SEE_LEDGER,
        lambda work, _by: LedgerOut.of(
            desk.page(work, key, at=moment or work.now), units=desk.units
        ),
    )


@router.post(
    "/{issuing_country}/{agreement}/{number}/items/{item_no}/adjustments",
    status_code=201,
    response_model=EntryOut,
)
def adjust(  # noqa: PLR0913, PLR0917  # the parts of the address, each by its name
    issuing_country: Country,
    agreement: Agreement,
    number: Number,
    item_no: Annotated[int, Path(ge=1, le=99_999)],
    body: AdjustmentIn,
    *,
    call: TheCall,
    desk: Desk,
) -> Response:
    """Correct by hand what is drawn of an item, with a reason."""
    key = desk.key_of(issuing_country, agreement, number=number).item(item_no)
    quantity = Quantity(body.amount, body.unit)
    return call.write(
        Action.ADJUST_LEDGER,
        body,
        lambda work, by: EntryOut.of(
            desk.adjust(work, key, quantity=quantity, reason=body.reason, by=by)
        ),
    )


@router.get("/{issuing_country}/{agreement}/{number}/items/{item_no}/adjustments/preview")
def foresee(  # noqa: PLR0913  # the parts of the address, each by its name
    issuing_country: Country,
    agreement: Agreement,
    number: Number,
    *,
    item_no: Annotated[int, Path(ge=1, le=99_999)],
    quantity: Annotated[SignedText, Query()],
    unit: Annotated[UnitCode, Query()],
    call: TheCall,
    desk: Desk,
) -> ForeseenOut:
    """Say how an item would stand after a correction by hand; nothing is written."""
    key = desk.key_of(issuing_country, agreement, number=number).item(item_no)
    wanted = Quantity(Decimal(quantity), unit)

    def in_work(work: Work, by: User) -> ForeseenOut:
        before, after = desk.foresee(work, key, quantity=wanted, by=by)
        lot = desk.lots(work, key.certificate)[item_no]
        return ForeseenOut(
            before=ItemOut.of(before, lot=lot, units=desk.units),
            after=ItemOut.of(after, lot=lot, units=desk.units),
        )

    return call.read(Action.ADJUST_LEDGER, in_work)
