"""Tests that look up what was said, the terms left to the traced criteria, and joined tests."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from ooms.agreements.rule import Rule
from ooms.kernel.hs import HsRange
from ooms.origin import criteria
from ooms.origin.compiled.sitting import Sitting, ask, found
from ooms.origin.processes import WHOLLY_OBTAINED_KEY
from ooms.origin.trace import Finding, Question
from ooms.origin.truth import Truth, all_of, any_of, negation, truth_of


class Test(Protocol):
    """A compiled rule."""

    def hear(self, sitting: Sitting) -> Finding:
        """Judge it."""
        ...


@dataclass(frozen=True, slots=True)
class ByTrace:
    """A rule, or one term of a rule, that the traced criteria judge."""

    rule: Rule
    group: HsRange | None

    def hear(self, sitting: Sitting) -> Finding:
        """Judge it by the criteria."""
        return criteria.judge(self.rule, sitting.hearing(self.group))


@dataclass(frozen=True, slots=True)
class Known:
    """What is decided by the good's code, or for every good."""

    met: Truth

    def hear(self, sitting: Sitting) -> Finding:  # noqa: ARG002
        """Say it."""
        return found(self.met)


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that a person answers yes or no."""

    key: str

    def hear(self, sitting: Sitting) -> Finding:
        """Give the answer, or ask."""
        return _said(sitting, self.key)


@dataclass(frozen=True, slots=True)
class WhollyOwn:
    """Nothing foreign was used, and somebody says that the good is wholly obtained."""

    def hear(self, sitting: Sitting) -> Finding:
        """Rule it out by a foreign line, or ask."""
        if sitting.foreign.numbers:
            return found(Truth.NO)
        return _said(sitting, WHOLLY_OBTAINED_KEY)


@dataclass(frozen=True, slots=True)
class Every:
    """Every member holds."""

    members: tuple[Test, ...]

    def hear(self, sitting: Sitting) -> Finding:
        """Judge every member."""
        parts = tuple(member.hear(sitting) for member in self.members)
        return joined(all_of(p.met for p in parts), parts)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One member is enough."""

    members: tuple[Test, ...]

    def hear(self, sitting: Sitting) -> Finding:
        """Judge every member."""
        parts = tuple(member.hear(sitting) for member in self.members)
        return joined(any_of(p.met for p in parts), parts)


@dataclass(frozen=True, slots=True)
class InPhases:
    """One rule in the agreement's first years, another afterwards."""

    key: str
    first: Test
    then: Test

    def hear(self, sitting: Sitting) -> Finding:
        """Judge both; where they agree, the phase does not matter."""
        parts = (self.first.hear(sitting), self.then.hear(sitting))
        first, then = (part.met for part in parts)
        early = truth_of(sitting.case.answer(self.key))
        met = any_of([all_of([early, first]), all_of([negation(early), then])])
        if first is then:
            met = first
        asked = (ask(self.key),) if early is Truth.UNKNOWN and met is Truth.UNKNOWN else ()
        finding = joined(met, parts)
        return found(met, questions=asked + finding.questions, value=finding.value, parts=parts)


def joined(met: Truth, parts: tuple[Finding, ...]) -> Finding:
    """Join findings: what is open asks, and the first value that decided tells."""
    questions: tuple[Question, ...] = ()
    if met is Truth.UNKNOWN:
        questions = tuple(chain(*(p.questions for p in parts if p.met is Truth.UNKNOWN)))
    value = next((p.value for p in parts if p.value and p.met is met), None)
    return found(met, questions=questions, value=value, parts=parts)


def _said(sitting: Sitting, key: str) -> Finding:
    said = truth_of(sitting.case.answer(key))
    return found(said, questions=(ask(key),) if said is Truth.UNKNOWN else ())
