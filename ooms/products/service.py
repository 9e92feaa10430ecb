"""Describe products, classify them by edition, and keep the versions of their bills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from ooms.access.model import User
from ooms.agreements.editions import Editions, NotInEdition
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.kernel.hs import HsCode
from ooms.products.model import (
    Bill,
    BillState,
    Correlation,
    EditionCode,
    Imported,
    Product,
    SalesPrice,
    SheetBill,
    advance,
)
from ooms.products.repository import ProductRows
from ooms.products.sheet import Place, SheetError


class Dependents(Protocol):
    """Whoever rests on products and has to know when one is written anew."""

    def product_changed(self, work: Work, product: Product) -> None:
        """Hear that a product's bill, code or price has changed."""
        ...


class Products:
    """The desk of products."""

    def __init__(self, *, editions: Editions) -> None:
        """Put codes into other editions by the tables that are loaded."""
        self._editions = editions
        self._dependents: Dependents | None = None

    def connect(self, dependents: Dependents) -> None:
        """Tell somebody of products that are written anew."""
        self._dependents = dependents

    def describe(self, work: Work, product: Product, *, by: User) -> Product:
        """Keep a product of the caller's company, with the first version of its bill.

        Raises:
            UnfitError: the caller acts for no company.

        """
        if by.exporter_id is None:
            raise UnfitError(Flaw("", "only an exporter describes products"))
        described = replace(
            product,
            id=work.new_id(),
            exporter_id=by.exporter_id,
            described_at=work.now,
            bill=replace(product.bill, version=1, frozen_at=None, state=BillState.DRAFT),
        )
        ProductRows(work.transaction).add(described)
        return described

    def write_bill(self, work: Work, product_id: str, *, bill: Bill, by: User) -> Product:
        """Write a plant's bill: over its draft, or a new version when there is none.

        Raises:
            MissingError: there is no such product.

        """
        product = self.get(work, product_id, by=by)
        rows = ProductRows(work.transaction)
        versions = rows.bills(product.id)
        newest = next((one for one in versions if one.plant == bill.plant), None)
        written = replace(bill, frozen_at=None, state=BillState.DRAFT)
        if newest is not None:
            written = replace(written, version=newest.version)
        if newest is None or not rows.replace_bill(product.id, written):
            written = replace(written, version=versions[0].version + 1)
            rows.add_bill(product.id, written, now=work.now)
        return self._told(work, replace(product, bill=written))

    def bills(self, work: Work, product_id: str, *, by: User) -> tuple[Bill, ...]:
        """Return every version of a product's bills, the newest first.

        Raises:
            MissingError: there is no such product.

        """
        return ProductRows(work.transaction).bills(self.get(work, product_id, by=by).id)

    def move_bill(
        self, work: Work, product_id: str, version: int, *, wanted: BillState, by: User
    ) -> Product:
        """Freeze or retire a version of a bill.

        Raises:
            MissingError: there is no such product or version.
            ConflictError: the version stands where it cannot be moved so.

        """
        product = self.get(work, product_id, by=by)
        found = [one for one in self.bills(work, product_id, by=by) if one.version == version]
        if not found:
            raise MissingError(what="version of the bill", id=str(version))
        moved = self._move(work, replace(product, bill=found[0]), wanted)
        record(
            work,
            who=by.login,
            what=f"bill.{wanted.lower()}",
            subject=f"product/{product_id}",
            facts={"version": str(version)},
        )
        return self._told(work, moved)

    def in_force(
        self, work: Work, product_id: str, *, plant: str | None, on: date, by: User
    ) -> Product:
        """Return a product with the bill that holds on a day at a plant.

        Raises:
            MissingError: there is no such product.
            UnfitError: no bill covers the day, or several plants do and none is named.

        """
        product = self.get(work, product_id, by=by)
        bills = [one for one in self.bills(work, product_id, by=by) if one.covers(on)]
        if plant is not None:
            bills = [one for one in bills if one.plant == plant]
        if not bills:
            problem = f"no bill of materials holds on {on}"
            raise UnfitError(Flaw("/plant", problem, code="RUL-BILL"))
        plants = sorted({one.plant for one in bills})
        if len(plants) > 1:
            problem = f"say at which plant it is made: {', '.join(map(repr, plants))}"
            raise UnfitError(Flaw("/plant", problem, code="RUL-BILL"))
        return replace(product, bill=bills[0])

    def use(self, work: Work, product: Product) -> Product:
        """Freeze the bill that something now rests on, and say that it is used.

        Raises:
            ConflictError: the bill was retired meanwhile.

        """
        if product.bill.state is BillState.DRAFT:
            product = self._move(work, product, BillState.FROZEN)
        if product.bill.state is BillState.FROZEN:
            product = self._move(work, product, BillState.IN_USE)
        return product

    def classify(
        self, work: Work, product_id: str, *, code: tuple[str, int], reason: str, by: User
    ) -> Product:
        """Classify a product anew; what was answered about its old code is forgotten.

        Raises:
            MissingError: there is no such product.
            UnfitError: the edition has no such code.

        """
        product = self.get(work, product_id, by=by)
        hs, edition = code
        if not self._editions.has(HsCode(hs), edition):
            raise UnfitError(Flaw("/hs", f"HS {edition} has no code {hs}", code="REF-HS-EDITION"))
        ProductRows(work.transaction).classify(product.id, hs=hs, edition=edition)
        record(
            work,
            who=by.login,
            what="product.classified",
            subject=f"product/{product.id}",
            facts={"from": f"{product.hs}@{product.hs_edition}", "to": f"{hs}@{edition}"}
            | {"reason": reason},
        )
        return self._told(work, replace(product, hs=hs, hs_edition=edition))

    def state_price(
        self, work: Work, product_id: str, *, price: SalesPrice, by: User
    ) -> SalesPrice:
        """Keep what a unit is sold for now.

        Raises:
            MissingError: there is no such product.

        """
        product = self.get(work, product_id, by=by)
        ProductRows(work.transaction).state_price(product.id, price, now=work.now)
        self._told(work, product)
        return price

    def price(self, work: Work, product_id: str, *, basis: str, currency: str) -> Decimal | None:
        """Return what a unit is sold for on a basis and in a currency, if that is stated."""
        rows = ProductRows(work.transaction)
        return rows.price(product_id, basis=basis, currency=currency)

    def as_it_is(self, work: Work, product_id: str) -> tuple[Product, tuple[Bill, ...]]:
        """Return a product and all its bills to another desk of the office.

        Raises:
            MissingError: there is none.

        """
        rows = ProductRows(work.transaction)
        found = rows.find(product_id)
        if found is None:
            raise MissingError(what="product", id=product_id)
        return found, rows.bills(product_id)

    def correlation(self, work: Work, product_id: str, *, edition: int, by: User) -> Correlation:
        """Tell what the product's code may be in an edition; several candidates are a question.

        Raises:
            MissingError: there is no such product.
            UnfitError: the product's own code does not exist in its own edition.

        """
        product = self.get(work, product_id, by=by)
        stated = ProductRows(work.transaction).codes(product.id).get(edition)
        found = self._editions.candidates(HsCode(product.hs), product.hs_edition, edition)
        if isinstance(found, NotInEdition):
            problem = f"HS {found.edition} has no code {found.code.digits}; classify it anew"
            raise UnfitError(Flaw("/hs", problem, code="REF-HS-EDITION"))
        candidates = None if found is None else tuple(one.digits for one in found)
        return Correlation(edition, stated, candidates)

    def state_code(
        self, work: Work, product_id: str, *, edition: int, hs: str, by: User
    ) -> Correlation:
        """Answer which of the candidates the product's code is in an edition.

        Raises:
            MissingError: there is no such product.
            UnfitError: the code is no candidate, or the edition does not have it.

        """
        known = self.correlation(work, product_id, edition=edition, by=by)
        code = HsCode(hs)
        if not self._editions.has(code, edition):
            raise UnfitError(Flaw("/hs", f"HS {edition} has no code {hs}", code="REF-HS-EDITION"))
        if known.candidates and code.subheading not in known.candidates:
            problem = f"the tables lead to {', '.join(known.candidates)}"
            raise UnfitError(Flaw("/hs", problem, code="REF-HS-EDITION"))
        stated = EditionCode(edition, hs, work.now)
        ProductRows(work.transaction).state_code(product_id, stated)
        return replace(known, stated=hs)

    def stated_codes(self, work: Work, product: Product) -> dict[int, str]:
        """Return the codes that the company stated for other editions."""
        return ProductRows(work.transaction).codes(product.id)

    def take_sheet(
        self, work: Work, bills: Sequence[SheetBill], *, place: Place, by: User
    ) -> tuple[Imported, ...]:
        """Take the bills of a sheet: all of them, or none; `place` names a cell to the reader.

        1. Find the product of each bill by its model, or describe it when the sheet does.
        2. Write the bill as `write_bill` does.

        Raises:
            SheetError: a product is unknown, or known more than once.

        """
        if by.exporter_id is None:
            raise UnfitError(Flaw("", "only an exporter describes products"))
        known = {
            one.model: ProductRows(work.transaction).of_model(by.exporter_id, one.model)
            for one in bills
        }
        flaws = [
            Flaw(place(one.row, "product"), problem, code="SCH-CELL")
            for one in bills
            if (problem := _unknown(one, known[one.model]))
        ]
        if flaws:
            raise SheetError(*flaws)
        taken: list[Imported] = []
        for one in bills:
            if not known[one.model] and one.described is not None:  # 1
                product = replace(one.described, bill=one.bill)
                described = self.describe(work, product, by=by)
                known[one.model] = (described,)
                taken.append(Imported(described, is_new=True))
                continue
            found = known[one.model][0]
            written = self.write_bill(work, found.id, bill=one.bill, by=by)  # 2
            taken.append(Imported(written, is_new=False))
        return tuple(taken)

    def get(self, work: Work, product_id: str, *, by: User) -> Product:
        """Return a product that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = ProductRows(work.transaction).find(product_id)
        if found is None:
            raise MissingError(what="product", id=product_id)
        by.require_sight(found.exporter_id, what="product", id=product_id)
        return found

    def page(self, work: Work, window: Window, *, by: User) -> tuple[Product, ...]:
        """Return the products that the caller may see."""
        return ProductRows(work.transaction).page(window, company=by.company)

    def _told(self, work: Work, product: Product) -> Product:
        if self._dependents is not None:
            self._dependents.product_changed(work, product)
        return product

    def _move(self, work: Work, product: Product, wanted: BillState) -> Product:
        bill = product.bill
        frozen_at = bill.frozen_at or (work.now if wanted is BillState.FROZEN else None)
        moved = replace(bill, state=advance(bill.state, wanted), frozen_at=frozen_at)
        if not ProductRows(work.transaction).move_bill(product.id, moved, since=bill.state):
            raise ConflictError(what="bill", current="changed meanwhile", wanted=wanted)
        return replace(product, bill=moved)


def _unknown(one: SheetBill, found: tuple[Product, ...]) -> str:
    if len(found) > 1:
        return f"{len(found)} products have the model {one.model}"
    if not found and one.described is None:
        return f"no product has the model {one.model}, and the sheet does not describe it"
    return ""
