"""Weigh bins by an explainable boosting machine: needs the extra `interpret`.

The machine sees, for each feature, in which bin a line falls; it adds one curve a feature, held
monotone, with no interactions, so its curves are bins of points like any other table's.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

from ooms.determinations.bulk_files import MissingExtraError
from ooms.risk.scorecard import Direction, Scale
from ooms.risk.training import Seen

EXTRA = "interpret"
#: The same history gives the same table.
_SEED = 42


def boosted(seen: tuple[Seen, ...], scales: tuple[Scale, ...]) -> tuple[tuple[float, ...], ...]:
    """Weigh each bin by what the machine adds for it.

    Raises:
        MissingExtraError: the extra is not installed.

    """
    machine = _machine(scales)
    np = import_module("numpy")
    told = np.array([[_place(scale, line) for scale in scales] for line in seen], dtype=float)
    with warnings.catch_warnings():
        # It says that its own pictures leave unknown values out; our tables give them no points.
        warnings.simplefilter("ignore")
        machine.fit(told, np.array([int(line.wrong) for line in seen]))
    base = np.full((1, len(scales)), np.nan)
    return tuple(_curve(machine, base, turn=turn, scale=scale) for turn, scale in enumerate(scales))


def _machine(scales: tuple[Scale, ...]) -> Any:
    try:
        glassbox = import_module("interpret.glassbox")
    except ImportError as error:
        raise MissingExtraError(extra=EXTRA) from error
    return glassbox.ExplainableBoostingClassifier(
        feature_names=[scale.feature for scale in scales],
        feature_types=["continuous"] * len(scales),
        interactions=0,
        monotone_constraints=[1 if one.direction is Direction.UP else -1 for one in scales],
        random_state=_SEED,
        n_jobs=1,
    )


def _place(scale: Scale, line: Seen) -> float:
    value = line.values.get(scale.feature)
    return float("nan") if value is None else float(scale.bins.index(scale.bin_of(value)))


def _curve(machine: Any, base: Any, *, turn: int, scale: Scale) -> tuple[float, ...]:
    weights = []
    for place in range(len(scale.bins)):
        line = base.copy()
        line[0, turn] = place
        weights.append(float(machine.decision_function(line)[0]))
    return tuple(weights)
