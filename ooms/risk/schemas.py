"""Routing on the wire: for officers at import, who see every reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.risk.model import (
    Channel,
    Contribution,
    Decision,
    Model,
    ModelState,
    Outcome,
    OutcomeKind,
    Result,
    Scored,
)
from ooms.risk.reporting import Difference, Hits, Moved, Report

Number = Annotated[str, Field(min_length=1, max_length=35)]
Words = dict[str, Annotated[str, Field(max_length=400)]]
_UNSAID = "a decimal as a text; null when it cannot be told"
Told = Annotated[str | None, Field(description=_UNSAID)]


def _told(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


class ContributionOut(Body):
    """The points of one feature, with the reason code and the facts in words."""

    feature: str
    value: Told
    points: int
    code: str
    words: str

    @classmethod
    def of(cls, part: Contribution) -> Self:
        """Show a contribution."""
        return cls(
            feature=part.feature,
            value=_told(part.value),
            points=part.points,
            code=part.code,
            words=part.words,
        )


class ScoredOut(Body):
    """What a table of points says; the points are the sum of the contributions."""

    model: str
    points: int
    channel: str
    contributions: tuple[ContributionOut, ...]

    @classmethod
    def of(cls, scored: Scored) -> Self:
        """Show what a table says."""
        return cls(
            model=scored.model,
            points=scored.points,
            channel=scored.channel,
            contributions=tuple(ContributionOut.of(one) for one in scored.contributions),
        )


class DecisionOut(Body):
    """Where a line was sent, by what and why; it was routed, not judged."""

    id: str
    declaration: str
    version: int
    line_no: int
    spec_no: int
    hs6: str
    origin: str
    exporter: str
    importer: str
    made_at: datetime
    channel: str
    selected_by: tuple[str, ...]
    reasons: tuple[str, ...]
    scored: ScoredOut
    challenger: ScoredOut | None

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """Show a decision."""
        goods, challenger = decision.goods, decision.challenger
        return cls(
            id=decision.id,
            declaration=goods.declaration,
            version=goods.version,
            line_no=goods.line_no,
            spec_no=goods.spec_no,
            hs6=goods.hs6,
            origin=goods.origin,
            exporter=goods.exporter,
            importer=goods.importer,
            made_at=decision.made_at,
            channel=decision.channel,
            selected_by=tuple(one.value for one in decision.selected_by),
            reasons=decision.reasons,
            scored=ScoredOut.of(decision.scored),
            challenger=ScoredOut.of(challenger) if challenger else None,
        )


class OutcomeIn(Body):
    """What became of a line: found right, found wrong, or not found out."""

    declaration: Number
    line_no: Annotated[int, Field(ge=1)]
    spec_no: Annotated[int, Field(ge=0)] = 0
    kind: Literal["DECISION", "VERIFICATION"]
    result: Literal["RIGHT", "WRONG", "OPEN"]
    detail: Annotated[str, Field(max_length=2000)] = ""

    def value(self, *, at: datetime, by: str) -> Outcome:
        """Return the outcome, as said by somebody at a moment."""
        return Outcome(
            declaration=self.declaration,
            line_no=self.line_no,
            kind=OutcomeKind(self.kind),
            result=Result(self.result),
            told_at=at,
            told_by=by,
            spec_no=self.spec_no,
            detail=self.detail,
        )


class OutcomeOut(Body):
    """What became of a line, and by whose word."""

    declaration: str
    line_no: int
    spec_no: int
    kind: str
    result: str
    detail: str
    told_at: datetime
    told_by: str

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """Show an outcome."""
        return cls(
            declaration=outcome.declaration,
            line_no=outcome.line_no,
            spec_no=outcome.spec_no,
            kind=outcome.kind,
            result=outcome.result,
            detail=outcome.detail,
            told_at=outcome.told_at,
            told_by=outcome.told_by,
        )


class ExplainedOut(Body):
    """Where each line of a declaration was sent and why, and what became of it."""

    decisions: tuple[DecisionOut, ...]
    outcomes: tuple[OutcomeOut, ...]


class ModelIn(Body):
    """A table of points as a text (TOML), with the report of its training if there is one."""

    content: Annotated[str, Field(min_length=1, max_length=100_000)]
    report: Words = Field(default_factory=dict, max_length=50)


class ModelMoveIn(Body):
    """What becomes of a table, and why."""

    state: Literal["CHALLENGER", "CHAMPION", "RETIRED"]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]

    def to(self) -> ModelState:
        """Return the state."""
        return ModelState(self.state)


class ModelOut(Body):
    """A table of points in the register."""

    id: str
    name: str
    state: str
    content: str
    report: dict[str, str]
    added_by: str
    added_at: datetime
    adopted_by: str | None
    adopted_at: datetime | None
    reason: str

    @classmethod
    def of(cls, model: Model) -> Self:
        """Show a table."""
        return cls(
            id=model.id,
            name=model.name,
            state=model.state,
            content=model.content,
            report=dict(model.report),
            added_by=model.added_by,
            added_at=model.added_at,
            adopted_by=model.adopted_by,
            adopted_at=model.adopted_at,
            reason=model.reason,
        )


class MovedOut(Body):
    """How far a feature, or the score, has moved: the population stability index."""

    name: str
    index: Told
    drift: str

    @classmethod
    def of(cls, moved: Moved) -> Self:
        """Show how far something has moved."""
        return cls(name=moved.name, index=_told(moved.index), drift=moved.drift)


class HitsOut(Body):
    """Of the lines of one channel: how many, how many with a known end, how many wrong."""

    channel: Channel
    lines: int
    known: int
    wrong: int
    precision: Told

    @classmethod
    def of(cls, hits: Hits) -> Self:
        """Show the lines of a channel."""
        return cls(
            channel=hits.channel,
            lines=hits.lines,
            known=hits.known,
            wrong=hits.wrong,
            precision=_told(hits.precision),
        )


class DifferenceOut(Body):
    """How many lines champion and challenger send so, and how many of them were wrong."""

    champion: Channel
    challenger: Channel
    lines: int
    wrong: int

    @classmethod
    def of(cls, one: Difference) -> Self:
        """Show a cell of the comparison."""
        return cls(
            champion=one.champion, challenger=one.challenger, lines=one.lines, wrong=one.wrong
        )


class ReportOut(Body):
    """How well routing does: drift, precision by outcomes, champion against challenger."""

    since: date
    until: date
    model: str
    moved: tuple[MovedOut, ...]
    hits: tuple[HitsOut, ...]
    differences: tuple[DifferenceOut, ...]

    @classmethod
    def of(cls, report: Report) -> Self:
        """Show a report."""
        return cls(
            since=report.since,
            until=report.until,
            model=report.model,
            moved=tuple(MovedOut.of(one) for one in report.moved),
            hits=tuple(HitsOut.of(one) for one in report.hits),
            differences=tuple(DifferenceOut.of(one) for one in report.differences),
        )
