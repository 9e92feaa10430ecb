"""Ask other registers about an application, keep their answers, and hold the issue to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import structlog

from ooms.access.model import User
from ooms.applications.model import Application, Content, State
from ooms.applications.service import Applications
from ooms.crosschecks.connectors import Connector
from ooms.crosschecks.model import (
    Answer,
    Asking,
    Kind,
    Policy,
    Question,
    Release,
    Rule,
    Said,
    Stated,
    Verdict,
    obstacle,
)
from ooms.crosschecks.questions import question_of
from ooms.crosschecks.repository import AnswerRows
from ooms.db import Work
from ooms.errors import ConflictError, CrossCheckError, Flaw, MissingError, NotAllowedError
from ooms.exporters.service import Exporters

log = structlog.get_logger(__name__)

_ASKED_IN = frozenset({State.UNDER_REVIEW, State.APPROVED})


@dataclass(frozen=True, slots=True)
class Round:
    """One round of questions about an application, as it stood when they were put."""

    application_id: str
    question: Question
    askings: tuple[Asking, ...]


class Crosschecks:
    """The desk of cross-checks."""

    def __init__(
        self,
        applications: Applications,
        exporters: Exporters,
        *,
        rules: Mapping[Kind, Rule],
        connectors: Mapping[Kind, Connector],
    ) -> None:
        """Ask about the applications of that desk; only registers with a rule are asked."""
        self._applications = applications
        self._exporters = exporters
        self.rules = {kind: rule for kind, rule in rules.items() if rule.policy is not Policy.OFF}
        self._connectors = connectors

    def gather(self, work: Work, application_id: str, *, stated: Stated, by: User) -> Round:
        """Put the questions together, by the officer who has the application.

        Raises:
            NotAllowedError: another officer has it.
            ConflictError: it is not under review.

        """
        application = self._applications.held(work, application_id, by=by)
        if application.state not in _ASKED_IN:
            raise ConflictError(
                what="application", current=application.state, wanted="cross-checked"
            )
        question = self._question(work, application, stated=stated, by=by)
        askings = tuple(
            Asking(kind, application.id, work.new_id(), question, on=work.today, at=work.now)
            for kind in self.rules
        )
        return Round(application.id, question, askings)

    def ask(self, asked: Round) -> Mapping[Kind, Said]:
        """Ask every register; no transaction is open meanwhile."""
        said = {}
        for asking in asked.askings:
            answer = said[asking.kind] = self._connectors[asking.kind].ask(asking)
            log.info(
                "crosscheck.ask.answered",
                kind=asking.kind.value,
                request_id=asking.request_id,
                verdict=answer.judged.verdict.value,
                version=answer.version,
            )
        return said

    def keep(
        self, work: Work, asked: Round, said: Mapping[Kind, Said], *, by: User
    ) -> tuple[Answer, ...]:
        """Keep what was answered, beside every earlier answer.

        Raises:
            ConflictError: the application changed while the registers were asked.

        """
        application = self._applications.held(work, asked.application_id, by=by)
        now = self._question(work, application, stated=asked.question.stated, by=by)
        if now.digest != asked.question.digest or application.state not in _ASKED_IN:
            raise ConflictError(
                what="application", current="changed meanwhile", wanted="cross-checked"
            )
        rows = AnswerRows(work.transaction)
        answers = tuple(self._answer(work, one, said[one.kind], by=by) for one in asked.askings)
        for answer in answers:
            rows.add(answer)
        self._applications.note(
            work,
            application,
            what="application.crosschecked",
            by=by,
            facts={one.kind.value: f"{one.verdict} {one.version}".rstrip() for one in answers},
        )
        return answers

    def override(
        self, work: Work, application_id: str, *, answer_id: str, reason: str, by: User
    ) -> Answer:
        """Let a soft answer pass, by the officer who has the application.

        Raises:
            NotAllowedError: another officer has it, or the register is a hard one.
            ConflictError: the answer is clear, superseded, or was let pass already.

        """
        application = self._applications.held(work, application_id, by=by)
        answer = self._open(work, application, answer_id)
        if self._rule_of(answer).policy is not Policy.SOFT:
            raise NotAllowedError(role=by.role, action=f"override {answer.kind.words}")
        what = "application.crosscheck_overridden"
        return self._let_pass(work, application, answer, what=what, why=(by, reason))

    def release(
        self, work: Work, application_id: str, *, answer_id: str, reason: str, by: User
    ) -> Answer:
        """Let a hard answer pass, by another person than the officer, where the rule allows it.

        Raises:
            NotAllowedError: the same person asked, or the office releases nothing of this kind.
            ConflictError: the answer is clear, superseded, or was let pass already.

        """
        application = self._applications.get(work, application_id, by=by)
        answer = self._open(work, application, answer_id)
        rule = self._rule_of(answer)
        if by.id in (application.officer_id, answer.asked_by):
            raise NotAllowedError(role=by.role, action="release what they asked themselves")
        if rule.policy is not Policy.HARD or not rule.releasable:
            raise NotAllowedError(role=by.role, action=f"release {answer.kind.words}")
        what = "application.crosscheck_released"
        return self._let_pass(work, application, answer, what=what, why=(by, reason))

    def of(
        self, work: Work, application_id: str, *, by: User
    ) -> tuple[tuple[Answer, ...], dict[Kind, str]]:
        """Return every answer about an application, the oldest first, and what is in the way."""
        application = self._applications.get(work, application_id, by=by)
        answers = AnswerRows(work.transaction).of(application.id)
        return answers, self.obstacles(work, application, by=by)

    def obstacles(self, work: Work, application: Application, *, by: User) -> dict[Kind, str]:
        """Say which registers stand in the way of the issue now, and what to do."""
        if not self.rules:
            return {}
        newest = {one.kind: one for one in AnswerRows(work.transaction).of(application.id)}
        found = {}
        for kind, rule in self.rules.items():
            answer = newest.get(kind)
            stated = answer.stated if answer else Stated()
            question = self._question(work, application, stated=stated, by=by)
            problem = obstacle(rule, answer, question=question, now=work.now)
            if problem:
                found[kind] = problem
        return found

    def require_clear(self, work: Work, application: Application, *, by: User) -> None:
        """Refuse the issue unless every register that is asked here lets it pass.

        Raises:
            CrossCheckError: one was not asked, or says something that nobody let pass.

        """
        obstacles = self.obstacles(work, application, by=by)
        if obstacles:
            raise CrossCheckError(
                *(
                    Flaw(f"/crosschecks/{kind}", f"{kind.words} {problem}")
                    for kind, problem in obstacles.items()
                )
            )

    def require_clear_change(
        self, work: Work, application: Application, *, wanted: Content, by: User
    ) -> None:
        """Refuse what an officer corrects by himself, if registers let another statement pass.

        Marks, invoices and the like may be corrected: no register is asked about them.

        Raises:
            CrossCheckError: goods, parties, quantities or the shipment change, unasked.

        """
        changed = replace(application, content=wanted)
        questions = (
            self._question(work, one, stated=Stated(), by=by) for one in (application, changed)
        )
        if len({one.digest for one in questions}) == 1:
            return
        obstacles = self.obstacles(work, changed, by=by)
        if obstacles:
            detail = (
                "was not asked about the goods, parties, quantities and shipment as corrected; "
                "let the exporter apply for a correction, which is cross-checked"
            )
            raise CrossCheckError(
                *(Flaw(f"/crosschecks/{kind}", f"{kind.words} {detail}") for kind in obstacles)
            )

    def _question(
        self, work: Work, application: Application, *, stated: Stated, by: User
    ) -> Question:
        exporter = self._exporters.get(work, application.exporter_id, by=by)
        return question_of(application, exporter, stated=stated)

    def _answer(self, work: Work, asking: Asking, said: Said, *, by: User) -> Answer:
        return Answer(
            id=work.new_id(),
            application_id=asking.application_id,
            kind=asking.kind,
            source=said.source,
            version=said.version,
            as_of=said.as_of,
            question_digest=asking.question.digest,
            stated=asking.question.stated,
            verdict=said.judged.verdict,
            why=said.judged.why,
            hits=said.judged.hits,
            asked_by=by.id,
            asked_at=asking.at,
            valid_until=asking.at + self.rules[asking.kind].valid_for,
        )

    def _rule_of(self, answer: Answer) -> Rule:
        return self.rules.get(answer.kind) or Rule(answer.kind)

    def _open(self, work: Work, application: Application, answer_id: str) -> Answer:
        answers = AnswerRows(work.transaction).of(application.id)
        answer = next((one for one in answers if one.id == answer_id), None)
        if answer is None:
            raise MissingError(what="answer", id=answer_id)
        newest = {one.kind: one for one in answers}[answer.kind]
        standing = {
            "clear": answer.verdict is Verdict.CLEAR,
            "let pass already": answer.release is not None,
            "followed by a newer one": newest.id != answer.id,
        }
        for current, holds in standing.items():
            if holds:
                raise ConflictError(what="answer", current=current, wanted="let pass")
        return answer

    def _let_pass(
        self,
        work: Work,
        application: Application,
        answer: Answer,
        *,
        what: str,
        why: tuple[User, str],
    ) -> Answer:
        by, reason = why
        release = Release(by.id, reason, work.now)
        if not AnswerRows(work.transaction).release(answer.id, release):
            raise ConflictError(what="answer", current="let pass already", wanted="let pass")
        facts = {"answer": answer.id, "verdict": answer.verdict.value, "reason": reason}
        self._applications.note(
            work, application, what=what, by=by, reason_code=answer.kind.value, facts=facts
        )
        return replace(answer, release=release)
