"""Describe products and keep the versions of their bills."""

from __future__ import annotations

from dataclasses import replace

from ooms.access.model import User
from ooms.db import Window, Work
from ooms.errors import Flaw, MissingError, UnfitError
from ooms.products.model import Bill, Product
from ooms.products.repository import ProductRows


class Products:
    """The desk of products."""

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
            bill=replace(product.bill, version=1, frozen_at=None),
        )
        ProductRows(work.transaction).add(described)
        return described

    def write_bill(self, work: Work, product_id: str, *, bill: Bill, by: User) -> Product:
        """Write the bill of materials: over the newest version, or a new one if that is frozen.

        Raises:
            MissingError: there is no such product.

        """
        product = self.get(work, product_id, by=by)
        rows = ProductRows(work.transaction)
        written = replace(bill, version=product.bill.version, frozen_at=None)
        if not rows.replace_bill(product.id, written):
            written = replace(written, version=product.bill.version + 1)
            rows.add_bill(product.id, written, now=work.now)
        return replace(product, bill=written)

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

    def freeze(self, work: Work, product: Product) -> None:
        """Freeze the bill that something now rests on."""
        ProductRows(work.transaction).freeze_bill(product.id, product.bill.version, now=work.now)

    def page(self, work: Work, window: Window, *, by: User) -> tuple[Product, ...]:
        """Return the products that the caller may see."""
        return ProductRows(work.transaction).page(window, company=by.company)
