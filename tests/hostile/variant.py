"""What a hostile variant is: a name, the refusal it must meet, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec

from eodes.wire.signature import PinnedKey
from tests.hostile import specimen


@dataclass(frozen=True, slots=True)
class Canary:
    """Places that nobody may touch while judging a message."""

    url: str
    file: str


P = ParamSpec("P")
Build = Callable[[Canary], bytes]
Trust = Callable[[], Mapping[bytes, PinnedKey]]


@dataclass(frozen=True, slots=True)
class Variant:
    """One message to be refused with one of the codes, or accepted if there is no code."""

    name: str
    codes: tuple[str, ...]
    build: Build
    trust: Trust = lambda: specimen.office().trust
    at: datetime = specimen.NOW


def made_by(make: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> Build:
    """Build a variant that names no canary, later, from what is known now."""
    return lambda _canary: make(*args, **kwargs)


def refused(name: str, codes: str, build: Build) -> Variant:
    """Describe a message to be refused with one of the codes, separated by spaces."""
    return Variant(name, tuple(codes.split()), build)


def forged(name: str, codes: str, forgery: specimen.Forgery) -> Variant:
    """Describe a message that is validly signed as the forgery says, and refused all the same."""
    return Variant(name, tuple(codes.split()), lambda _canary: forgery.sealed())


def accepted(name: str, build: Build) -> Variant:
    """Describe a control: a message in an unusual but harmless form."""
    return Variant(name, (), build)
