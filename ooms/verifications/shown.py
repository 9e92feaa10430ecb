"""A verification that we ask for, as it is shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from ooms.access.schemas import (
    Body,
)
from ooms.verifications import model
from ooms.verifications.grounds import Ground
from ooms.verifications.importer import Correction, ImporterInquiry, SelfCheck
from ooms.verifications.outcomes import ItemOutcome
from ooms.verifications.parts import (
    Letter,
    Spoken,
    Telling,
)
from ooms.verifications.suspension import Suspension
from ooms.verifications.terms import RunningTerm
from ooms.verifications.visit import Visit


class VerificationOut(Body):
    """A verification that we ask for, as it stands."""

    id: str
    number: str
    subject: model.Subject
    reason: model.Reason
    because: str
    state: model.State
    due_on: date | None
    #: Our own last day, at 70 % of the period that runs.
    internal_due_on: date | None
    selected_by: str
    selected_at: datetime
    self_check: SelfCheck | None
    inquiry: ImporterInquiry | None
    corrections: tuple[Correction, ...]
    draft: model.Draft | None
    round: int
    asked_on: date | None
    by_message: bool | None
    clock: RunningTerm | None
    received_on: date | None
    partner_number: str
    reminders: tuple[date, ...]
    reminded_on: tuple[date, ...]
    extensions: tuple[model.ExtensionAsk, ...]
    replies: tuple[model.Reply, ...]
    visits: tuple[Visit, ...]
    preliminary: model.Determination | None
    determination: model.Determination | None
    revised: model.Determination | None
    objection_until: date | None
    objections: tuple[model.Objection, ...]
    tellings: tuple[Telling, ...]
    letters: tuple[Letter, ...]
    messages: tuple[Spoken, ...]

    @classmethod
    def of(cls, case: model.Verification) -> Self:
        """Show a verification."""
        own = set(cls.model_fields) - {"reminders", "internal_due_on"}
        shown = {name: getattr(case, name) for name in own}
        return cls(
            **shown,
            internal_due_on=case.internal_due_on,
            reminders=case.clock.reminders() if case.clock else (),
        )


class SuspensionsOut(Body):
    """Preference suspended during a verification."""

    items: tuple[Suspension, ...]


class OutcomesOut(Body):
    """What a verification came to, item by item."""

    items: tuple[ItemOutcome, ...]


class GroundsOut(Body):
    """The closed list of grounds for a denial under an agreement."""

    items: tuple[Ground, ...]


class FiguresOut(Body):
    """How many verifications stand where, by agreement and partner."""

    items: tuple[model.Figure, ...]
