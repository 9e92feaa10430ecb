"""Materials over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.materials.lot_sheet import read_lots
from ooms.materials.schemas import (
    CodeBody,
    LotIn,
    LotOut,
    LotSheetIn,
    LotsOut,
    MaterialIn,
    MaterialOut,
    MethodIn,
    MethodOut,
    MethodsOut,
    ValueBody,
    VoidingIn,
    WithdrawalIn,
    WithdrawalOut,
    WithdrawalsOut,
)
from ooms.materials.service import Materials
from ooms.products.sheet import place_of

router = APIRouter(prefix="/materials", tags=["materials"])
Desk = Annotated[Materials, from_office("materials")]


@router.post("", status_code=201, response_model=MaterialOut)
def describe(body: MaterialIn, *, call: TheCall, desk: Desk) -> Response:
    """Keep a material under its part number."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: MaterialOut.of(desk.describe(work, body.value(), by=by)),
    )


@router.get("")
def page(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[MaterialOut]:
    """List the company's materials, the newest first."""
    found = call.read(
        Action.SEE_MATERIAL,
        lambda work, by: tuple(map(MaterialOut.of, desk.page(work, window, by=by))),
    )
    return PageOut[MaterialOut](items=found, next=window.next(found))


@router.post("/imports", status_code=201, response_model=LotsOut)
def take_lots(body: LotSheetIn, *, call: TheCall, desk: Desk) -> Response:
    """Import the lots of a sheet, all or none; every flaw names its row and column."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: LotsOut(
            items=tuple(
                map(
                    LotOut.of,
                    desk.take_lots(
                        work,
                        read_lots(body.content, file=body.file),
                        place=place_of(body.file),
                        by=by,
                    ),
                )
            )
        ),
    )


@router.get("/{material_id}")
def get(material_id: str, *, call: TheCall, desk: Desk) -> MaterialOut:
    """Return a material."""
    return call.read(
        Action.SEE_MATERIAL,
        lambda work, by: MaterialOut.of(desk.get(work, material_id, by=by)),
    )


@router.post("/{material_id}/codes", status_code=201, response_model=MaterialOut)
def state_code(material_id: str, body: CodeBody, *, call: TheCall, desk: Desk) -> Response:
    """Classify a material in an edition."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: MaterialOut.of(
            desk.state_code(work, material_id, edition=body.edition, hs=body.hs, by=by)
        ),
    )


@router.post("/{material_id}/lots", status_code=201, response_model=LotOut)
def receive(material_id: str, body: LotIn, *, call: TheCall, desk: Desk) -> Response:
    """Record a lot that came in."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: LotOut.of(desk.receive(work, material_id, lot=body.value(), by=by)),
    )


@router.get("/{material_id}/lots")
def lots(material_id: str, *, call: TheCall, desk: Desk) -> LotsOut:
    """List the lots of a material, as they came in."""
    return call.read(
        Action.SEE_MATERIAL,
        lambda work, by: LotsOut(items=tuple(map(LotOut.of, desk.lots(work, material_id, by=by)))),
    )


@router.post("/{material_id}/lots/{lot_id}/values", status_code=201, response_model=LotOut)
def state_value(
    material_id: str, lot_id: str, body: ValueBody, *, call: TheCall, desk: Desk
) -> Response:
    """State what a unit of a lot is worth in a currency other than that of its price."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: LotOut.of(
            desk.state_value(work, material_id, lot_id, worth=(body.amount, body.currency), by=by)
        ),
    )


@router.post("/{material_id}/lots/{lot_id}/voiding", response_model=LotOut)
def void_lot(
    material_id: str, lot_id: str, body: VoidingIn, *, call: TheCall, desk: Desk
) -> Response:
    """Let a lot that was recorded wrongly count no more."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: LotOut.of(
            desk.void_lot(work, material_id, lot_id, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.post("/{material_id}/withdrawals", status_code=201, response_model=WithdrawalOut)
def withdraw(material_id: str, body: WithdrawalIn, *, call: TheCall, desk: Desk) -> Response:
    """Record what was taken out of stock."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: WithdrawalOut.of(
            desk.withdraw(work, material_id, withdrawal=body.value(), by=by)
        ),
    )


@router.get("/{material_id}/withdrawals")
def withdrawals(material_id: str, *, call: TheCall, desk: Desk) -> WithdrawalsOut:
    """List what was taken of a material, in the order of days."""
    return call.read(
        Action.SEE_MATERIAL,
        lambda work, by: WithdrawalsOut(
            items=tuple(map(WithdrawalOut.of, desk.withdrawals(work, material_id, by=by)))
        ),
    )


@router.post("/{material_id}/withdrawals/{withdrawal_id}/voiding", response_model=WithdrawalOut)
def void_withdrawal(
    material_id: str, withdrawal_id: str, body: VoidingIn, *, call: TheCall, desk: Desk
) -> Response:
    """Let a withdrawal that was recorded wrongly count no more."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: WithdrawalOut.of(
            desk.void_withdrawal(work, material_id, withdrawal_id, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.post("/{material_id}/methods", status_code=201, response_model=MethodOut)
def elect(material_id: str, body: MethodIn, *, call: TheCall, desk: Desk) -> Response:
    """Elect the one inventory method of a fiscal year."""
    return call.write(
        Action.KEEP_MATERIAL,
        body,
        lambda work, by: MethodOut.of(desk.elect(work, material_id, election=body.value(), by=by)),
    )


@router.get("/{material_id}/methods")
def methods(material_id: str, *, call: TheCall, desk: Desk) -> MethodsOut:
    """List the methods elected for a material, the first year first."""
    return call.read(
        Action.SEE_MATERIAL,
        lambda work, by: MethodsOut(
            items=tuple(map(MethodOut.of, desk.elections(work, material_id, by=by)))
        ),
    )
