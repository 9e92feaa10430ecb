"""What a change of rules, edition or proofs does to determinations that were made before it.

Nothing that is stored changes: the stored determination stays what it was, and the office sees
which of them would come out differently today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ooms.agreements.editions import Editions
from ooms.agreements.registry import Registry
from ooms.agreements.rule import Rule
from ooms.determinations.chambers import Chamber
from ooms.determinations.model import Determined
from ooms.origin.case import CaseFormatError, read_case
from ooms.origin.compiled.prepared import CodeBook, prepare
from ooms.origin.facts import Case

ORIGINATING = "originating"
NON_ORIGINATING = "non_originating"
NEEDS_FACT = "needs_fact"
UNREADABLE = "error"


class Effect(StrEnum):
    """What became of one good under one agreement."""

    LOST = "lost"  # it originated and does not any more
    GAINED = "gained"  # it originates now
    NOW_NEEDS_FACT = "now_needs_fact"  # it was decided, and a fact is missing now
    NOW_RULED_OUT = "now_ruled_out"  # a fact was missing, and none can help now
    OTHER_CRITERION = "other_criterion"  # it still originates; the form shows something else
    UNREADABLE = "unreadable"  # it cannot be judged any more
    NEW = "new"  # only the later run has it, or could judge it
    GONE = "gone"  # only the earlier run has it


@dataclass(frozen=True, slots=True)
class Standing:
    """How one case stands under one agreement."""

    case: str
    agreement: str
    verdict: str
    criterion: str
    questions: str
    rule_pack: str


@dataclass(frozen=True, slots=True)
class Impact:
    """One case under one agreement that stands differently."""

    effect: Effect
    before: Standing | None
    after: Standing | None

    @property
    def case(self) -> str:
        """The case that it is about."""
        return self._known.case

    @property
    def agreement(self) -> str:
        """The agreement that it is about."""
        return self._known.agreement

    @property
    def _known(self) -> Standing:
        known = self.after or self.before
        if known is None:
            raise ValueError("an impact is about something")
        return known


_MOVES = {
    (ORIGINATING, NON_ORIGINATING): Effect.LOST,
    (ORIGINATING, NEEDS_FACT): Effect.NOW_NEEDS_FACT,
    (NON_ORIGINATING, NEEDS_FACT): Effect.NOW_NEEDS_FACT,
    (NEEDS_FACT, NON_ORIGINATING): Effect.NOW_RULED_OUT,
    (NON_ORIGINATING, ORIGINATING): Effect.GAINED,
    (NEEDS_FACT, ORIGINATING): Effect.GAINED,
}


def effect_of(before: Standing, after: Standing) -> Effect | None:
    """Say what a change did to a case, or None when it stands as it stood."""
    if before.verdict != after.verdict:
        return _MOVES.get((before.verdict, after.verdict), _of_reading(after))
    if after.verdict == ORIGINATING and before.criterion != after.criterion:
        return Effect.OTHER_CRITERION
    return None


def _of_reading(after: Standing) -> Effect:
    return Effect.UNREADABLE if after.verdict == UNREADABLE else Effect.NEW


def impacts(before: Iterable[Standing], after: Iterable[Standing]) -> Iterator[Impact]:
    """Compare two runs; what does not meet its match is told at the end.

    Runs over the same file come in the same order, so little waits at any time.
    """
    earlier: dict[tuple[str, str], Standing] = {}
    later: dict[tuple[str, str], Standing] = {}
    for was, now in _side_by_side(before, after):
        if was is not None:
            earlier[was.case, was.agreement] = was
        if now is not None:
            later[now.case, now.agreement] = now
        for key in {_key(was), _key(now)} & earlier.keys() & later.keys():
            first, second = earlier.pop(key), later.pop(key)
            effect = effect_of(first, second)
            if effect is not None:
                yield Impact(effect, first, second)
    yield from (Impact(Effect.GONE, was, None) for was in earlier.values())
    yield from (Impact(Effect.NEW, None, now) for now in later.values())


def _key(standing: Standing | None) -> tuple[str, str]:
    return (standing.case, standing.agreement) if standing else ("", "")


def _side_by_side(
    before: Iterable[Standing], after: Iterable[Standing]
) -> Iterator[tuple[Standing | None, Standing | None]]:
    first, second = iter(before), iter(after)
    while True:
        was, now = next(first, None), next(second, None)
        if was is None and now is None:
            return
        yield was, now


@dataclass(frozen=True, slots=True)
class Review:
    """Judges stored determinations again, by the agreements and tables of today."""

    registry: Registry
    editions: Editions

    def impacts(self, stored: Iterable[Determined], *, on: date | None = None) -> Iterator[Impact]:
        """Tell which stored determinations would come out differently.

        1. Read the case that was stored with each; `on` judges it on another day than its own,
           so that proofs that ended by then no longer count.
        2. Judge it under the agreement as it is loaded now.
        3. Tell those whose verdict or criterion differs.
        """
        book = CodeBook(self.editions)
        chambers: dict[str, Chamber] = {}
        for determined in stored:
            code = determined.agreement
            if code not in chambers:
                chambers[code] = Chamber.of(self.registry.agreement(code), book=book)
            was = _as_stored(determined)
            now = self._again(determined, chambers[code], on=on)  # 1, 2
            effect = effect_of(was, now)
            if effect is not None:  # 3
                yield Impact(effect, was, now)

    def _again(self, determined: Determined, chamber: Chamber, *, on: date | None) -> Standing:
        was = _as_stored(determined)
        try:
            case = read_case(determined.case, read_rule=_no_rule)
        except CaseFormatError as wrong:
            return replace(was, verdict=UNREADABLE, criterion="", questions=str(wrong))
        return _judged(replace(case, on=on) if on else case, chamber, was)


def _judged(case: Case, chamber: Chamber, was: Standing) -> Standing:
    found = chamber.judge(prepare(case, book=chamber.book), importer=case.importing_party).brief
    return replace(
        was,
        verdict=found.verdict.value,
        criterion=found.criterion,
        questions=";".join(found.questions),
        rule_pack=found.rule_pack,
    )


def _as_stored(determined: Determined) -> Standing:
    questions = determined.answer.get("questions")
    keys = [str(q["key"]) for q in questions] if isinstance(questions, list) else []
    return Standing(
        case=determined.id,
        agreement=determined.agreement,
        verdict=determined.verdict,
        criterion=determined.criterion or "",
        questions=";".join(keys),
        rule_pack=determined.rule_pack,
    )


def _no_rule(text: str) -> Rule:
    # The desk's cases bring no rule of their own: the agreement's pack has the say.
    raise ValueError(f"no rule may be brought along: {text}")
