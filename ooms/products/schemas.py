"""Products and bills on the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ooms.access.confidentiality import ONLY_OWNER_AND_HOLDER, Sight, Withheld
from ooms.access.schemas import (
    Body,
    Country,
    Currency,
    Exact,
    HsDigits,
    Reason,
    WithheldOut,
)
from ooms.products.model import Bill, BillState, Correlation, Imported, Product, SalesPrice

MOST_LINES = 2000
MOST_SHEET_LETTERS = 8_000_000

_UNKNOWN_DAY = datetime.min.replace(tzinfo=UTC)


def _no_bill(field: str) -> WithheldOut:
    return WithheldOut.of(Withheld((field,), ONLY_OWNER_AND_HOLDER))


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
    #: A supplier's declaration that the line rests on.
    declaration: Annotated[str, Field(min_length=1, max_length=36)] | None = None
    #: The material kept in stock that the line is taken from, and how much one unit needs of it.
    part_number: Annotated[str, Field(min_length=1, max_length=70)] | None = None
    quantity: Annotated[Exact, Field(gt=0)] | None = None
    made_from: Annotated[tuple[MaterialBody, ...], Field(max_length=MOST_LINES)] = ()

    @model_validator(mode="after")
    def _stock_or_statement(self) -> Self:
        if (self.part_number is None) != (self.quantity is None):
            raise ValueError("part_number and quantity stand together, or neither does")
        own = (self.originating, self.origin, self.value, self.declaration, self.made_from or None)
        if self.part_number is not None and any(one is not None for one in own):
            raise ValueError("its lots say what a material in stock is worth and where it is from")
        return self


class BillIn(Body):
    """What one unit is made of, and how; at which plant and in which days, if that matters."""

    materials: Annotated[tuple[MaterialBody, ...], Field(max_length=MOST_LINES)]
    processes: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    plant: Annotated[str, Field(max_length=70)] = ""
    valid_from: date | None = None
    #: The first day on which it holds no more.
    valid_until: date | None = None

    @model_validator(mode="after")
    def _end_after_the_start(self) -> Self:
        if self.valid_until and self.valid_until <= (self.valid_from or date.min):
            raise ValueError("valid_until must come after valid_from")
        return self

    def value(self) -> Bill:
        """Return the bill, still without its version."""
        return Bill(
            version=0,
            materials=tuple(
                one.model_dump(mode="json", exclude_none=True) for one in self.materials
            ),
            processes=self.processes,
            plant=self.plant,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


class BillOut(BillIn):
    """A version of a bill; only a draft may still be written."""

    version: int
    state: BillState
    frozen_at: datetime | None


class BillsOut(Body):
    """Every version of a product's bills, the newest first."""

    items: tuple[BillOut, ...]
    withheld: WithheldOut | None = None

    @classmethod
    def of(cls, bills: tuple[Bill, ...], seen: Sight) -> Self:
        """Show bills, or that they are withheld."""
        if seen is Sight.NAMED:
            return cls(items=(), withheld=_no_bill("items"))
        return cls(items=tuple(BillOut.model_validate(one, from_attributes=True) for one in bills))


class ClassificationIn(Body):
    """The product's code, the edition that it is a code of, and why it is classified there."""

    hs: HsDigits
    hs_edition: Annotated[int, Field(ge=1992, le=2099)]
    reason: Reason


class SalesPriceBody(Body):
    """What one unit is sold for now, on a basis and in a currency."""

    basis: Literal["FOB", "EXW", "AV", "TV", "NC"]
    amount: Exact
    currency: Currency

    def value(self) -> SalesPrice:
        """Return the price."""
        return SalesPrice(self.basis, self.currency, self.amount)


class CodeIn(Body):
    """Which of the candidates the product's code is in another edition."""

    edition: Annotated[int, Field(ge=1992, le=2099)]
    hs: HsDigits


class CodeOut(Body):
    """What is known of a product's code in an edition; `code` null means that it is a question.

    `candidates` null means that no table leads to the edition.
    """

    edition: int
    code: str | None
    stated: str | None
    candidates: tuple[str, ...] | None

    @classmethod
    def of(cls, known: Correlation) -> Self:
        """Show what is known."""
        return cls.model_validate(known, from_attributes=True)


class DescriptionBody(Body):
    """What a product is, and how it is classified."""

    description: Annotated[str, Field(min_length=1, max_length=2048)]
    hs: HsDigits
    hs_edition: Annotated[int, Field(ge=1992, le=2099)]
    model: Annotated[str, Field(max_length=256)] | None = None
    trademark: Annotated[str, Field(max_length=256)] | None = None
    weight: Exact | None = None


class ProductIn(DescriptionBody):
    """A product to describe."""

    bill: BillIn

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


class ProductOut(DescriptionBody):
    """A product with the newest version of its bill, as far as the reader may see it."""

    id: str
    exporter_id: str
    described_at: datetime
    bill: BillOut | None
    withheld: WithheldOut | None = None

    @classmethod
    def of(cls, product: Product, seen: Sight = Sight.OWN) -> Self:
        """Show a product; whoever only gets its name sees no bill."""
        if seen is not Sight.NAMED:
            return cls.model_validate(product, from_attributes=True)
        names = set(cls.model_fields) - {"bill", "withheld"}
        shown = {name: getattr(product, name) for name in names}
        return cls.model_validate(shown | {"bill": None, "withheld": _no_bill("bill")})


class SheetIn(Body):
    """A sheet of bills: CSV as text."""

    file: Annotated[str, Field(pattern=r"^[^/\\#]{1,120}\.csv$")]
    content: Annotated[str, Field(min_length=1, max_length=MOST_SHEET_LETTERS)]


class ImportedOut(Body):
    """What became of one bill of the sheet."""

    product_id: str
    model: str | None
    is_new: bool
    bill_version: int
    lines: int


class SheetOut(Body):
    """What became of a sheet; it was taken whole."""

    file: str
    bills: tuple[ImportedOut, ...]

    @classmethod
    def of(cls, file: str, imported: tuple[Imported, ...]) -> Self:
        """Show what was imported."""
        return cls(
            file=file,
            bills=tuple(
                ImportedOut(
                    product_id=one.product.id,
                    model=one.product.model,
                    is_new=one.is_new,
                    bill_version=one.product.bill.version,
                    lines=len(one.product.bill.materials),
                )
                for one in imported
            ),
        )
