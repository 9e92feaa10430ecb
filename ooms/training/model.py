"""Exercises: what somebody of a role practices, and how the office sees that it is done."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.access.model import Role

#: Where the reference of the sample stands in the addresses of an exercise.
GAP = "{}"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: on which sample, on which page, and what says that it is done.

    `look` is an address of the interface and `member` a place in its answer, with dots between;
    the exercise is done when one of `ends` stands there.
    """

    code: str
    role: Role
    sample: str
    page: str
    look: str
    member: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exercises:
    """Every exercise, in the order in which a role does them."""

    exercises: tuple[Exercise, ...]

    def of(self, role: Role) -> tuple[Exercise, ...]:
        """Return the exercises of a role."""
        return tuple(one for one in self.exercises if one.role is role)

    @property
    def samples(self) -> frozenset[str]:
        """Name every sample that exercises are done on."""
        return frozenset(one.sample for one in self.exercises)
