"""Cross-checks on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body, Exact, Reason
from ooms.crosschecks.model import Answer, Kind, Rule, Stated
from ooms.crosschecks.refreshing import Loaded

_Number = Annotated[str, Field(min_length=1, max_length=70)]


class RoundIn(Body):
    """What the officer was shown and the application has no box for."""

    permits: Annotated[tuple[_Number, ...], Field(max_length=50)] = ()

    def value(self) -> Stated:
        """Return it as it is asked."""
        return Stated(self.permits)


class LetPassIn(Body):
    """Why an answer is let pass."""

    reason: Reason


class HitOut(Body):
    """One finding: the facts compared, and in words why they matched."""

    rule: str
    ours: str
    theirs: str
    because: str
    score: Exact | None


class StatedOut(Body):
    """What the officer was shown."""

    permits: tuple[str, ...]


class ReleaseOut(Body):
    """Who let the answer pass, and why."""

    by: str
    reason: str
    at: datetime


class AnswerOut(Body):
    """An answer as it was given."""

    id: str
    kind: str
    source: str
    version: str
    as_of: datetime | None
    question_digest: str
    stated: StatedOut
    verdict: str
    why: str
    hits: tuple[HitOut, ...]
    asked_by: str
    asked_at: datetime
    valid_until: datetime
    release: ReleaseOut | None

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Show an answer."""
        return cls.model_validate(answer, from_attributes=True)


class AnswersOut(Body):
    """Answers about one application, the oldest first."""

    items: tuple[AnswerOut, ...]


class ObstacleOut(Body):
    """A register that stands in the way of the issue, and what to do."""

    kind: str
    policy: str
    detail: str


class CrosschecksOut(AnswersOut):
    """Every answer about an application, and what still stands in the way of the issue."""

    obstacles: tuple[ObstacleOut, ...]


class SourceOut(Body):
    """A register as this office asks it; of a list, the edition in use and the last look."""

    kind: str
    policy: str
    source: str
    file: str | None = None
    edition: int | None = None
    sha256: str | None = None
    entries: int | None = None
    as_of: datetime | None = None
    loaded_at: datetime | None = None
    looked_at: datetime | None = None
    problem: str = ""

    @classmethod
    def of(cls, rule: Rule, loaded: Loaded | None) -> Self:
        """Show a register."""
        bare = cls(kind=rule.kind, policy=rule.policy, source=rule.source)
        if loaded is None:
            return bare
        edition, look = loaded.edition, loaded.look
        looked = {"looked_at": look.looked_at, "problem": look.problem} if look else {}
        listed = (
            {
                "edition": edition.number,
                "sha256": edition.sha256,
                "entries": edition.entries,
                "as_of": (look and look.as_of) or edition.as_of,
                "loaded_at": edition.loaded_at,
            }
            if edition
            else {}
        )
        return bare.model_copy(update={"file": loaded.file, **looked, **listed})


class SourcesOut(Body):
    """Every register that this office asks."""

    items: tuple[SourceOut, ...]

    @classmethod
    def of(cls, rules: Mapping[Kind, Rule], lists: tuple[Loaded, ...]) -> Self:
        """Show them, with what was loaded for those that are asked by list."""
        loaded = {one.kind: one for one in lists}
        return cls(items=tuple(SourceOut.of(one, loaded.get(kind)) for kind, one in rules.items()))
