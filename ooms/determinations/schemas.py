"""Determinations on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from ooms.access.schemas import AgreementCode, Body, Country, Currency, Exact
from ooms.determinations.model import Determined, Request


class PriceBody(Body):
    """What one unit is sold for, and on which basis that is stated."""

    basis: Literal["FOB", "EXW", "AV", "TV", "NC"]
    amount: Exact
    currency: Currency


class DeterminationIn(Body):
    """Under which agreement and for which buyer's country; `facts` answers questions."""

    agreement: AgreementCode
    importing_party: Country
    on: date | None = None
    price: PriceBody | None = None
    facts: Annotated[dict[str, bool | str], Field(default_factory=dict, max_length=200)]

    def value(self, *, today: date) -> Request:
        """Return the request; without a day of its own it is for today."""
        return Request(
            agreement=self.agreement,
            importing_party=self.importing_party,
            on=self.on or today,
            price=self.price.model_dump(mode="json") if self.price else None,
            facts=dict(self.facts),
        )


class DeterminationOut(Body):
    """A determination; `answer` is the trace as the contract for determinations writes it."""

    id: str
    exporter_id: str
    product_id: str
    bill_version: int
    agreement: str
    exporting_party: str
    importing_party: str
    judged_on: date
    verdict: str
    criterion: str | None
    rule_pack: str
    engine: str
    inputs_hash: str
    case: dict[str, Any]
    answer: dict[str, Any]
    determined_at: datetime

    @classmethod
    def of(cls, determined: Determined) -> Self:
        """Show a determination."""
        return cls.model_validate(determined, from_attributes=True)
