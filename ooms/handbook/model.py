"""What everybody may look up: agreements, the rules of a code, and what codes mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


class UnknownRuleError(LookupError):
    """No agreement of this code is here, or the digits are no code; correct what is named."""

    def __init__(self, *, pointer: str, words: str) -> None:
        self.pointer = pointer
        self.words = words
        super().__init__(words)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the product rules of a rule set go, and how many were read in the primary text."""

    rule_set: str
    since: date
    until: date | None
    hs_edition: int
    rules: int
    structured: int
    verified: int
    covered: int
    total: int


@dataclass(frozen=True, slots=True)
class AgreementTold:
    """An agreement that is known here; `is_ours` tells whether this country is in it."""

    code: str
    name: str
    parties: tuple[str, ...]
    is_ours: bool
    reach: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule of a code, in notation and in words."""

    rule_set: str
    hs_edition: int
    codes: str
    goods: str
    rule: str
    words: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Code:
    """A code that a program or a partner answers with: what it means and what to do next."""

    code: str
    means: str
    who: str
    then: str
    source: str = ""


def codes_in_order(*catalogues: Iterable[Code]) -> tuple[Code, ...]:
    """Join catalogues by code; the first that tells a code tells it."""
    told: dict[str, Code] = {}
    for catalogue in catalogues:
        for one in catalogue:
            told.setdefault(one.code, one)
    return tuple(told[code] for code in sorted(told))


def office_codes(written: Mapping[str, Mapping[str, str]]) -> tuple[Code, ...]:
    """Read the office's own codes."""
    return tuple(
        Code(code, means=one["means"], who=one["who"], then=one["then"])
        for code, one in written.items()
    )
