"""Notices of denials on the wire."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body, Currency, Exact, Reason
from ooms.decisions.model import Verdict, Wanted
from ooms.denials.model import DenialNotice, Explanation, State, Way


class ExplanationIn(Body):
    """What an issuing authority explains, and on which day it came."""

    words: Reason
    received_on: date


class RefundIn(Body):
    """What is to be paid back to the importer."""

    amount: Exact
    currency: Currency


class ExplanationDecisionIn(Body):
    """Whether an explanation is accepted, why, and what is then to be paid back."""

    is_accepted: bool
    words: Reason
    refund: RefundIn | None = None

    def wanted(self) -> Wanted:
        """Return the decision that follows an explanation that is accepted."""
        return Wanted(
            Verdict.GRANTED,
            facts=self.words,
            refund=Decimal(self.refund.amount) if self.refund else None,
            currency=self.refund.currency if self.refund else "",
        )


class DeniedItemOut(Body):
    """An item that a partner denied: why, in its words and by its law."""

    item_no: int
    reason_class: str
    words: str
    basis: str
    is_lifted: bool


class DeniedAbroadOut(Body):
    """A message in which a partner denied preference for items of a certificate of ours."""

    id: str
    certificate_id: str
    number: str
    agreement: Annotated[str, Field(max_length=12)]
    partner: str
    told_at: datetime
    items: tuple[DeniedItemOut, ...]
    #: The last day for our explanation; nothing where the agreement names none.
    explain_by: date | None
    source: str
    verified: bool


class DenialNoticeOut(Body):
    """A notice of a denial as it stands."""

    id: str
    claim_id: str
    line_no: int
    specification: int
    decision_id: str
    declaration_number: str
    certificate_number: str
    agreement: Annotated[str, Field(max_length=12)]
    issuing_country: str
    item_no: int
    partner: str
    reason_class: str
    facts: str
    basis: tuple[str, ...]
    denied_on: date
    state: State
    due_on: date
    source: str
    verified: bool
    told_on: date | None
    way: Way | None
    tracking: str
    has_letter: bool
    explain_by: date | None
    explanation: Explanation | None

    @classmethod
    def of(cls, notice: DenialNotice) -> Self:
        """Show a notice."""
        place, about = notice.place, notice.about
        of_place = {
            "claim_id": place.claim_id,
            "line_no": place.line_no,
            "specification": place.spec_no,
            "has_letter": bool(notice.letter_id),
        }
        of_about = {name: getattr(about, name) for name in cls.model_fields if hasattr(about, name)}
        own = {name: getattr(notice, name) for name in cls.model_fields if hasattr(notice, name)}
        return cls(**of_about | own | of_place)
