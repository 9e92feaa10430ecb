"""Asks a register: the port, and the connector for lists that were loaded from files."""

from __future__ import annotations

from typing import Protocol

from ooms.crosschecks.entries import Record, Terms
from ooms.crosschecks.likeness import Likeness
from ooms.crosschecks.listings import LISTINGS
from ooms.crosschecks.model import Asking, Judged, Rule, Said, Source, Verdict
from ooms.crosschecks.repository import Edition, ListRows, Look
from ooms.db import Work, Works


class Connector(Protocol):
    """Whoever can ask a register; what it cannot answer is an answer too: unknown, and why."""

    def ask(self, asking: Asking) -> Said:
        """Ask, with no transaction open."""
        ...


class FileConnector:
    """Asks the list of a kind as it was loaded last."""

    def __init__(self, works: Works, rule: Rule, *, likeness: Likeness) -> None:
        """Read lists in pieces of work of its own."""
        self._works = works
        self._rule = rule
        self._likeness = likeness

    def ask(self, asking: Asking) -> Said:
        """Judge the entries that concern the question.

        A list that was never loaded, or is too old, answers nothing.
        """
        listing = LISTINGS[asking.kind]

        def find(work: Work) -> tuple[Edition | None, Look | None, tuple[Record, ...]]:
            rows = ListRows(work.transaction)
            edition = rows.newest(asking.kind)
            keys = listing.keys(asking.question)
            found = rows.entries(edition.id, keys) if edition else ()
            return edition, rows.look(asking.kind), found

        edition, look, records = self._works.read(find)
        if edition is None:
            return Said(Source.FILE, _unknown(f"no list of {asking.kind.words} was loaded yet"))
        as_of = max(edition.as_of, look.as_of) if look and look.as_of else edition.as_of
        version = f"{edition.number} {edition.sha256[:12]}"
        if as_of + self._rule.list_lasts <= asking.at:
            why = f"the list of {asking.kind.words} is of {as_of:%Y-%m-%d %H:%M}, which is too old"
            return Said(Source.FILE, _unknown(why), version, as_of)
        terms = Terms(asking.on, self._likeness)
        return Said(Source.FILE, listing.judge(asking.question, records, terms), version, as_of)


def _unknown(why: str) -> Judged:
    return Judged(Verdict.UNKNOWN, why)
