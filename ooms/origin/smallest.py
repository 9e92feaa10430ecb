"""The smallest sets that are enough: exact while there are few to try, irreducible otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations
from math import comb
from typing import TypeVar

MOST_TRIES = 160  # a judgment takes about half a millisecond, and a person waits
MOST_SETS = 3  # of equally small sets, a reader compares few

_T = TypeVar("_T")


def smallest_sets(
    members: Sequence[_T],
    is_enough: Callable[[tuple[_T, ...]], bool],
    *,
    cost: Callable[[_T], Decimal],
) -> tuple[tuple[_T, ...], ...]:
    """Give the sets of fewest members that are enough, the cheapest first; none when none is.

    1. Nothing may be enough, and everything may be too little.
    2. Try every set, from small to large, as long as there are few.
    3. Otherwise leave out what can be spared, the dearest first.
    """
    everything = tuple(members)
    if is_enough(()):  # 1
        return ((),)
    if not everything or not is_enough(everything):
        return ()
    tries = MOST_TRIES
    for size in range(1, len(everything)):  # 2
        tries -= comb(len(everything), size)
        if tries < 0:
            return (_spared(everything, is_enough, cost=cost),)  # 3
        found = [chosen for chosen in combinations(everything, size) if is_enough(chosen)]
        if found:
            found.sort(key=lambda chosen: sum(map(cost, chosen)))
            return tuple(found[:MOST_SETS])
    return (everything,)


def _spared(
    everything: tuple[_T, ...],
    is_enough: Callable[[tuple[_T, ...]], bool],
    *,
    cost: Callable[[_T], Decimal],
) -> tuple[_T, ...]:
    """Leave out whatever can be spared; what remains cannot lose another member."""
    kept = list(everything)
    for member in sorted(everything, key=cost, reverse=True):
        without = [other for other in kept if other is not member]
        if is_enough(tuple(without)):
            kept = without
    return tuple(kept)
