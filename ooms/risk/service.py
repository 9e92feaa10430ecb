"""Route the lines of claims, hear what became of them, and show why to officers."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import MissingError
from ooms.risk import figures
from ooms.risk.model import Channel, Decision, Goods, ModelState, Outcome
from ooms.risk.repository import RouteRows
from ooms.risk.routing import Tables, route
from ooms.risk.scorecard import read_scorecard, shipped
from ooms.watch.service import Watch


class Risk:
    """The desk that says which claims somebody looks at."""

    def __init__(self, watch: Watch, *, seed: bytes) -> None:
        """Route with what officers know, and draw the sample by a seed that only we hold."""
        self._watch = watch
        self._seed = seed

    def route(self, work: Work, goods: tuple[Goods, ...]) -> tuple[Decision, ...]:
        """Route all lines of a declaration at once, and keep why in the claim's transaction."""
        decisions = self.foresee(work, goods)
        if decisions:
            RouteRows(work.transaction).keep(decisions)
        return decisions

    def foresee(self, work: Work, goods: tuple[Goods, ...]) -> tuple[Decision, ...]:
        """Say where the lines of a declaration would go; nothing is kept.

        1. Read the tables in use with the figures, and what officers know: two statements.
        2. Route each line; nothing here can deny it.
        """
        if not goods:
            return ()
        keys = (key for one in goods for key in figures.keys_of(one).values())
        rests = RouteRows(work.transaction).rests_on(keys)  # 1
        tables = _tables(rests.points)
        words = (word for one in goods for word in figures.words_of(one))
        known = self._watch.known(work, words)
        return tuple(  # 2
            route(
                one,
                figures.around(one, rests.figures, known),
                tables=tables,
                seed=self._seed,
                decision_id=work.new_id(),
                now=work.now,
            )
            for one in goods
        )

    def hear(self, work: Work, outcomes: tuple[Outcome, ...]) -> None:
        """Keep what became of lines: a decision's or a verification's word."""
        RouteRows(work.transaction).hear(outcomes)

    def tell(self, work: Work, outcome: Outcome, *, by: User) -> Outcome:
        """Keep what an officer says became of a line.

        Raises:
            MissingError: no such line was routed.

        """
        self._routed(work, outcome.declaration, line=(outcome.line_no, outcome.spec_no))
        self.hear(work, (outcome,))
        facts = {"kind": outcome.kind.value, "result": outcome.result.value}
        subject = f"declaration/{outcome.declaration}"
        record(work, who=by.login, what="risk.outcome-told", subject=subject, facts=facts)
        return outcome

    def explain(self, work: Work, declaration: str) -> tuple[Decision, ...]:
        """Return where the lines of a declaration were sent, by what and why.

        Raises:
            MissingError: no line of such a declaration was routed.

        """
        return self._routed(work, declaration)

    def outcomes(self, work: Work, declaration: str) -> tuple[Outcome, ...]:
        """Return what became of the lines of a declaration."""
        return RouteRows(work.transaction).outcomes_of(declaration)

    def page(self, work: Work, window: Window, *, channel: Channel | None) -> tuple[Decision, ...]:
        """Return the newest decisions, of one channel or of all."""
        return RouteRows(work.transaction).page(window, channel=channel)

    def refresh(self, work: Work) -> int:
        """Make the figures anew that claims are compared with; returns how many."""
        return figures.refresh(work)

    def _routed(
        self, work: Work, declaration: str, *, line: tuple[int, int] | None = None
    ) -> tuple[Decision, ...]:
        found = RouteRows(work.transaction).of_declaration(declaration)
        lines = {(one.goods.line_no, one.goods.spec_no) for one in found}
        if not found or (line is not None and line not in lines):
            raise MissingError(what="routed line of declaration", id=declaration)
        return found


def _tables(points: Mapping[ModelState, str]) -> Tables:
    challenger = points.get(ModelState.CHALLENGER)
    return Tables(
        read_scorecard(points.get(ModelState.CHAMPION, shipped())),
        read_scorecard(challenger) if challenger else None,
    )
