"""Everything that goes on about a claim, and every notice of it, on the wire."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Self

from ooms.access.schemas import Body
from ooms.decisions.late_claim_schemas import LateClaimOut
from ooms.decisions.notices import Notice
from ooms.decisions.prior_notice_schemas import PriorNoticeOut
from ooms.decisions.proceedings import Proceedings
from ooms.decisions.schemas import CompletionOut, DecisionOut, ObjectionOut, SettlementOut


class ProceedingsOut(Body):
    """Everything that was decided and asked on a claim, each list the oldest first."""

    decisions: tuple[DecisionOut, ...]
    completions: tuple[CompletionOut, ...]
    objections: tuple[ObjectionOut, ...]
    amounts: tuple[SettlementOut, ...]
    prior_notices: tuple[PriorNoticeOut, ...]
    late: LateClaimOut | None

    @classmethod
    def of(cls, told: Proceedings) -> Self:
        """Show what goes on about a claim."""
        return cls(
            decisions=tuple(DecisionOut.of(one) for one in told.decisions),
            completions=tuple(CompletionOut.of(one) for one in told.completions),
            objections=tuple(ObjectionOut.of(one) for one in told.objections),
            amounts=tuple(SettlementOut.of(one) for one in told.amounts),
            prior_notices=tuple(PriorNoticeOut.of(one) for one in told.prior_notices),
            late=LateClaimOut.of(told.late) if told.late else None,
        )


class NoticeOut(Body):
    """A notice as it was told to the importer."""

    kind: str
    about: str
    line_no: int | None
    dated: date
    texts: dict[str, str]

    @classmethod
    def of(cls, one: Notice) -> Self:
        """Show a notice."""
        return cls.model_validate(asdict(one))


class NoticesOut(Body):
    """Every notice about a claim, the oldest first."""

    items: tuple[NoticeOut, ...]
