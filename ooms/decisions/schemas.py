"""Decisions, and what goes on around them, on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from ooms.access.schemas import Body, Currency, Exact, Reason
from ooms.decisions.asked import Completion, Objection, Settlement
from ooms.decisions.grounds import Ground
from ooms.decisions.law import Law
from ooms.decisions.model import Entry, Place, Security, Verdict, Wanted

Said = Annotated[str, Field(max_length=2000)]
Code = Annotated[str, Field(max_length=40)]
Spec = Annotated[int, Field(ge=0, le=99_999)]


class SecurityBody(Body):
    """What was given so that the goods are released."""

    amount: Exact
    currency: Currency
    reference: Annotated[str, Field(min_length=1, max_length=70)]

    def value(self) -> Security:
        """Return the security."""
        return Security(self.amount, self.currency, self.reference)


class RefundIn(Body):
    """What the clearance system is to pay back."""

    amount: Exact
    currency: Currency


class DecisionIn(Body):
    """A decision on a line; a denial, in part too, names its ground and its facts."""

    verdict: Literal["GRANTED", "PARTLY", "DENIED", "SUSPENDED", "SECURED"]
    specification: Spec = 0
    quantity: Exact | None = None
    ground: Code = ""
    facts: Said = ""
    verification: Annotated[str, Field(max_length=36)] = ""
    security: SecurityBody | None = None
    refund: RefundIn | None = None
    #: Why the importer is not told beforehand: an exception of the law.
    without_notice: Code = ""

    def value(self) -> Wanted:
        """Return what is decided."""
        return Wanted(
            Verdict(self.verdict),
            quantity=self.quantity,
            ground=self.ground,
            facts=self.facts,
            verification=self.verification,
            security=self.security.value() if self.security else None,
            refund=self.refund.amount if self.refund else None,
            currency=self.refund.currency if self.refund else "",
            without_notice=self.without_notice,
        )


class RemedyOut(Body):
    """A remedy as it was told."""

    kind: str
    until: date | None
    source: str


class WhyOut(Body):
    """Why it was decided so."""

    ground: str
    reason_class: str
    facts: str
    basis: tuple[str, ...]
    remedies: tuple[RemedyOut, ...]
    verification: str


class DecisionOut(Body):
    """One decision on one line; the one with the highest `seq` counts."""

    id: str
    claim_id: str
    line_no: int
    specification: int
    seq: int
    verdict: str
    cause: str
    quantity: Exact
    unit: str
    decided_by: str
    decided_at: datetime
    why: WhyOut | None
    security: SecurityBody | None
    texts: dict[str, str]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show a decision."""
        return cls(
            id=entry.id,
            claim_id=entry.place.claim_id,
            line_no=entry.place.line_no,
            specification=entry.place.spec_no,
            seq=entry.seq,
            verdict=entry.verdict,
            cause=entry.cause,
            quantity=entry.quantity,
            unit=entry.unit,
            decided_by=entry.decided_by,
            decided_at=entry.decided_at,
            why=WhyOut.model_validate(asdict(entry.why)) if entry.why else None,
            security=SecurityBody.model_validate(asdict(entry.security))
            if entry.security
            else None,
            texts=dict(entry.texts or {}),
        )


class DecisionsOut(Body):
    """Every decision on a line, the oldest first."""

    items: tuple[DecisionOut, ...]


class GroundOut(Body):
    """A ground of denial: its words, its texts of law, its reason class, its remedies."""

    code: str
    words: str
    reason_class: str
    basis: tuple[str, ...]
    remedies: tuple[str, ...]
    needs_notice: bool


class ClockOut(Body):
    """A period around a claim."""

    kind: str
    least: int | None
    length: int
    unit: str
    source: str
    verified: bool


