"""Keep tips and decide them in time; keep the watch list and capacities."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.kernel.workdays import due_day
from ooms.watch.model import TIP_MOVES, Capacity, Known, Tip, TipState, TipTerms, Watched
from ooms.watch.repository import WatchRows


@cache
def tip_terms() -> TipTerms:
    """Return how tips are handled."""
    text = (resources.files("ooms.watch") / "data" / "tips.toml").read_text("utf-8")
    written = tomllib.loads(text)
    return TipTerms(
        kinds=written["kinds"],
        decide_within_days=written["decide_within_days"],
        source=written["source"],
        verified=written["verified"],
    )


class Watch:
    """The desk of what officers know beside the papers."""

    def known(self, work: Work, words: Iterable[str]) -> Known:
        """Return everything that names one of the words today."""
        return WatchRows(work.transaction).known(words, on=work.today)

    def keep_tip(self, work: Work, tip: Tip, *, by: User) -> Tip:
        """Keep a tip; from now on it sends goods to be looked at.

        Raises:
            UnfitError: it is of no kind of the list, or was received tomorrow.

        """
        terms = tip_terms()
        if tip.kind not in terms.kinds:
            raise UnfitError(Flaw("/kind", f"is none of {', '.join(sorted(terms.kinds))}"))
        if tip.received_on > work.today:
            raise UnfitError(Flaw("/received_on", "is still to come"))
        due = due_day(tip.received_on, terms.decide_within_days)
        assert due is not None  # nothing stops this clock
        kept = replace(tip, id=work.new_id(), due_on=due, kept_by=by.id)
        WatchRows(work.transaction).add_tip(kept)
        self._note(work, "tip.kept", kept.id, by=by, facts={"kind": kept.kind})
        return kept

    def decide_tip(self, work: Work, tip_id: str, *, state: TipState, reason: str, by: User) -> Tip:
        """Plan an investigation on a tip, hand it over, or close it.

        Raises:
            MissingError: there is no such tip.
            ConflictError: it is decided already.

        """
        rows = WatchRows(work.transaction)
        known = rows.tip(tip_id)
        if known is None:
            raise MissingError(what="tip", id=tip_id)
        if state not in TIP_MOVES[known.state]:
            raise ConflictError(what="tip", current=known.state, wanted=state)
        decided = replace(
            known, state=state, decided_by=by.login, decided_at=work.now, reason=reason
        )
        if not rows.change_tip(decided, since=known):
            raise ConflictError(what="tip", current="decided meanwhile", wanted=state)
        facts = {"state": state.value, "late": str(work.today > known.due_on).lower()}
        self._note(work, "tip.decided", tip_id, by=by, facts=facts)
        return decided

    def tips(self, work: Work, window: Window, *, state: TipState | None) -> tuple[Tip, ...]:
        """Return the newest tips, of one state or of all."""
        return WatchRows(work.transaction).tips(window, state=state)

    def watch(self, work: Work, entry: Watched, *, by: User) -> Watched:
        """Put something on the watch list, with the reason, the source and the last day.

        Raises:
            UnfitError: the days run backwards.

        """
        if entry.until <= entry.since:
            raise UnfitError(Flaw("/until", "lies after the first day"))
        kept = replace(entry, id=work.new_id(), kept_by=by.id)
        WatchRows(work.transaction).add_watched(kept)
        self._note(work, "watch-list.added", kept.id, by=by, facts={"subject": kept.subject.word})
        return kept

    def end(self, work: Work, watched_id: str, *, reason: str, by: User) -> Watched:
        """Take an entry off the watch list today.

        Raises:
            MissingError: there is no such entry.
            ConflictError: it has ended.

        """
        rows = WatchRows(work.transaction)
        known = rows.watched(watched_id)
        if known is None:
            raise MissingError(what="entry of the watch list", id=watched_id)
        if known.until <= work.today:
            raise ConflictError(what="entry", current=f"over since {known.until}", wanted="ended")
        ended = replace(known, until=work.today, end_reason=reason)
        rows.end_watched(ended)
        self._note(work, "watch-list.ended", watched_id, by=by, facts={"reason": reason})
        return ended

    def watch_list(
        self, work: Work, window: Window, *, on: date | None = None
    ) -> tuple[Watched, ...]:
        """Return the newest entries: those of a day, or all."""
        return WatchRows(work.transaction).watch_list(window, on=on)

    def state_capacity(self, work: Work, capacity: Capacity, *, by: User) -> Capacity:
        """Keep how much a company can make in a year, and by whose word."""
        kept = replace(capacity, stated_on=work.today, kept_by=by.id)
        WatchRows(work.transaction).state_capacity(kept)
        facts = {"kilograms": format(kept.kilograms, "f"), "source": kept.source}
        self._note(work, "capacity.stated", f"{kept.exporter}/{kept.hs6}", by=by, facts=facts)
        return kept

    def capacities(self, work: Work, *, limit: int) -> tuple[Capacity, ...]:
        """Return the capacities that are stated, the latest first."""
        return WatchRows(work.transaction).capacities(limit=limit)

    def _note(self, work: Work, what: str, name: str, *, by: User, facts: dict[str, str]) -> None:
        subject = f"{what.partition('.')[0]}/{name}"
        record(work, who=by.login, what=what, subject=subject, facts=facts)
