"""A procedure on the wire."""

from __future__ import annotations

from typing import Self

from ooms.access.schemas import Body
from ooms.procedures.kinds import KindRule
from ooms.procedures.model import Clock, Procedure, ReasonCode


class ClockOut(Body):
    """A clock and where it stands in the law."""

    kind: str
    length: int
    least: int | None
    unit: str
    source: str
    verified: bool

    @classmethod
    def of(cls, clock: Clock) -> Self:
        """Show a clock."""
        return cls.model_validate(clock, from_attributes=True)


class GroundOut(Body):
    """A ground for an on-site check."""

    code: str
    title: str
    source: str
    verified: bool
    surprise: bool


class ReasonOut(Body):
    """A reason code in words."""

    code: str
    title: str


class TrainingOut(Body):
    """What training an officer needs in a year."""

    hours: int
    subjects: tuple[str, ...]
    source: str
    verified: bool


class KindOut(Body):
    """What the law says of a kind of application; no agreement named means all the others."""

    kind: str
    agreements: tuple[str, ...]
    number: str
    number_source: str
    number_verified: bool
    authentication: str | None
    papers: tuple[str, ...]
    duplicates: int | None
    only_unused: bool
    source: str
    verified: bool

    @classmethod
    def of(cls, rule: KindRule) -> Self:
        """Show a rule."""
        return cls.model_validate(rule, from_attributes=True)


class ProcedureOut(Body):
    """How this administration handles applications."""

    name: str
    clocks: tuple[ClockOut, ...]
    grounds: tuple[GroundOut, ...]
    completion_reasons: tuple[ReasonOut, ...]
    refusal_reasons: tuple[ReasonOut, ...]
    training: TrainingOut
    kinds: tuple[KindOut, ...]
    kind_reasons: dict[str, tuple[ReasonOut, ...]]

    @classmethod
    def of(cls, procedure: Procedure) -> Self:
        """Show a procedure."""
        return cls(
            name=procedure.name,
            clocks=tuple(ClockOut.of(one) for one in procedure.clocks.values()),
            grounds=tuple(
                GroundOut.model_validate(one, from_attributes=True) for one in procedure.grounds
            ),
            completion_reasons=_reasons(procedure.completion_reasons),
            refusal_reasons=_reasons(procedure.refusal_reasons),
            training=TrainingOut.model_validate(procedure.training, from_attributes=True),
            kinds=tuple(KindOut.of(one) for one in procedure.kinds),
            kind_reasons={kind: _reasons(codes) for kind, codes in procedure.kind_reasons.items()},
        )


def _reasons(codes: tuple[ReasonCode, ...]) -> tuple[ReasonOut, ...]:
    return tuple(ReasonOut(code=one.code, title=one.title) for one in codes)
