"""Products and bills on the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from ooms.access.schemas import Body, Country, Exact, HsDigits
from ooms.products.model import Bill, Product

MOST_LINES = 2000

_UNKNOWN_DAY = datetime.min.replace(tzinfo=UTC)


class MaterialBody(Body):
    """One line of a bill, as a determination case writes it."""

    name: Annotated[str, Field(min_length=1, max_length=256)]
    hs: Annotated[str, Field(pattern=r"^[0-9]{2,12}$")] | None = None
    originating: bool | None = None
    origin: Country | None = None
    value: Exact | None = None
    weight: Exact | None = None
    component: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    kind: Literal["material", "retail_packing", "shipping_packing", "accessory", "indirect"] = (
        "material"
    )
    made_from: Annotated[tuple[MaterialBody, ...], Field(max_length=MOST_LINES)] = ()


class BillIn(Body):
    """What one unit is made of, and how."""

    materials: Annotated[tuple[MaterialBody, ...], Field(max_length=MOST_LINES)]
    processes: Annotated[tuple[str, ...], Field(max_length=100)] = ()

    def value(self) -> Bill:
        """Return the bill, still without its version."""
        lines = tuple(one.model_dump(mode="json", exclude_none=True) for one in self.materials)
        return Bill(0, lines, self.processes)


class BillOut(BillIn):
    """A version of a bill; a frozen one changes no more."""

    version: int
    frozen_at: datetime | None


class ProductIn(Body):
    """A product to describe."""

    description: Annotated[str, Field(min_length=1, max_length=2048)]
    hs: HsDigits
    hs_edition: Annotated[int, Field(ge=1992, le=2099)]
    bill: BillIn
    model: Annotated[str, Field(max_length=256)] | None = None
    trademark: Annotated[str, Field(max_length=256)] | None = None
    weight: Exact | None = None

    def value(self) -> Product:
        """Return the product, still without its key and owner."""
        return Product(
            id="",
            exporter_id="",
            description=self.description,
            hs=self.hs,
            hs_edition=self.hs_edition,
            described_at=_UNKNOWN_DAY,
            bill=self.bill.value(),
            model=self.model,
            trademark=self.trademark,
            weight=None if self.weight is None else format(self.weight, "f"),
        )


class ProductOut(ProductIn):
    """A product with the newest version of its bill."""

    id: str
    exporter_id: str
    described_at: datetime
    bill: BillOut

    @classmethod
    def of(cls, product: Product) -> Self:
        """Show a product."""
        return cls.model_validate(product, from_attributes=True)
