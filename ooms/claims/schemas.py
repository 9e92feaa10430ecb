"""Claims on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ooms.access.schemas import AgreementCode, Body, Exact, HsDigits, Reason
from ooms.claims.model import CheckedLine, Claim, Declaration, Line

Text35 = Annotated[str, Field(min_length=1, max_length=35)]


class ClaimLineIn(Body):
    """One line of a declaration that claims preference."""

    line_no: Annotated[int, Field(ge=1, le=99_999)]
    certificate_number: Text35
    item_no: Annotated[int, Field(ge=1, le=99_999)]
    hs: HsDigits
    quantity: Exact
    unit: Annotated[str, Field(pattern="^[0-9A-Z]{1,3}$")]
    exporter: Annotated[str, Field(max_length=256)] | None = None
    invoice: Annotated[str, Field(max_length=36)] | None = None
    agreement: AgreementCode | None = None


class ClaimIn(Body):
    """An import declaration, in one of its versions."""

    declaration_number: Text35
    version: Annotated[int, Field(ge=1, le=999)] = 1
    declared_on: date | None = None
    lines: Annotated[tuple[ClaimLineIn, ...], Field(min_length=1, max_length=999)]

    @model_validator(mode="after")
    def _name_each_thing_once(self) -> Self:
        numbers = [line.line_no for line in self.lines]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two lines have the same line_no")
        items = [
            ("".join(filter(str.isalnum, line.certificate_number)).upper(), line.item_no)
            for line in self.lines
        ]
        if len(set(items)) != len(items):
            raise ValueError("two lines use the same item of a certificate; put them together")
        if any(line.quantity <= 0 for line in self.lines):
            raise ValueError("a quantity is more than nothing")
        return self

    def value(self, *, today: date) -> Declaration:
        """Return the declaration; without a day of its own it is today's."""
        return Declaration(
            number=self.declaration_number,
            version=self.version,
            declared_on=self.declared_on or today,
            lines=tuple(Line(**line.model_dump()) for line in self.lines),
        )


class LineDecisionIn(Body):
    """What an officer decides on a line that the checks left open."""

    decision: Literal["GRANTED", "DENIED"]
    reason: Reason


class CheckOut(Body):
    """What one check says, with the facts that decided."""

    check: str
    outcome: str
    detail: str
    code: str
    facts: dict[str, str]


class ClaimLineOut(ClaimLineIn):
    """A line with its checks and what was decided."""

    decision: str
    reason_code: str
    reason: str
    checks: tuple[CheckOut, ...]

    @classmethod
    def of(cls, checked: CheckedLine) -> Self:
        """Show a line."""
        line = checked.line
        return cls(
            line_no=line.line_no,
            certificate_number=line.certificate_number,
            item_no=line.item_no,
            hs=line.hs,
            quantity=line.quantity,
            unit=line.unit,
            exporter=line.exporter,
            invoice=line.invoice,
            agreement=line.agreement,
            decision=checked.decision,
            reason_code=checked.reason_code,
            reason=checked.reason,
            checks=tuple(
                CheckOut(
                    check=one.check,
                    outcome=one.outcome,
                    detail=one.detail,
                    code=one.code,
                    facts=one.facts,
                )
                for one in checked.checks
            ),
        )


class ClaimOut(Body):
    """A claim with everything that was decided on it."""

    id: str
    declaration_number: str
    version: int
    declared_on: date
    superseded: bool
    made_at: datetime
    lines: tuple[ClaimLineOut, ...]

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """Show a claim."""
        return cls(
            id=claim.id,
            declaration_number=claim.declaration.number,
            version=claim.declaration.version,
            declared_on=claim.declaration.declared_on,
            superseded=claim.superseded,
            made_at=claim.made_at,
            lines=tuple(ClaimLineOut.of(one) for one in claim.lines),
        )
