"""Keep the samples of an office for practice, and tell its people their exercises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ooms.access.model import Role, User
from ooms.audit.service import record
from ooms.db import Work
from ooms.errors import Flaw, MissingError, UnfitError
from ooms.training.model import GAP, Exercise, Exercises
from ooms.training.repository import SampleRows
from ooms.training.world import NoTrainingError


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise on a case that is there; without one nothing can be looked at."""

    exercise: Exercise
    reference: str

    @property
    def page(self) -> str:
        """The page on which the exercise is done."""
        return self._filled(self.exercise.page)

    @property
    def look(self) -> str:
        """Where the interface tells how the case stands."""
        return self._filled(self.exercise.look)

    def _filled(self, address: str) -> str:
        return address.replace(GAP, self.reference) if self.reference else ""


class Training:
    """The desk of training; it is closed in a real office."""

    def __init__(self, exercises: Exercises, *, is_open: bool) -> None:
        """Teach by some exercises."""
        self._exercises = exercises
        self._is_open = is_open

    def tasks(self, work: Work, *, role: Role) -> tuple[Task, ...]:
        """Return the exercises of a role.

        Raises:
            MissingError: nobody practices in this office.

        """
        if not self._is_open:
            raise MissingError(what="training", id="exercises")
        placed = SampleRows(work.transaction).every()
        return tuple(Task(one, placed.get(one.sample, "")) for one in self._exercises.of(role))

    def place(self, work: Work, samples: Mapping[str, str], *, by: User) -> Mapping[str, str]:
        """Name the cases that exercises are done on, in the place of those before.

        Raises:
            NoTrainingError: nobody practices in this office.
            UnfitError: no exercise is done on such a sample.

        """
        self.require_open()
        strange = sorted(set(samples) - self._exercises.samples)
        if strange:
            raise UnfitError(Flaw(f"/samples/{strange[0]}", "no exercise is done on it"))
        rows = SampleRows(work.transaction)
        for name, reference in samples.items():
            rows.place(name, reference, now=work.now)
        record(work, who=by.login, what="training.filled", subject="office")
        return rows.every()

    def reset(self, work: Work, *, by: User) -> int:
        """Empty the office of everything but the trail, its numbers and its staff.

        Raises:
            NoTrainingError: nobody practices in this office.

        """
        self.require_open()
        deleted = SampleRows(work.transaction).empty()
        record(
            work,
            who=by.login,
            what="training.reset",
            subject="office",
            facts={"rows": str(deleted)},
        )
        return deleted

    def require_open(self) -> None:
        """Refuse to do anything of training in a real office.

        Raises:
            NoTrainingError: nobody practices in this office.

        """
        if not self._is_open:
            raise NoTrainingError
