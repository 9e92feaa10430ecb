"""A table of points: bins of features, thresholds of channels; read from text, held monotone."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from ooms.errors import Flaw, UnfitError
from ooms.risk.features import FEATURES
from ooms.risk.model import Channel, Contribution, Measured, Scored

_SHIPPED = "scorecard.toml"
_DIGEST_DIGITS = 12
_PER_MILLE = 1000
_LONGEST_NAME = 120


class Direction(StrEnum):
    """Which way a feature grows worse."""

    UP = "UP"
    DOWN = "DOWN"


class ScorecardError(UnfitError):
    """A table of points cannot be used; every flaw has its place in the file."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Values from `least` on, up to the next bin's; the first one has no lower end."""

    least: Decimal | None
    points: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The bins of one feature, in rising order, and what an unknown value is worth."""

    feature: str
    direction: Direction
    bins: tuple[Bin, ...]
    unknown_points: int = 0

    def contribution(self, measured: Measured) -> Contribution:
        """Give the points of a value."""
        value = measured.value
        if value is None:
            return Contribution(self.feature, None, self.unknown_points, "", measured.words)
        held = self.bin_of(value)
        return Contribution(self.feature, value, held.points, held.code, measured.words)

    def bin_of(self, value: Decimal) -> Bin:
        """Return the bin that holds a value."""
        return next(one for one in reversed(self.bins) if one.least is None or one.least <= value)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A table of points, its thresholds, its random sample, and the digest of its text."""

    name: str
    version: str
    digest: str
    yellow: int
    red: int
    sample_per_mille: int
    sample_channel: Channel
    tip_channel: Channel
    scales: tuple[Scale, ...]

    @property
    def model(self) -> str:
        """What a decision names: name, version, and the digest of the table."""
        return f"{self.name} {self.version} {self.digest}"

    def channel(self, points: int) -> Channel:
        """Say where so many points lead."""
        if points >= self.red:
            return Channel.RED
        return Channel.YELLOW if points >= self.yellow else Channel.GREEN

    def score(self, measured: Mapping[str, Measured]) -> Scored:
        """Add up the points of every feature."""
        parts = tuple(one.contribution(measured[one.feature]) for one in self.scales)
        points = sum(one.points for one in parts)
        return Scored(self.model, points, self.channel(points), parts)


@lru_cache(maxsize=1)
def shipped() -> str:
    """Return the text of the table that is shipped."""
    return (resources.files("ooms.risk") / "data" / _SHIPPED).read_text("utf-8")


@lru_cache(maxsize=32)
def read_scorecard(text: str) -> Scorecard:
    """Read a table of points.

    Raises:
        ScorecardError: something is missing, unknown, or not monotone.

    """
    try:
        written = tomllib.loads(text)
        card = _card(written, digest=hashlib.sha256(text.encode()).hexdigest())
    except tomllib.TOMLDecodeError as error:
        raise ScorecardError(Flaw("", str(error))) from error
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise ScorecardError(Flaw("", f"missing or no value of its kind: {error}")) from error
    flaws = tuple(_flaws(card))
    if flaws:
        raise ScorecardError(*flaws)
    return card


def _card(written: dict[str, Any], *, digest: str) -> Scorecard:
    channels, sample = written["channels"], written["sample"]
    return Scorecard(
        name=str(written["name"]),
        version=str(written["version"]),
        digest=digest[:_DIGEST_DIGITS],
        yellow=int(channels["yellow"]),
        red=int(channels["red"]),
        sample_per_mille=int(sample["per_mille"]),
        sample_channel=Channel(sample["channel"]),
        tip_channel=Channel(written["tips"]["channel"]),
        scales=tuple(_scale(name, one) for name, one in sorted(written["features"].items())),
    )


def _scale(name: str, written: dict[str, Any]) -> Scale:
    return Scale(
        name,
        Direction(written["direction"]),
        tuple(_bin(one) for one in written["bins"]),
        int(written.get("unknown_points", 0)),
    )


def _bin(written: dict[str, Any]) -> Bin:
    least = written.get("least")
    return Bin(
        None if least is None else Decimal(str(least)),
        int(written["points"]),
        str(written.get("code", "")),
    )


def _flaws(card: Scorecard) -> list[Flaw]:
    flaws = [flaw for scale in card.scales for flaw in _scale_flaws(scale)]
    if not 0 < card.yellow < card.red:
        flaws.append(Flaw("/channels", "0 < yellow < red must hold"))
    if not 0 <= card.sample_per_mille <= _PER_MILLE:
        flaws.append(Flaw("/sample/per_mille", "lies between 0 and 1000"))
    if len(card.model) > _LONGEST_NAME:
        flaws.append(Flaw("/name", "name and version are too long"))
    if not card.scales:
        flaws.append(Flaw("/features", "names none"))
    return flaws


def _scale_flaws(scale: Scale) -> list[Flaw]:
    place = f"/features/{scale.feature}"
    if scale.feature not in FEATURES:
        return [Flaw(place, f"there is no such feature; known are {', '.join(sorted(FEATURES))}")]
    if not scale.bins or scale.bins[0].least is not None:
        return [Flaw(f"{place}/bins", "the first bin has no `least`")]
    if any(one.least is None for one in scale.bins[1:]):
        return [Flaw(f"{place}/bins", "every bin but the first has a `least`")]
    ends = [one.least for one in scale.bins[1:] if one.least is not None]
    found = []
    if any(low >= high for low, high in pairwise(ends)):
        found.append(Flaw(f"{place}/bins", "`least` must rise from bin to bin"))
    points = [one.points for one in scale.bins]
    worse = points if scale.direction is Direction.UP else points[::-1]
    if any(low > high for low, high in pairwise(worse)):
        found.append(Flaw(f"{place}/bins", "a worse value must not have fewer points"))
    if any(one.points > 0 and not one.code for one in scale.bins):
        found.append(Flaw(f"{place}/bins", "points need a reason code"))
    return found
