"""Keep verifications that we ask for: one place where they are found, changed and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.kernel.workdays import Calendar
from ooms.verifications.loader import Steps
from ooms.verifications.model import MOVES, Figure, State, Verification, advance
from ooms.verifications.parts import Telling, TellingKind
from ooms.verifications.repository import VerificationRows
from ooms.verifications.terms import AgreementTerms, NoTermError, RunningTerm, StepKind, TermKind
from ooms.verifications.terms import begin as run
from ooms.verifications.voice import Speaker, Voice

SYSTEM = "office"


class SameEyesError(UnfitError):
    """The same person may not do both; let another officer do it."""

    code = "AUT-SECOND-EYES"


@dataclass(frozen=True, slots=True)
class Rules:
    """The periods that this office counts by: of agreements, and of its own law."""

    agreements: Mapping[str, AgreementTerms]
    steps: Steps
    calendar: Calendar
    country: str

    def terms(self, agreement: str) -> AgreementTerms:
        """Return the periods of an agreement.

        Raises:
            NoTermError: nobody wrote them down.

        """
        if agreement not in self.agreements:
            words = f"no period of {agreement} is written down"
            raise NoTermError(Flaw("/agreement", words))
        return self.agreements[agreement]

    def begin(
        self, agreement: str, kind: TermKind, event: date, *, is_provisional: bool = False
    ) -> RunningTerm:
        """Let a period of an agreement run from the day of its event.

        Raises:
            NoTermError: nobody wrote it down.

        """
        terms = self.terms(agreement)
        return run(
            terms.term(kind),
            event,
            edition=terms.edition,
            calendar=self.calendar,
            is_provisional=is_provisional,
        )

    def has(self, agreement: str, kind: TermKind) -> bool:
        """Tell whether an agreement names such a period."""
        return kind in self.terms(agreement).terms

    def step(self, kind: StepKind, event: date) -> RunningTerm:
        """Let a period of our own law run."""
        return self.steps.running(kind, event, calendar=self.calendar)

    def last_day(self, kind: StepKind, event: date) -> date:
        """Give the last day of a period of our own law."""
        return self.steps.last_day(kind, event, calendar=self.calendar)


@dataclass(frozen=True, slots=True)
class Keeping:
    """The verifications that we ask for, the rules they run by, and the voice to partners."""

    rules: Rules
    voice: Voice
    office: str

    def speaker(self, user: User) -> Speaker:
        """Let an officer speak for the office."""
        return Speaker(self.office, user.name, user.role.replace("_", " ").capitalize())

    def get(self, work: Work, case_id: str) -> Verification:
        """Return a verification.

        Raises:
            MissingError: there is none.

        """
        found = VerificationRows(work.transaction).find(case_id)
        if found is None:
            raise MissingError(what="verification", id=case_id)
        return found

    def page(
        self,
        work: Work,
        window: Window,
        *,
        state: State | None,
        partner: str | None,
        is_open: bool | None = None,
    ) -> tuple[Verification, ...]:
        """Return the newest verifications, in a state or with a partner if one is named."""
        rows = VerificationRows(work.transaction)
        return rows.page(window, state=state, partner=partner, is_open=is_open)

    def figures(self, work: Work) -> tuple[Figure, ...]:
        """Count the verifications; what importers put right counts apart from what was right."""
        return VerificationRows(work.transaction).figures()

    def move(self, current: Verification, wanted: State) -> State:
        """Return the wanted state if the table allows it.

        Raises:
            ConflictError: the table has no such row.

        """
        return advance(current.state, wanted, moves=MOVES)

    def change(  # noqa: PLR0913  # the facts of one change, each by its name
        self,
        work: Work,
        since: Verification,
        changed: Verification,
        *,
        what: str,
        who: str,
        reason_code: str = "",
        facts: dict[str, str] | None = None,
    ) -> Verification:
        """Write a change and record it; both or neither.

        Raises:
            ConflictError: somebody else changed it meanwhile.

        """
        changed = replace(changed, version=since.version + 1)
        if not VerificationRows(work.transaction).change(changed, since=since):
            raise ConflictError(
                what="verification", current="changed meanwhile", wanted=changed.state
            )
        about = {"number": changed.number, "partner": changed.subject.partner}
        due = {"due_on": str(changed.due_on)} if changed.due_on else {}
        record(
            work,
            who=who,
            what=f"verification.{what}",
            subject=f"verification/{changed.id}",
            reason_code=reason_code,
            facts=about | due | (facts or {}),
        )
        return changed

    def telling(self, kind: TellingKind, words: str, *, since: date) -> Telling:
        """Note what the importer is to be told, and by which day."""
        step = {
            TellingKind.REPLY: StepKind.TELL_REPLY,
            TellingKind.DECISION: StepKind.TELL_DECISION,
        }
        if kind not in step:
            return Telling(kind, since, since, "", words)
        clock = self.rules.step(step[kind], since)
        assert clock.due_on is not None  # nothing stops it
        return Telling(kind, since, clock.due_on, clock.source, words)
