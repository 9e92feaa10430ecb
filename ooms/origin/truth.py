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
    worst = Truth.YES
    for truth in truths:
        if truth is Truth.NO:
            return Truth.NO
        if truth is Truth.UNKNOWN:
            worst = Truth.UNKNOWN
    return worst


def any_of(truths: Iterable[Truth]) -> Truth:
    """Give the best: one yes decides, and nothing at all is no."""
    best = Truth.NO
    for truth in truths:
        if truth is Truth.YES:
            return Truth.YES
        if truth is Truth.UNKNOWN:
            best = Truth.UNKNOWN
    return best


def negation(truth: Truth) -> Truth:
    """Swap yes and no; unknown stays unknown."""
    return _SWAPPED[truth]


_SWAPPED = {Truth.YES: Truth.NO, Truth.UNKNOWN: Truth.UNKNOWN, Truth.NO: Truth.YES}
