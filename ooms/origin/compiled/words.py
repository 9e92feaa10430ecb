"""Tests that look up what was said: processes, descriptions, notes; and how tests are joined."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from ooms.agreements.rule import CodeSet, Described
from ooms.origin.classification import described_key
from ooms.origin.compiled.code_sets import Sieve
from ooms.origin.compiled.prepared import Pool
from ooms.origin.compiled.sitting import Sitting, ask, found
from ooms.origin.own_origin import WHOLLY_OBTAINED_KEY
from ooms.origin.trace import Finding, Question
from ooms.origin.truth import Truth, all_of, any_of, negation, truth_of

Members = list[tuple[int, Truth]]


class Test(Protocol):
    """A compiled rule; None says that the traced engine is to be asked."""

    def hear(self, sitting: Sitting) -> Finding | None:
        """Judge it."""
        ...


@dataclass(frozen=True, slots=True)
class AskTraced:
    """A rule that only the traced engine judges."""

    def hear(self, sitting: Sitting) -> Finding | None:  # noqa: ARG002
        """Judge nothing."""
        return None


@dataclass(frozen=True, slots=True)
class Never:
    """No rule could confer origin."""

    def hear(self, sitting: Sitting) -> Finding | None:  # noqa: ARG002
        """Say no."""
        return found(Truth.NO)


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that a person answers yes or no."""

    key: str

    def hear(self, sitting: Sitting) -> Finding | None:
        """Give the answer, or ask."""
        return _said(truth_of(sitting.case.answer(self.key)), self.key)


@dataclass(frozen=True, slots=True)
class AskedNote:
    """A note of the agreement: a no leaves open which way it points."""

    key: str
    is_decided_by_no: bool

    def hear(self, sitting: Sitting) -> Finding | None:
        """Give the answer, or ask."""
        said = truth_of(sitting.case.answer(self.key))
        if said is Truth.NO and not self.is_decided_by_no:
            said = Truth.UNKNOWN
        return _said(said, self.key)


@dataclass(frozen=True, slots=True)
class Processes:
    """Named processes were carried out, in order where the rule says so."""

    steps: tuple[str, ...]
    order: str

    def hear(self, sitting: Sitting) -> Finding | None:
        """Look the processes up among those of the case and the answers."""
        case = sitting.case
        done = {
            step: step in case.processes or case.answer(f"process:{step}") for step in self.steps
        }
        asked = [ask(f"process:{step}") for step in self.steps if done[step] is None]
        met = all_of(truth_of(answer) for answer in done.values())
        if self.order and met is not Truth.NO:
            in_order = truth_of(case.answer(self.order))
            met = all_of([met, in_order])
            if in_order is Truth.UNKNOWN:
                asked.append(ask(self.order))
        return found(met, questions=tuple(asked))


@dataclass(frozen=True, slots=True)
class MadeOf:
    """Every foreign material is one of a set, or a person says an earlier stage of one."""

    items: Sieve
    key: str

    def hear(self, sitting: Sitting) -> Finding | None:
        """Look whether every foreign line lies in the set."""
        foreign = sitting.foreign
        if not sitting.is_bare and not foreign.numbers:
            return found(Truth.YES)
        if foreign.numbers and self._names_all(foreign, sitting):
            return found(Truth.YES)
        return _said(truth_of(sitting.case.answer(self.key)), self.key)

    def _names_all(self, foreign: Pool, sitting: Sitting) -> bool:
        if foreign.bits & ~self.items.bits.surely:
            return False
        return all(sitting.member(n, self.items) is Truth.YES for n in foreign.unsure)


@dataclass(frozen=True, slots=True)
class WhollyOwn:
    """Nothing foreign was used, and somebody says that the good is wholly obtained."""

    def hear(self, sitting: Sitting) -> Finding | None:
        """Rule it out by a foreign line, or ask."""
        if sitting.foreign.numbers:
            return found(Truth.NO)
        return _said(truth_of(sitting.case.answer(WHOLLY_OBTAINED_KEY)), WHOLLY_OBTAINED_KEY)


@dataclass(frozen=True, slots=True)
class Every:
    """Every member holds."""

    members: tuple[Test, ...]

    def hear(self, sitting: Sitting) -> Finding | None:
        """Judge every member."""
        parts = heard(self.members, sitting)
        return None if parts is None else joined(all_of(p.met for p in parts), parts)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One member is enough."""

    members: tuple[Test, ...]

    def hear(self, sitting: Sitting) -> Finding | None:
        """Judge every member."""
        parts = heard(self.members, sitting)
        return None if parts is None else joined(any_of(p.met for p in parts), parts)


@dataclass(frozen=True, slots=True)
class InPhases:
    """One rule in the agreement's first years, another afterwards."""

    key: str
    first: Test
    then: Test

    def hear(self, sitting: Sitting) -> Finding | None:
        """Judge both; where they agree, the phase does not matter."""
        parts = heard((self.first, self.then), sitting)
        if parts is None:
            return None
        first, then = (part.met for part in parts)
        early = truth_of(sitting.case.answer(self.key))
        met = any_of([all_of([early, first]), all_of([negation(early), then])])
        if first is then:
            met = first
        asked = (ask(self.key),) if early is Truth.UNKNOWN and met is Truth.UNKNOWN else ()
        finding = joined(met, parts)
        return found(met, questions=asked + finding.questions, value=finding.value, parts=parts)


@dataclass(frozen=True, slots=True)
class WithNotes:
    """A rule under notes that may widen or narrow it."""

    inner: Test
    notes: tuple[Test, ...]

    def hear(self, sitting: Sitting) -> Finding | None:
        """Let the rule stand only where every note does."""
        parts = heard((self.inner, *self.notes), sitting)
        if parts is None:
            return None
        inner, *notes = (part.met for part in parts)
        met = inner if all(note is Truth.YES for note in notes) else Truth.UNKNOWN
        return joined(Truth.NO if Truth.NO in notes else met, parts)


def heard(members: tuple[Test, ...], sitting: Sitting) -> tuple[Finding, ...] | None:
    """Judge every member, or give None when the traced engine must."""
    parts = tuple(part for member in members if (part := member.hear(sitting)) is not None)
    return parts if len(parts) == len(members) else None


def joined(met: Truth, parts: tuple[Finding, ...]) -> Finding:
    """Join findings: what is open asks, and the first value that decided tells."""
    questions: tuple[Question, ...] = ()
    if met is Truth.UNKNOWN:
        questions = tuple(chain(*(p.questions for p in parts if p.met is Truth.UNKNOWN)))
    value = next((p.value for p in parts if p.value and p.met is met), None)
    return found(met, questions=questions, value=value, parts=parts)


def described(items: CodeSet) -> tuple[str, ...]:
    """Give the words that a set names materials by."""
    return tuple(item.words for item in items if isinstance(item, Described))


def asked_of(sitting: Sitting, number: int, words: tuple[str, ...]) -> tuple[Question, ...]:
    """Ask what would tell whether a line belongs to a set."""
    path = sitting.line(number).path
    return tuple(ask(described_key(w, path)) for w in words) or (ask(f"hs:{path}"),)


def missing(sitting: Sitting, members: Members, words: tuple[str, ...]) -> tuple[Question, ...]:
    """Ask for doubtful memberships, then for the values that are not stated."""
    unsure = (asked_of(sitting, n, words) for n, member in members if member is Truth.UNKNOWN)
    return tuple(chain(*unsure, sitting.missing(members, "value")))


def _said(said: Truth, key: str) -> Finding:
    return found(said, questions=(ask(key),) if said is Truth.UNKNOWN else ())
