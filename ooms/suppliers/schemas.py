"""Suppliers' declarations on the wire; a supplier's amounts are not for his buyer's eyes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.confidentiality import ONLY_OWNER_AND_HOLDER, Sight, Withheld
from ooms.access.schemas import (
    AgreementCode,
    Body,
    Country,
    Exact,
    HsDigits,
    Name,
    Reason,
    WithheldOut,
)
from ooms.suppliers.model import Amounts, Declaration, Goods, Kind, Statement, Supplier
from ooms.suppliers.service import Asked

ONLY_ITS_SUPPLIER = "the supplier entrusted his amounts to the office alone"
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
    """What the supplier states of his production, for one unit of the goods.

    `confidential` false opens the amounts to the buyer; else only the deciding officer sees them.
    """

    net_cost: Exact | None = None
    foreign_value: Exact | None = None
    own_value: Exact | None = None
    foreign_inputs: Annotated[tuple[HsDigits, ...], Field(max_length=500)] | None = None
    made_in_parties: bool = False
    confidential: bool = True


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
    supplier: SupplierBody | None
    goods: GoodsBody
    state: str
    requested_at: datetime
    answer_by: date
    reminders: int
    statement: StatementBody | None
    findings: tuple[FindingOut, ...]
    customs_reference: str
    reason: str
    withheld: WithheldOut | None = None

    @classmethod
    def of(cls, declaration: Declaration, seen: Sight = Sight.WHOLE) -> Self:
        """Show a declaration as far as the reader may see it; its supplier sees all of it."""
        shown = cls.model_validate(declaration, from_attributes=True)
        if seen is Sight.NAMED:
            return shown.model_copy(update=_NAMED)
        amounts = shown.statement.amounts if shown.statement else None
        if seen is Sight.WHOLE or amounts is None or not amounts.confidential:
            return shown
        hidden = shown.statement and shown.statement.model_copy(update={"amounts": None})
        withheld = WithheldOut.of(Withheld(("statement/amounts",), ONLY_ITS_SUPPLIER))
        return shown.model_copy(update={"statement": hidden, "withheld": withheld})


class AskedOut(DeclarationOut):
    """A declaration as its supplier's link opens it: he sees all of it, and who asks."""

    buyer: str

    @classmethod
    def by_link(cls, declaration: Declaration, *, buyer: str) -> Self:
        """Show a supplier what his link opens."""
        return cls.model_validate(dict(DeclarationOut.of(declaration)) | {"buyer": buyer})


_HIDDEN = ("supplier", "statement", "findings", "customs_reference", "reason")
#: What stands in place of a supplier and his words for those who do not decide on them.
_NAMED = {
    "supplier": None,
    "statement": None,
    "findings": (),
    "customs_reference": "",
    "reason": "",
    "withheld": WithheldOut.of(Withheld(_HIDDEN, ONLY_OWNER_AND_HOLDER)),
}
