"""Suppliers' declarations on the wire; a supplier's amounts are not for his buyer's eyes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.model import Role, User
from ooms.access.schemas import AgreementCode, Body, Country, Exact, HsDigits, Name, Reason
from ooms.suppliers.model import Amounts, Declaration, Goods, Kind, Statement, Supplier
from ooms.suppliers.service import Asked

Text70 = Annotated[str, Field(max_length=70)]


class SupplierBody(Body):
    """Who is asked."""

    name: Name
    country: Country
    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    tax_id: Annotated[str, Field(max_length=35)] | None = None


class GoodsBody(Body):
    """What the declaration is about."""

    description: Annotated[str, Field(min_length=1, max_length=2048)]
    hs: HsDigits
    hs_edition: Annotated[int, Field(ge=1992, le=2099)]


class RequestIn(Body):
    """Which declaration is asked of whom, under which agreement, and within how many days."""

    kind: Kind
    agreement: AgreementCode
    supplier: SupplierBody
    goods: GoodsBody
    within_days: Annotated[int, Field(ge=1, le=90)] = 14

    def value(self) -> Asked:
        """Return the request."""
        return Asked(
            kind=self.kind,
            agreement=self.agreement,
            supplier=Supplier(**self.supplier.model_dump()),
            goods=Goods(**self.goods.model_dump()),
            within_days=self.within_days,
        )


class AmountsBody(Body):
    """What the supplier states of his production, for one unit of the goods."""

    net_cost: Exact | None = None
    foreign_value: Exact | None = None
    own_value: Exact | None = None
    foreign_inputs: Annotated[tuple[HsDigits, ...], Field(max_length=500)] | None = None
    made_in_parties: bool = False


class StatementBody(Body):
    """What the supplier states and signs; `valid_until` is the first day after."""

    agreement: AgreementCode
    hs: HsDigits
    origin: Country | None = None
    valid_from: date
    valid_until: date | None = None
    signer: Annotated[str, Field(max_length=256)]
    signer_title: Text70 = ""
    signed_on: date
    criterion: Annotated[str, Field(max_length=256)] = ""
    customs_reference: Text70 = ""
    amounts: AmountsBody | None = None

    def value(self) -> Statement:
        """Return the statement."""
        given = self.model_dump(exclude={"amounts"})
        amounts = Amounts(**self.amounts.model_dump()) if self.amounts else None
        return Statement(**given, amounts=amounts)


class RevocationIn(Body):
    """Why the declaration counts no more."""

    reason: Reason


class ConfirmationIn(Body):
    """Under which reference customs checked it."""

    reference: Annotated[str, Field(min_length=1, max_length=70)]


class FindingOut(Body):
    """What the lint holds against the statement, and where."""

    pointer: str
    problem: str


class DeclarationOut(Body):
    """A declaration as it stands, as far as the reader may see it."""

    id: str
    exporter_id: str
    kind: Kind
    agreement: str
    supplier: SupplierBody
    goods: GoodsBody
    state: str
    requested_at: datetime
    answer_by: date
    reminders: int
    statement: StatementBody | None
    findings: tuple[FindingOut, ...]
    customs_reference: str
    reason: str

    @classmethod
    def of(cls, declaration: Declaration) -> Self:
        """Show all of a declaration: to its supplier and to the officer."""
        return cls.model_validate(declaration, from_attributes=True)

    @classmethod
    def seen_by(cls, declaration: Declaration, by: User) -> Self:
        """Show a declaration without the supplier's amounts, unless an officer reads it."""
        shown = cls.of(declaration)
        if by.role is Role.OFFICER or shown.statement is None:
            return shown
        hidden = shown.statement.model_copy(update={"amounts": None})
        return shown.model_copy(update={"statement": hidden})
