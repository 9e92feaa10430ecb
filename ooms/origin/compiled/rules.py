"""Compiles a rule set: every rule of a good becomes tests on bits and sums, made when first met.

What the compiled tests do not judge is left to the traced engine, never guessed: see
`ooms.origin.determine`, whose verdicts these tests repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain

from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.nomenclature import Nomenclature
from ooms.agreements.policies import Cumulation, Kind, RuleType, Scope, Zone
from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    Base,
    CodeSet,
    Described,
    Fallback,
    ForCodes,
    ForeignBelowOwn,
    Level,
    NoRule,
    Phased,
    Rule,
    Selected,
    Shift,
    Statement,
    ValueCap,
    ValueContent,
    WhollyObtained,
)
from ooms.agreements.rule_text import text_of
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin import criteria
from ooms.origin.candidates import LISTED_PREFIX, Chosen, choose
from ooms.origin.classification import slug
from ooms.origin.compiled.code_sets import Bits
from ooms.origin.compiled.shift import CompiledShift, compile_shift
from ooms.origin.compiled.together import Together
from ooms.origin.compiled.values import compile_below_own, compile_cap, compile_content
from ooms.origin.compiled.words import (
    Asked,
    ByTrace,
    Every,
    InPhases,
    Known,
    OneOf,
    Test,
    WhollyOwn,
)
from ooms.origin.facts import Answer, Case
from ooms.origin.good_codes import agreed
from ooms.origin.hearing import Hearing
from ooms.origin.processes import minimal_operations
from ooms.origin.ruling import alternatives
from ooms.origin.truth import Truth

_CHOOSING = ("good:", LISTED_PREFIX)  # the answers by which the rules of a good are chosen
_Asked = tuple[HsCode, CountryCode, tuple[tuple[str, Answer], ...]]


@dataclass(frozen=True, slots=True)
class CompiledAlternative:
    """One way to originate."""

    rule: Rule
    test: Test


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """The rule of a good, with what is said of it and its alternatives in order."""

    text: str
    source: str
    verified: bool
    scope: Scope
    alternatives: tuple[CompiledAlternative, ...]


@dataclass(frozen=True, slots=True)
class CompiledChoice:
    """The rules that may apply to a good, as they are chosen, and the keys of what is asked."""

    rules: tuple[CompiledRule | None, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompiledRuleSet:
    """A rule set ready for many bills of one exporting Party's goods."""

    agreement: Agreement
    rule_set: RuleSet
    bits: Bits
    name: str
    free: frozenset[CountryCode]  # countries whose originating materials count without more
    has_joint_share: bool
    kinds: dict[RuleType, frozenset[Kind]]
    _minimal: dict[frozenset[str], bool] = field(default_factory=dict, repr=False)
    _choices: dict[_Asked, CompiledChoice] = field(default_factory=dict, repr=False)

    def is_minimal(self, case: Case) -> bool:
        """Tell whether nothing but minimal operations is declared."""
        declared = case.processes
        if declared not in self._minimal:
            finding = minimal_operations(Hearing(case, self.rule_set, ()))
            self._minimal[declared] = finding is not None
        return self._minimal[declared]

    def choice_for(self, case: Case) -> CompiledChoice:
        """Give the rules that may apply to the good of a case; compiled once for equal answers."""
        answers = case.answers.items()
        telling = tuple((key, given) for key, given in answers if key.startswith(_CHOOSING))
        asked = (case.product.code, case.exporting_party, telling)
        if asked not in self._choices:
            self._choices[asked] = _choice(case, self)
        return self._choices[asked]


def compile_rule_set(
    rule_set: RuleSet, *, agreement: Agreement, nomenclature: Nomenclature
) -> CompiledRuleSet:
    """Prepare a rule set of an agreement; `nomenclature` holds the codes of its edition."""
    return CompiledRuleSet(
        agreement=agreement,
        rule_set=rule_set,
        bits=Bits.of(nomenclature),
        name=f"{agreement.code}/{rule_set.id}/{rule_set.version}+sha256:{agreement.digest[:16]}",
        free=_free(rule_set, agreement),
        has_joint_share=any(zone.zone is Zone.AGGREGATE for zone in rule_set.cumulations),
        kinds={
            rule_type: frozenset(kind for kind in Kind if rule_set.counts(kind, rule_type))
            for rule_type in RuleType
        },
    )


def _free(rule_set: RuleSet, agreement: Agreement) -> frozenset[CountryCode]:
    plain = [z for z in rule_set.cumulations if not _asks(z)]
    return frozenset(chain(*(zone.countries or agreement.parties for zone in plain)))


def _asks(zone: Cumulation) -> bool:
    more = (zone.excluded_goods, zone.asks, zone.more_than_minimal, zone.zone is Zone.AGGREGATE)
    return any(more)


