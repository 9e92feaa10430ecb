"""Ask importers to complete or correct their proofs, within the period of the agreement or law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ooms.access.model import User
from ooms.audit.service import record
from ooms.claims.model import CheckedLine
from ooms.db import Window, Work
from ooms.decisions.asked import (
    COMPLETION_MOVES,
    Completion,
    CompletionState,
    advance,
)
from ooms.decisions.law import ClockKind, Due, Law
from ooms.decisions.model import Place
from ooms.decisions.repository import completions
from ooms.decisions.service import Decisions
from ooms.errors import ConflictError, Flaw, MissingError, PeriodEndedError, UnfitError
from ooms.languages.catalogues import LANGUAGES, catalogue

_LAPSED_AT_ONCE = 200
#: Who is named in the audit trail when a period ends by itself.
_ITSELF = "decisions"
_EXPIRED = "RUL-EXPIRED"


class Completions:
    """Requests for completion."""

    def __init__(self, decisions: Decisions) -> None:
        """Ask about the lines that are decided on there."""
        self._decisions = decisions

    @property
    def _law(self) -> Law:
        return self._decisions.reasons.law

    def ask(  # noqa: PLR0913  # the facts of one request, each by its name
        self,
        work: Work,
        place: Place,
        *,
        defects: tuple[str, ...],
        words: str,
        days: int | None,
        by: User,
    ) -> Completion:
        """Ask for a completion; the proof's validity may end meanwhile, if the claim was timely.

        Raises:
            MissingError: there is no such claim or line.
            UnfitError: a defect is none of the law's, or the period lies outside its bounds.
            ConflictError: a request is open.

        """
        claim, line = self._decisions.line(work, place)
        unknown = [one for one in defects if one not in self._law.defects]
        if unknown:
            known = ", ".join(self._law.defects)
            raise UnfitError(Flaw("/defects", f"not one of {known}", code="REF-CODE"))
        rows = completions(work.transaction)
        if any(one.place == place and _is_open(one) for one in rows.of_claim(place.claim_id)):
            raise ConflictError(what="completion", current="asked for", wanted="asked for")
        agreement = line.key.agreement if line.key else line.line.agreement or ""
        clock = self._law.clock(ClockKind.COMPLETION, agreement=agreement)
        due = self._law.due(
            ClockKind.COMPLETION, work.today, agreement=agreement, length=clock.chosen(days)
        )
        facts = {
            "line": str(place.line_no),
            "declaration": claim.declaration.number,
            "certificate": line.line.certificate_number,
        }
        told = [self._law.defects[one] for one in defects]
        asked = Completion(
            id=work.new_id(),
            place=place,
            state=CompletionState.OPEN,
            defects=defects,
            words=words,
            asked_by=by.login,
            asked_on=work.today,
            due_on=due.on,
            source=due.source,
            texts=_notice(facts, [*told, words], due=due, is_timely=_is_timely(line)),
        )
        rows.add(asked)
        self._record(work, asked, by=by.login)
        return asked

    def answer(self, work: Work, completion_id: str, *, words: str, by: User) -> Completion:
        """Keep what the importer hands over, on the last day too.

        Raises:
            MissingError: there is no such request.
            PeriodEndedError: its period has ended.
            ConflictError: it is answered.

        """
        current = self._find(work, completion_id)
        state = advance(
            current.state, CompletionState.ANSWERED, moves=COMPLETION_MOVES, what="completion"
        )
        if work.today > current.due_on:
            raise PeriodEndedError(what="completion", ended_on=current.due_on.isoformat())
        new = replace(current, state=state, answer=words, answered_on=work.today)
        return self._change(work, current, new, by=by.login)

    def judge(
        self, work: Work, completion_id: str, *, accepted: bool, words: str, by: User
    ) -> Completion:
        """Say whether what was handed over does; the decision on the line follows by itself.

        Raises:
            MissingError: there is no such request.
            ConflictError: it is not answered, or judged.

        """
        current = self._find(work, completion_id)
        wanted = CompletionState.ACCEPTED if accepted else CompletionState.REFUSED
        state = advance(current.state, wanted, moves=COMPLETION_MOVES, what="completion")
        new = replace(
            current, state=state, judgment=words, judged_by=by.login, judged_on=work.today
        )
        return self._change(work, current, new, by=by.login)

    def page(
        self, work: Work, window: Window, *, state: CompletionState | None
    ) -> tuple[Completion, ...]:
        """Return the requests, the newest first."""
        return completions(work.transaction).page(window, state=state)

    def lapse(self, work: Work) -> int:
        """Let the requests lapse whose last day has passed; count them."""
        rows = completions(work.transaction)
        over = rows.page(
            Window(_LAPSED_AT_ONCE, None), state=CompletionState.OPEN, before=work.today
        )
        for one in over:
            self._change(work, one, replace(one, state=CompletionState.LAPSED), by=_ITSELF)
        return len(over)

    def _find(self, work: Work, completion_id: str) -> Completion:
        found = completions(work.transaction).find(completion_id)
        if found is None:
            raise MissingError(what="request for completion", id=completion_id)
        return found

    def _change(self, work: Work, old: Completion, new: Completion, *, by: str) -> Completion:
        if not completions(work.transaction).change(new, since=old.state):
            raise ConflictError(what="completion", current="moved meanwhile", wanted=new.state)
        self._record(work, new, by=by)
        return new

    def _record(self, work: Work, one: Completion, *, by: str) -> None:
        record(
            work,
            who=by,
            what=f"completion.{one.state.value.lower()}",
            subject=f"claim/{one.place.claim_id}",
            facts={"line": str(one.place.line_no), "due_on": one.due_on.isoformat()},
        )


def _is_open(one: Completion) -> bool:
    return one.state in (CompletionState.OPEN, CompletionState.ANSWERED)


def _is_timely(line: CheckedLine) -> bool:
    """Tell whether preference was claimed while the certificate was valid.

    Then a completion is accepted after the validity as well (Korea: Enforcement Rules 21(6)).
    """
    return all(one.code != _EXPIRED for one in line.checks)


def _notice(
    facts: Mapping[str, str], told: list[str], *, due: Due, is_timely: bool
) -> dict[str, str]:
    defects = "; ".join(one for one in told if one)
    texts = {}
    for language in LANGUAGES:
        words = catalogue(language)
        paragraphs = [
            words["completion.asked"].format(**facts, until=due.on, defects=defects),
            words["completion.basis"].format(source=due.source),
        ]
        if is_timely:
            paragraphs.append(words["completion.late_still"])
        texts[language] = "\n".join(paragraphs)
    return texts
