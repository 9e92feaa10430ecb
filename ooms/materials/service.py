"""Keep a company's materials: lots that came in, what was taken, and the method of each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ooms.access.model import User
from ooms.agreements.editions import Editions
from ooms.agreements.policies import Inventory
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.kernel.hs import HsCode
from ooms.materials.model import Election, Kept, Lot, Material, Withdrawal
from ooms.materials.repository import MaterialRows
from ooms.products.sheet import Place, SheetError
from ooms.suppliers.service import Suppliers

#: A lot of a sheet with the row and the part number that it stands under.
SheetLot = tuple[int, str, Lot]


class Materials:
    """The desk of materials."""

    def __init__(self, *, editions: Editions, suppliers: Suppliers) -> None:
        """Know the editions of codes, and the declarations that lots rest on."""
        self._editions = editions
        self._suppliers = suppliers

    def describe(self, work: Work, material: Material, *, by: User) -> Material:
        """Keep a material of the caller's company under its part number.

        Raises:
            UnfitError: the caller acts for no company, the part number is taken, or an edition
                does not have its code.

        """
        if by.exporter_id is None:
            raise UnfitError(Flaw("", "only a company keeps materials"))
        rows = MaterialRows(work.transaction)
        if rows.of_parts(by.exporter_id, (material.part_number,)):
            problem = f"{material.part_number} is kept already; record lots under it"
            raise UnfitError(Flaw("/part_number", problem))
        for edition, hs in material.codes.items():
            self._require_code(hs, edition)
        described = replace(
            material, id=work.new_id(), exporter_id=by.exporter_id, described_at=work.now
        )
        rows.add(described)
        _record(work, described, "described", by=by)
        return described

    def state_code(
        self, work: Work, material_id: str, *, edition: int, hs: str, by: User
    ) -> Material:
        """Classify a material in an edition.

        Raises:
            MissingError: there is no such material.
            UnfitError: the edition has no such code.

        """
        material = self.get(work, material_id, by=by)
        self._require_code(hs, edition)
        MaterialRows(work.transaction).state_code(material.id, edition=edition, hs=hs)
        _record(work, material, "classified", by=by, facts={"code": f"{hs}@{edition}"})
        return replace(material, codes={**material.codes, edition: hs})

    def get(self, work: Work, material_id: str, *, by: User) -> Material:
        """Return a material that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = MaterialRows(work.transaction).find(material_id)
        if found is None:
            raise MissingError(what="material", id=material_id)
        by.require_sight(found.exporter_id, what="material", id=material_id)
        return found

    def page(self, work: Work, window: Window, *, by: User) -> tuple[Material, ...]:
        """Return the materials that the caller may see."""
        return MaterialRows(work.transaction).page(window, company=by.company)

    # Lots

    def receive(self, work: Work, material_id: str, *, lot: Lot, by: User) -> Lot:
        """Keep a lot that came in.

        Raises:
            MissingError: there is no such material.
            UnfitError: its number is taken, or its declaration is none of the company's.

        """
        material = self.get(work, material_id, by=by)
        return self._received(work, material, lot, by=by)

    def lots(self, work: Work, material_id: str, *, by: User) -> tuple[Lot, ...]:
        """Return the lots of a material, the voided ones too, as they came in.

        Raises:
            MissingError: there is no such material.

        """
        return MaterialRows(work.transaction).lots(self.get(work, material_id, by=by).id)

    def state_value(
        self, work: Work, material_id: str, lot_id: str, *, worth: tuple[Decimal, str], by: User
    ) -> Lot:
        """Keep what a unit of a lot is worth in a currency other than that of its price.

        Raises:
            MissingError: there is no such material or lot.
            UnfitError: the price itself is in that currency.

        """
        lot, (amount, currency) = self._lot(work, material_id, lot_id, by=by), worth
        if currency == lot.currency:
            raise UnfitError(Flaw("/currency", f"the price of the lot is in {currency} already"))
        MaterialRows(work.transaction).state_value(lot.id, currency=currency, amount=amount)
        material, facts = self.get(work, material_id, by=by), {"lot": lot.id}
        _record(work, material, "lot_valued", by=by, facts=facts | {"currency": currency})
        return replace(lot, values={**lot.values, currency: amount})

    def void_lot(self, work: Work, material_id: str, lot_id: str, *, reason: str, by: User) -> Lot:
        """Let a lot that was recorded wrongly count no more; determinations made stay as made.

        Raises:
            MissingError: there is no such material or lot.
            ConflictError: it counts no more already.

        """
        lot = self._lot(work, material_id, lot_id, by=by)
        if not MaterialRows(work.transaction).void_lot(lot.id, now=work.now):
            raise ConflictError(what="lot", current="void", wanted="void")
        material, facts = self.get(work, material_id, by=by), {"lot": lot.id, "reason": reason}
        _record(work, material, "lot_voided", by=by, facts=facts)
        return replace(lot, voided_at=work.now)

    def take_lots(
        self, work: Work, lots: Sequence[SheetLot], *, place: Place, by: User
    ) -> tuple[Lot, ...]:
        """Keep the lots of a sheet: all of them, or none; `place` names a cell to the reader.

        Raises:
            SheetError: a part number is unknown, a lot is known, or a declaration is none.

        """
        if by.exporter_id is None:
            raise UnfitError(Flaw("", "only a company keeps materials"))
        parts = {part for _, part, _ in lots}
        rows = MaterialRows(work.transaction)
        known = {one.part_number: one for one in rows.of_parts(by.exporter_id, parts)}
        taken, flaws = [], []
        for row, part, lot in lots:
            if part not in known:
                problem = f"no material {part} is kept; describe it first"
                flaws.append(Flaw(place(row, "part_number"), problem, "SCH-CELL"))
                continue
            try:
                taken.append(self._received(work, known[part], lot, by=by))
            except UnfitError as refused:
                column = refused.flaws[0].pointer.removeprefix("/").replace("number", "lot")
                flaws.append(Flaw(place(row, column), refused.flaws[0].detail, "SCH-CELL"))
        if flaws:
            raise SheetError(*flaws)
        return tuple(taken)

    # Withdrawals

    def withdraw(
        self, work: Work, material_id: str, *, withdrawal: Withdrawal, by: User
    ) -> Withdrawal:
        """Keep what was taken out of stock.

        Raises:
            MissingError: there is no such material.
            UnfitError: its lot is unknown.

        """
        material = self.get(work, material_id, by=by)
        kept = MaterialRows(work.transaction).kept(material)
        if withdrawal.lot and withdrawal.lot not in {one.number for one in kept.lots}:
            problem = f"{material.part_number} has no lot {withdrawal.lot}; record the lot first"
            raise UnfitError(Flaw("/lot", problem, code="RUL-STOCK"))
        taken = replace(withdrawal, id=work.new_id(), material_id=material.id, recorded_at=work.now)
        MaterialRows(work.transaction).add_withdrawal(taken)
        _record(work, material, "withdrawn", by=by, facts={"withdrawal": taken.id})
        return taken

    def withdrawals(self, work: Work, material_id: str, *, by: User) -> tuple[Withdrawal, ...]:
        """Return what was taken of a material, the voided ones too.

        Raises:
            MissingError: there is no such material.

        """
        return MaterialRows(work.transaction).withdrawals(self.get(work, material_id, by=by).id)

    def void_withdrawal(
        self, work: Work, material_id: str, withdrawal_id: str, *, reason: str, by: User
    ) -> Withdrawal:
        """Let a withdrawal that was recorded wrongly count no more.

        Raises:
            MissingError: there is no such material or withdrawal.
            ConflictError: it counts no more already.

        """
        every = self.withdrawals(work, material_id, by=by)
        found = next((one for one in every if one.id == withdrawal_id), None)
        if found is None:
            raise MissingError(what="withdrawal", id=withdrawal_id)
        if not MaterialRows(work.transaction).void_withdrawal(found.id, now=work.now):
            raise ConflictError(what="withdrawal", current="void", wanted="void")
        material, facts = self.get(work, material_id, by=by), {"withdrawal": found.id}
        _record(work, material, "withdrawal_voided", by=by, facts=facts | {"reason": reason})
        return replace(found, voided_at=work.now)

    # Methods

    def elect(self, work: Work, material_id: str, *, election: Election, by: User) -> Election:
        """Elect the one method of a fiscal year; over an earlier choice that nothing used.

        Raises:
            MissingError: there is no such material.
            UnfitError: another fiscal year overlaps, or months are named beside another method.
            ConflictError: a determination used the method of the year.

        """
        material = self.get(work, material_id, by=by)
        elected = replace(election, material_id=material.id, elected_at=work.now)
        if elected.period_months is not None and elected.method is not Inventory.AVERAGE:
            raise UnfitError(Flaw("/period_months", "belongs to the average alone; leave it out"))
        rows = MaterialRows(work.transaction)
        for one in rows.elections(material.id):
            if one.starts_on != elected.starts_on and _overlap(one, elected):
                problem = f"the fiscal year from {one.starts_on} on overlaps; begin when it ends"
                raise UnfitError(Flaw("/starts_on", problem))
        if not rows.elect(elected):
            raise ConflictError(
                what="inventory method",
                current="used by a determination in this fiscal year",
                wanted=elected.method,
            )
        facts = {"method": elected.method.value, "from": elected.starts_on.isoformat()}
        _record(work, material, "method_elected", by=by, facts=facts)
        return elected

    def elections(self, work: Work, material_id: str, *, by: User) -> tuple[Election, ...]:
        """Return the methods elected for a material, the first year first.

        Raises:
            MissingError: there is no such material.

        """
        return MaterialRows(work.transaction).elections(self.get(work, material_id, by=by).id)

    # For determinations

    def kept(self, work: Work, exporter_id: str, parts: Iterable[str]) -> Mapping[str, Kept]:
        """Return what is kept of a company's materials, by part number, to another desk."""
        rows = MaterialRows(work.transaction)
        return {one.part_number: rows.kept(one) for one in rows.of_parts(exporter_id, parts)}

    def use(self, work: Work, elections: Iterable[Election]) -> None:
        """Fix the methods that a determination rests on."""
        for one in elections:
            MaterialRows(work.transaction).use(one, now=work.now)

    def _received(self, work: Work, material: Material, lot: Lot, *, by: User) -> Lot:
        rows = MaterialRows(work.transaction)
        if any(one.number == lot.number and not one.voided_at for one in rows.lots(material.id)):
            problem = f"{material.part_number} has a lot {lot.number} already"
            raise UnfitError(Flaw("/number", problem))
        if lot.declaration_id is not None:
            found = self._suppliers.cited(work, (lot.declaration_id,)).get(lot.declaration_id)
            if found is None or found.exporter_id != material.exporter_id:
                problem = "the company asked for no such declaration"
                raise UnfitError(Flaw("/declaration", problem, code="RUL-PROOF"))
        received = replace(lot, id=work.new_id(), material_id=material.id, recorded_at=work.now)
        rows.add_lot(received)
        _record(work, material, "lot_received", by=by, facts={"lot": received.id})
        return received

    def _lot(self, work: Work, material_id: str, lot_id: str, *, by: User) -> Lot:
        found = [one for one in self.lots(work, material_id, by=by) if one.id == lot_id]
        if not found:
            raise MissingError(what="lot", id=lot_id)
        return found[0]

    def _require_code(self, hs: str, edition: int) -> None:
        if not self._editions.has(HsCode(hs), edition):
            raise UnfitError(Flaw("/hs", f"HS {edition} has no code {hs}", code="REF-HS-EDITION"))


def _overlap(one: Election, other: Election) -> bool:
    return one.year.contains(other.starts_on) or other.year.contains(one.starts_on)


# The trail is read by people who may not know what a company buys: it names records, no figures.
def _record(
    work: Work, material: Material, what: str, *, by: User, facts: dict[str, str] | None = None
) -> None:
    record(
        work,
        who=by.login,
        what=f"material.{what}",
        subject=f"material/{material.id}",
        facts=facts or {},
    )
