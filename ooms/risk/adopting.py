"""The register of tables of points: brought by one person, adopted by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.risk.model import MODEL_MOVES, Model, ModelState
from ooms.risk.repository import ModelRows
from ooms.risk.scorecard import Scorecard, read_scorecard, shipped

_ONLY_ONE = frozenset({ModelState.CHAMPION, ModelState.CHALLENGER})


class Adopting:
    """Takes tables in, and puts them to use by a supervisor's word."""

    def add(self, work: Work, content: str, *, report: Mapping[str, str], by: User) -> Model:
        """Take in a table; it routes nothing until somebody else adopts it.

        Raises:
            ScorecardError: the table is not whole, or not monotone.

        """
        card = read_scorecard(content)
        model = Model(
            id=work.new_id(),
            name=card.model,
            content=content,
            added_by=by.login,
            added_at=work.now,
            report=dict(report),
        )
        ModelRows(work.transaction).add(model)
        self._note(work, model, what="risk-model.added", by=by)
        return model

    def move(self, work: Work, model_id: str, *, state: ModelState, reason: str, by: User) -> Model:
        """Adopt a table as champion or challenger, or retire it.

        1. Who brought a table does not adopt it himself.
        2. Of champions and of challengers there is one: the one before is retired.
        3. Write it and record it, in the same transaction.

        Raises:
            MissingError: there is no such table.
            UnfitError: the same person brought it.
            ConflictError: it stands elsewhere.

        """
        known = self.get(work, model_id)
        if state in _ONLY_ONE and known.added_by == by.login:  # 1
            raise UnfitError(Flaw("/state", "who brought a table does not adopt it himself"))
        if state not in MODEL_MOVES[known.state]:
            raise ConflictError(what="table of points", current=known.state, wanted=state)
        rows = ModelRows(work.transaction)
        before = rows.in_state(state) if state in _ONLY_ONE else None
        if before is not None:  # 2
            self._change(
                work, before, state=ModelState.RETIRED, reason=f"replaced by {known.name}", by=by
            )
        return self._change(work, known, state=state, reason=reason, by=by)  # 3

    def get(self, work: Work, model_id: str) -> Model:
        """Return a table.

        Raises:
            MissingError: there is none.

        """
        found = ModelRows(work.transaction).find(model_id)
        if found is None:
            raise MissingError(what="table of points", id=model_id)
        return found

    def page(self, work: Work, window: Window) -> tuple[Model, ...]:
        """Return the newest tables."""
        return ModelRows(work.transaction).page(window)

    def champion(self, work: Work) -> Scorecard:
        """Return the table that routes: the adopted one, else the shipped one."""
        found = ModelRows(work.transaction).in_state(ModelState.CHAMPION)
        return read_scorecard(found.content if found else shipped())

    def _change(  # the facts of one change, each by its name
        self, work: Work, known: Model, *, state: ModelState, reason: str, by: User
    ) -> Model:
        changed = replace(
            known, state=state, adopted_by=by.login, adopted_at=work.now, reason=reason
        )
        if not ModelRows(work.transaction).change(changed, since=known):
            raise ConflictError(what="table of points", current="changed meanwhile", wanted=state)
        self._note(work, changed, what="risk-model.moved", by=by)
        return changed

    def _note(self, work: Work, model: Model, *, what: str, by: User) -> None:
        facts = {"name": model.name, "state": model.state.value, "reason": model.reason}
        subject = f"risk-model/{model.id}"
        record(work, who=by.login, what=what, subject=subject, facts=facts)