class GroundsOut(Body):
    """The closed list of grounds, the defects a completion may be asked for, and the periods."""

    items: tuple[GroundOut, ...]
    defects: dict[str, str]
    #: When a denial that needs a notice may go without one.
    without_notice: dict[str, str]
    clocks: tuple[ClockOut, ...]

    @classmethod
    def of(
        cls, grounds: Iterable[Ground], law: Law, *, agreement: str, words: dict[str, str]
    ) -> Self:
        """Show the list under an agreement."""
        return cls(
            items=tuple(
                GroundOut(
                    code=one.code,
                    words=words[one.key],
                    reason_class=one.wire,
                    basis=tuple(
                        each.source
                        for each in one.based_on(agreement=agreement, country=law.country)
                    ),
                    remedies=one.remedies,
                    needs_notice=one.code in law.prior_notice.grounds,
                )
                for one in grounds
            ),
            defects=dict(law.defects),
            without_notice=dict(law.prior_notice.excepted),
            clocks=tuple(
                ClockOut(kind=kind, **asdict(law.clock(kind, agreement=agreement)))
                for kind in law.clocks
            ),
        )


class CompletionIn(Body):
    """What is to be completed, and within how many days; the longest period when none is said."""

    defects: Annotated[tuple[Code, ...], Field(min_length=1, max_length=20)]
    words: Said = ""
    days: Annotated[int, Field(ge=1, le=999)] | None = None
    specification: Spec = 0


class AnswerIn(Body):
    """What somebody says or hands over."""

    words: Reason


class JudgmentIn(Body):
    """Whether what was handed over does."""

    accepted: bool
    words: Reason


class CompletionOut(Body):
    """A request for completion as it stands."""

    id: str
    claim_id: str
    line_no: int
    specification: int
    state: str
    defects: tuple[str, ...]
    words: str
    asked_on: date
    due_on: date
    source: str
    texts: dict[str, str]
    answer: str
    answered_on: date | None
    judgment: str

    @classmethod
    def of(cls, one: Completion) -> Self:
        """Show a request."""
        same = {name: getattr(one, name) for name in cls.model_fields if name not in PLACE}
        return cls(**same, **where(one.place))


class ObjectionIn(Body):
    """An objection, and the day on which it came; today when none is said."""

    words: Reason
    received_on: date | None = None
    decision_id: Annotated[str, Field(max_length=36)] | None = None
    specification: Spec = 0


class ObjectionDecisionIn(Body):
    """Whether the decision stands; if not, what is decided in its place."""

    words: Reason
    instead: DecisionIn | None = None


class SupplementIn(Body):
    """What an objection lacks, and within how many days; the longest period when none is said."""

    words: Reason
    days: Annotated[int, Field(ge=1, le=999)] | None = None


class SupplementOut(Body):
    """What an objection lacked, until when it could be put right, and what came."""

    words: str
    asked_on: date
    due_on: date
    source: str
    texts: dict[str, str]
    answer: str
    answered_on: date | None


class ObjectionOut(Body):
    """An objection as it stands."""

    id: str
    claim_id: str
    line_no: int
    specification: int
    decision_id: str
    state: str
    words: str
    received_on: date
    due_on: date
    source: str
    texts: dict[str, str]
    answer: str
    decided_on: date | None
    new_decision_id: str | None
    supplements: tuple[SupplementOut, ...]

    @classmethod
    def of(cls, one: Objection) -> Self:
        """Show an objection."""
        kept = set(cls.model_fields) - set(PLACE) - {"supplements"}
        shown = SupplementOut.model_fields
        return cls(
            **{name: getattr(one, name) for name in kept},
            **where(one.place),
            supplements=tuple(
                SupplementOut(**{name: getattr(each, name) for name in shown})
                for each in one.supplements
            ),
        )


class ConfirmationIn(Body):
    """What the clearance system answered."""

    confirmation: Annotated[str, Field(min_length=1, max_length=200)]


class SettlementOut(Body):
    """An amount that the clearance system is to be told; no money is moved here."""

    id: str
    claim_id: str
    line_no: int
    specification: int
    decision_id: str
    declaration_number: str
    kind: str
    amount: Exact
    currency: str
    reference: str
    state: str
    made_at: datetime
    told_at: datetime | None
    confirmed_at: datetime | None
    confirmation: str

    @classmethod
    def of(cls, one: Settlement) -> Self:
        """Show an amount."""
        same = {name: getattr(one, name) for name in cls.model_fields if name not in PLACE}
        return cls(**same, **where(one.place))


#: Where something stands, on the wire.
PLACE = frozenset({"claim_id", "line_no", "specification"})


def where(place: Place) -> dict[str, Any]:
    """Say on the wire where something stands."""
    return {
        "claim_id": place.claim_id,
        "line_no": place.line_no,
        "specification": place.spec_no,
    }
