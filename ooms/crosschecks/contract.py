"""The contract of a register behind a service: the question that we post, and its answer.

A change that a service could notice is a new number of the contract.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

from ooms.crosschecks.model import (
    CLOCKS_DIFFER,
    Asking,
    Hit,
    Judged,
    Kind,
    Role,
    Said,
    Source,
    Verdict,
)
from ooms.kernel.quantity import parse_amount

_Text = Annotated[str, Field(max_length=2000)]
_Decimal = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,8})?$")]
_Instant = Annotated[AwareDatetime, PlainSerializer(lambda at: at.isoformat(), return_type=str)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartyPart(_Part):
    """Somebody whom the application names."""

    role: Role
    name: str
    country: str
    identifier: str | None


class AmountPart(_Part):
    """How much, in which unit (Recommendation 20)."""

    value: _Decimal
    unit: str


class GoodsPart(_Part):
    """One line of the application."""

    item_no: int
    hs: str
    description: str
    trademark: str | None
    model: str | None
    amounts: tuple[AmountPart, ...]


class QuestionPart(_Part):
    """Everything that a register may compare."""

    agreement: str
    import_country: str
    parties: tuple[PartyPart, ...]
    goods: tuple[GoodsPart, ...]
    declarations: tuple[str, ...]
    shipped_on: date | None
    permits: tuple[str, ...]


class AskedBody(_Part):
    """What is posted."""

    contract: Literal["1"]
    request_id: str
    kind: Kind
    on: date
    question: QuestionPart

    @classmethod
    def of(cls, asking: Asking) -> Self:
        """Write a question."""
        asked = asking.question
        return cls(
            contract="1",
            request_id=asking.request_id,
            kind=asking.kind,
            on=asking.on,
            question=QuestionPart(
                agreement=asked.agreement,
                import_country=asked.import_country,
                parties=tuple(
                    PartyPart(
                        role=one.role,
                        name=one.name,
                        country=one.country,
                        identifier=one.identifier,
                    )
                    for one in asked.parties
                ),
                goods=tuple(
                    GoodsPart(
                        item_no=one.item_no,
                        hs=one.hs,
                        description=one.description,
                        trademark=one.trademark,
                        model=one.model,
                        amounts=tuple(
                            AmountPart(value=format(each.value, "f"), unit=each.unit)
                            for each in one.amounts
                        ),
                    )
                    for one in asked.goods
                ),
                declarations=asked.declarations,
                shipped_on=asked.shipped_on,
                permits=asked.stated.permits,
            ),
        )


class HitPart(_Part):
    """One finding: the facts compared, and in words why they matched."""

    rule: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]
    ours: _Text
    theirs: _Text
    because: Annotated[str, Field(min_length=1, max_length=2000)]
    score: _Decimal | None = None


class AnswerBody(_Part):
    """What comes back, with status 200; `version` names the data that answered."""

    contract: Literal["1"]
    request_id: str
    kind: Kind
    version: Annotated[str, Field(min_length=1, max_length=100)]
    as_of: _Instant
    verdict: Verdict
    why: Annotated[str, Field(min_length=1, max_length=2000)]
    hits: Annotated[tuple[HitPart, ...], Field(max_length=200)] = ()

    def said(self) -> Said:
        """Read the answer as any connector's."""
        hits = tuple(
            Hit(
                one.rule,
                one.ours,
                one.theirs,
                one.because,
                None if one.score is None else parse_amount(one.score),
            )
            for one in self.hits
        )
        return Said(Source.HTTP, Judged(self.verdict, self.why, hits), self.version, self.as_of)

    def mismatch(self, asking: Asking, *, now: datetime) -> str:
        """Say in what the answer does not belong to the question, or contradicts itself."""
        wrong = {
            "answers another request": self.request_id != asking.request_id,
            "answers about another register": self.kind is not asking.kind,
            "is dated in the future": self.as_of > now + CLOCKS_DIFFER,
            "names hits and is not a hit": bool(self.hits) and self.verdict is not Verdict.HIT,
            "names no hit and is one": not self.hits and self.verdict is Verdict.HIT,
        }
        return ", ".join(words for words, holds in wrong.items() if holds)
