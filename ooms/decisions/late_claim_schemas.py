"""Claims after release, on the wire."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.claims.schemas import ClaimIn, ClaimOut
from ooms.decisions.asked import LateClaim, LateKind


class LateClaimIn(Body):
    """A claim after release; `since` is the day of release, or of the notice of payment."""

    kind: LateKind = LateKind.LATE
    since: date
    paper_because: Annotated[str, Field(max_length=40)] | None = None
    claim: ClaimIn


class LateClaimOut(Body):
    """A claim after release as it was taken."""

    id: str
    claim_id: str
    declaration_number: str
    kind: str
    since: date
    received_on: date
    last_day: date
    in_time: bool
    decide_by: date
    paper_needed: bool
    texts: dict[str, str]
    ended_on: date | None
    ended_by: str | None

    @classmethod
    def of(cls, one: LateClaim) -> Self:
        """Show a claim after release."""
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class TakenOut(LateClaimOut):
    """A claim after release, with what was checked and decided at once."""

    claim: ClaimOut
