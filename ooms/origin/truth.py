"""Three-valued truth after Kleene: yes, no, and not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Whether a criterion is met, as far as the facts go; ordered no < unknown < yes."""

    NO = 0
    UNKNOWN = 1
    YES = 2


def truth_of(answer: bool | None) -> Truth:  # noqa: FBT001 - the value itself, not an option
    """Turn an answer, or its absence, into truth."""
    if answer is None:
        return Truth.UNKNOWN
    return Truth.YES if answer else Truth.NO


def all_of(truths: Iterable[Truth]) -> Truth:
    """Give the worst: one no decides, and nothing at all is yes."""
    return min(truths, key=_rank, default=Truth.YES)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Give the best: one yes decides, and nothing at all is no."""
    return max(truths, key=_rank, default=Truth.NO)


def negation(truth: Truth) -> Truth:
    """Swap yes and no; unknown stays unknown."""
    return Truth(Truth.YES.value - truth.value)


def _rank(truth: Truth) -> int:
    return truth.value