def _choice(case: Case, compiled: CompiledRuleSet) -> CompiledChoice:
    choice = choose(case, compiled.rule_set)
    good = HsCode(case.product.code.subheading)
    return CompiledChoice(
        tuple(_compiled(chosen, good, compiled) if chosen else None for chosen in choice.rules),
        tuple(question.key for question in choice.questions),
    )


def _compiled(chosen: Chosen, good: HsCode, compiled: CompiledRuleSet) -> CompiledRule:
    making = _Making(good, compiled, chosen.codes)
    return CompiledRule(
        text=text_of(chosen.rule),
        source=chosen.cited.source,
        verified=chosen.cited.verified,
        scope=chosen.scope,
        alternatives=tuple(
            CompiledAlternative(rule, making.test(rule)) for rule in alternatives(chosen.rule)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes the tests of one good's rule."""

    good: HsCode
    compiled: CompiledRuleSet
    group: HsRange | None

    def test(self, rule: Rule) -> Test:
        match rule:
            case AllOf(members=members):
                return self._every(rule, members)
            case AnyOf(members=members):
                return OneOf(tuple(map(self.test, members)))
            case Fallback(first=first, then=then):
                return OneOf((self.test(first), self.test(then)))
            case Phased(years=years, first=first, then=then):
                return InPhases(f"phase:{years}", self.test(first), self.test(then))
            case Selected() | ForCodes():
                return self._selected(rule)
            case _:
                make = _TERMS.get(type(rule))
                return make(rule, self) if make else self.by_trace(rule)

    def _selected(self, rule: Selected | ForCodes) -> Test:
        inner = rule.rule
        if isinstance(rule, Selected):
            return Every((Asked(f"{rule.about.lower()}:{slug(rule.words)}"), self.test(inner)))
        within = agreed(rule.codes, (self.good,))
        if within is Truth.UNKNOWN:
            return self.by_trace(rule)
        return Every((Known(within), self.test(inner)))

    def by_trace(self, rule: Rule) -> ByTrace:
        return ByTrace(rule, self.group)

    def _every(self, rule: AllOf, members: tuple[Rule, ...]) -> Test:
        """Join members; those that may share a tolerance are plain only where no shift fails."""
        tests = tuple(map(self.test, members))
        if not criteria.shares_tolerance(members):
            return Every(tests)
        shifts = tuple(test for test in tests if isinstance(test, CompiledShift))
        others = [m for m in members if not isinstance(m, Shift)]
        if len(shifts) + len(others) < len(members) or criteria.shares_tolerance(
            (_A_SHIFT, *others)
        ):
            return self.by_trace(rule)
        return Together(shifts, Every(tests), self.by_trace(rule))


_A_SHIFT = Shift(Level.ANY)


def _shift(rule: Shift, making: _Making) -> Test:
    """Make a shift ready, unless the agreement looks at one component of such a good."""
    compiled = making.compiled
    if any(codes.contains(making.good) for codes in compiled.rule_set.component_goods):
        return making.by_trace(rule)
    return compile_shift(
        rule, making.good, bits=compiled.bits, group=making.group, rule_set=compiled.rule_set
    )


def _content(rule: ValueContent, making: _Making) -> Test:
    """Make value content ready, unless a tolerance may waive it."""
    rule_set = making.compiled.rule_set
    bases = {rule.base or rule_set.value.base}
    waiving = any(t.waives_value_content for t in rule_set.tolerances_for(making.good))
    if waiving or not rule_set.value.methods or not _is_plain(rule.focused_on, bases):
        return making.by_trace(rule)
    return compile_content(rule, making.good, bits=making.compiled.bits, policy=rule_set.value)


def _cap(rule: ValueCap, making: _Making) -> Test:
    base = rule.base or making.compiled.rule_set.value.base
    if not _is_plain(rule.items, {base}):
        return making.by_trace(rule)
    return compile_cap(rule, making.good, bits=making.compiled.bits, base=base)


def _below_own(rule: ForeignBelowOwn, making: _Making) -> Test:
    if not _is_plain(rule.items, set()):
        return making.by_trace(rule)
    return compile_below_own(rule, making.good, bits=making.compiled.bits)


def _is_plain(items: CodeSet, bases: set[Base]) -> bool:
    """Tell whether no words name materials, and the base is a price of the good."""
    return Base.MATERIALS not in bases and not any(isinstance(i, Described) for i in items)


def _wholly(rule: WhollyObtained, making: _Making) -> Test:
    return making.by_trace(rule) if rule.items else WhollyOwn()


_TERMS: dict[type, Callable[..., Test]] = {
    ForeignBelowOwn: _below_own,
    NoRule: lambda *_: Known(Truth.NO),
    Shift: _shift,
    Statement: lambda rule, _: Asked(f"statement:{slug(rule.words)}"),
    ValueCap: _cap,
    ValueContent: _content,
    WhollyObtained: _wholly,
}
