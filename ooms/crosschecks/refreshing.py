"""Loads the lists that files bring: each whole, as a new numbered edition, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from ooms.audit.service import record
from ooms.crosschecks.listings import LISTINGS
from ooms.crosschecks.lists import Problem, ReadList, read_list
from ooms.crosschecks.model import Kind
from ooms.crosschecks.repository import Edition, ListRows, Look
from ooms.db import Work, Works

log = structlog.get_logger(__name__)

BY_THE_PROGRAM = "crosschecks-refresh"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of one look at a file: a new edition, the same as before, or a problem."""

    kind: Kind
    file: str
    edition: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The list of a kind as it stands: the edition in use, and the last look at its file."""

    kind: Kind
    file: str
    edition: Edition | None
    look: Look | None


class Lists:
    """The lists of the registers that are asked by file."""

    def __init__(self, works: Works, *, files: Mapping[Kind, Path]) -> None:
        """Load these files."""
        self._works = works
        self._files = files

    def refresh(self) -> tuple[Refreshed, ...]:
        """Look at every file once, and load what is new."""
        return tuple(self._refresh(kind, path) for kind, path in self._files.items())

    def sources(self, work: Work) -> tuple[Loaded, ...]:
        """Return how every list stands."""
        rows = ListRows(work.transaction)
        return tuple(
            Loaded(kind, path.name, rows.newest(kind), rows.look(kind))
            for kind, path in self._files.items()
        )

    def _refresh(self, kind: Kind, path: Path) -> Refreshed:
        """Load one list.

        1. Read the file whole, with no transaction open.
        2. A file with a flaw is refused: the edition in use stays, and the flaw is told.
        3. A file as before only says that its owner still stands by it; another one is the
           next edition.
        """
        listing = LISTINGS[kind]
        found = read_list(path, listing=listing, now=self._works.clock())  # 1
        if isinstance(found, Problem):  # 2
            problem = str(found)
            log.error("crosscheck.refresh.refused", kind=kind.value, problem=problem)
            self._works.do(
                lambda work: ListRows(work.transaction).note_look(
                    Look(kind, work.now, None, problem)
                )
            )
            return Refreshed(kind, path.name, problem=problem)
        number = self._works.do(lambda work: _keep(work, kind, found))  # 3
        if number is not None:
            log.info("crosscheck.refresh.loaded", kind=kind.value, edition=number)
        return Refreshed(kind, path.name, edition=number)


def _keep(work: Work, kind: Kind, found: ReadList) -> int | None:
    """Keep a list that differs from the one in use, and return its number."""
    rows = ListRows(work.transaction)
    rows.note_look(Look(kind, work.now, found.as_of, problem=""))
    current = rows.newest(kind)
    if current and current.sha256 == found.sha256:
        return None
    edition = Edition(
        id=work.new_id(),
        kind=kind,
        number=current.number + 1 if current else 1,
        file=found.file,
        sha256=found.sha256,
        as_of=found.as_of,
        loaded_at=work.now,
        entries=len(found.entries),
    )
    key = LISTINGS[kind].key
    rows.add(edition, [(line, key(one), one) for line, one in found.entries])
    record(
        work,
        who=BY_THE_PROGRAM,
        what="crosscheck.list_loaded",
        subject=f"crosscheck-list/{kind}",
        facts={"edition": str(edition.number), "sha256": edition.sha256},
    )
    return edition.number
