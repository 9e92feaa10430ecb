"""Exercises on the wire."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.training.service import Task

Name = Annotated[str, Field(min_length=1, max_length=40)]
Reference = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w./-]+$")]


class SamplesBody(Body):
    """Which case each sample is."""

    samples: Annotated[dict[Name, Reference], Field(max_length=100)]


class ExerciseOut(Body):
    """An exercise, the page to do it on, and where one sees that it is done.

    The exercise is done when one of `ends` stands at `member` of what `look` answers; both are
    empty until the sample was filled in.
    """

    code: str
    page: str
    look: str
    member: str
    ends: tuple[str, ...]

    @classmethod
    def of(cls, task: Task) -> Self:
        """Show an exercise."""
        one = task.exercise
        return cls(code=one.code, page=task.page, look=task.look, member=one.member, ends=one.ends)


class ExercisesOut(Body):
    """The exercises of the caller's role, in the order to do them."""

    items: tuple[ExerciseOut, ...]
