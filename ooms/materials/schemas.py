"""Materials, lots, withdrawals and methods on the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from ooms.access.schemas import Body, Country, Currency, Exact, HsDigits, Name, Reason
from ooms.agreements.policies import Inventory
from ooms.materials.model import Election, Lot, Material, Withdrawal

_UNKNOWN = datetime.min.replace(tzinfo=UTC)

Short = Annotated[str, Field(min_length=1, max_length=70)]
Edition = Annotated[int, Field(ge=1992, le=2099)]
#: The same bound as for all amounts; nothing is no lot.
Some = Annotated[Exact, Field(gt=0)]
MOST_SHEET_LETTERS = 8_000_000


class CodeBody(Body):
    """A code, and the edition that it is a code of."""

    hs: HsDigits
    edition: Edition


class MaterialIn(Body):
    """A material to keep: its part number, and its codes by edition."""

    part_number: Short
    description: Name
    #: A unit of measure (UN/ECE Recommendation 20), such as KGM or C62.
    unit: Annotated[str, Field(pattern="^[A-Z0-9]{2,3}$")]
    codes: Annotated[tuple[CodeBody, ...], Field(max_length=20)] = ()

    def value(self) -> Material:
        """Return the material, still without its key and owner."""
        codes = {one.edition: one.hs for one in self.codes}
        return Material("", "", self.part_number, self.description, self.unit, _UNKNOWN, codes)


class MaterialOut(MaterialIn):
    """A material as it is kept."""

    id: str
    exporter_id: str
    described_at: datetime

    @classmethod
    def of(cls, one: Material) -> Self:
        """Show a material."""
        codes = [{"edition": edition, "hs": hs} for edition, hs in sorted(one.codes.items())]
        names = set(cls.model_fields) - {"codes"}
        return cls.model_validate({name: getattr(one, name) for name in names} | {"codes": codes})


class LotIn(Body):
    """Units that came in together; `originating` null means that nobody has shown anything."""

    number: Short
    received_on: date
    quantity: Some
    unit_price: Exact
    currency: Currency
    incoterm: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    supplier: Name
    #: Where the units were made, as far as it is known.
    country: Country
    originating: bool | None = None
    #: A supplier's declaration that the company asked for here.
    declaration: Annotated[str, Field(min_length=1, max_length=36)] | None = None
    #: The reference of a declaration that is kept elsewhere.
    reference: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    #: What was on hand when a fiscal year began, received on its first day.
    opening: bool = False

    @model_validator(mode="after")
    def _proof_of_something(self) -> Self:
        if self.declaration is not None and self.originating is False:
            raise ValueError("a lot that does not originate rests on no declaration")
        return self

    def value(self) -> Lot:
        """Return the lot, still without its key and material."""
        return Lot(
            id="",
            material_id="",
            number=self.number,
            received_on=self.received_on,
            quantity=self.quantity,
            unit_price=self.unit_price,
            currency=self.currency,
            supplier=self.supplier,
            country=self.country,
            recorded_at=_UNKNOWN,
            incoterm=self.incoterm,
            originating=self.originating,
            declaration_id=self.declaration,
            reference=self.reference,
            is_opening=self.opening,
        )


class ValueBody(Body):
    """What one unit is worth in a currency; the company states it, no rate is kept here."""

    amount: Exact
    currency: Currency


class LotOut(LotIn):
    """A lot as it is kept."""

    id: str
    material_id: str
    recorded_at: datetime
    voided_at: datetime | None
    values: tuple[ValueBody, ...]

    @classmethod
    def of(cls, one: Lot) -> Self:
        """Show a lot."""
        values = [{"amount": of, "currency": name} for name, of in sorted(one.values.items())]
        odd = {
            "declaration": one.declaration_id,
            "opening": one.is_opening,
            "values": values,
        }
        names = set(cls.model_fields) - set(odd)
        return cls.model_validate({name: getattr(one, name) for name in names} | odd)


class LotsOut(Body):
    """The lots of a material, as they came in."""

    items: tuple[LotOut, ...]


class WithdrawalIn(Body):
    """Units taken out of stock; of which lot, where lots are kept apart, and for which product."""

    taken_on: date
    quantity: Some
    lot: Short | None = None
    #: The model of the product; without it, the units went into any of them.
    product: Annotated[str, Field(min_length=1, max_length=256)] | None = None

    def value(self) -> Withdrawal:
        """Return the withdrawal, still without its key and material."""
        return Withdrawal(
            "", "", self.taken_on, self.quantity, _UNKNOWN, lot=self.lot, product=self.product
        )


class WithdrawalOut(WithdrawalIn):
    """A withdrawal as it is kept."""

    id: str
    material_id: str
    recorded_at: datetime
    voided_at: datetime | None

    @classmethod
    def of(cls, one: Withdrawal) -> Self:
        """Show a withdrawal."""
        return cls.model_validate({name: getattr(one, name) for name in cls.model_fields})


class WithdrawalsOut(Body):
    """What was taken of a material, in the order of days."""

    items: tuple[WithdrawalOut, ...]


class MethodIn(Body):
    """How units are told apart in the fiscal year that begins on a day."""

    starts_on: date
    method: Inventory
    #: With the average: the ratio of one period holds for the next.
    period_months: Annotated[int, Field(ge=1, le=12)] | None = None
    #: What came in on a day could leave on the same day.
    receipts_first: bool = False

    def value(self) -> Election:
        """Return the election, still without its material."""
        return Election(
            "", self.starts_on, self.method, _UNKNOWN, self.period_months, self.receipts_first
        )


class MethodOut(MethodIn):
    """A method as it was elected; fixed once a determination used it."""

    elected_at: datetime
    used_at: datetime | None

    @classmethod
    def of(cls, one: Election) -> Self:
        """Show a method."""
        return cls.model_validate({name: getattr(one, name) for name in cls.model_fields})


class MethodsOut(Body):
    """The methods elected for a material, the first year first."""

    items: tuple[MethodOut, ...]


class VoidingIn(Body):
    """Why what was recorded counts no more."""

    reason: Reason


class LotSheetIn(Body):
    """A sheet of lots: CSV as text."""

    file: Annotated[str, Field(pattern=r"^[^/\\#]{1,115}\.csv$")]
    content: Annotated[str, Field(min_length=1, max_length=MOST_SHEET_LETTERS)]
