"""Everything that was decided and asked on a claim, in one look."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.db import Work
from ooms.decisions.asked import Completion, LateClaim, Objection, Settlement
from ooms.decisions.model import Entry
from ooms.decisions.prior_notice import PriorNotice
from ooms.decisions.repository import (
    DecisionRows,
    completions,
    late_claims,
    objections,
    prior_notices,
    settlements,
)


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What goes on about a claim, each list the oldest first."""

    decisions: tuple[Entry, ...]
    completions: tuple[Completion, ...]
    objections: tuple[Objection, ...]
    amounts: tuple[Settlement, ...]
    prior_notices: tuple[PriorNotice, ...]
    #: By when a claim after release is decided.
    late: LateClaim | None


def proceedings_of(work: Work, claim_id: str) -> Proceedings:
    """Read what goes on about a claim; nothing where there is no such claim."""
    within = work.transaction
    return Proceedings(
        decisions=DecisionRows(within).of_claim(claim_id),
        completions=completions(within).of_claim(claim_id),
        objections=objections(within).of_claim(claim_id),
        amounts=settlements(within).of_claim(claim_id),
        prior_notices=prior_notices(within).of_claim(claim_id),
        late=next(iter(late_claims(within).of_claim(claim_id)), None),
    )
