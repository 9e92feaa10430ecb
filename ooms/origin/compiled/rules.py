"""Compiles a rule set: every rule of a good becomes tests on bits and sums, made when first met.

What the compiled tests do not judge is left to the traced engine, never guessed: see
`ooms.origin.determine`, whose verdicts these tests repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain

from ooms.agreements.model import Agreement, ProductRule, RuleSet
from ooms.agreements.nomenclature import Nomenclature
from ooms.agreements.policies import Kind, RuleType, Scope, Zone
from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    Described,
    Fallback,
    ForeignBelowOwn,
    Macro,
    MadeFrom,
    NoRule,
    Noted,
    Phased,
    Pointer,
    Process,
    Rule,
    Selected,
    Shift,
    Statement,
    ValueCap,
    ValueContent,
    WeightCap,
    WhollyObtained,
)
from ooms.agreements.rule_text import set_text, text_of
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode, HsRange
from ooms.origin.classification import slug
from ooms.origin.compiled.code_sets import Bits
from ooms.origin.compiled.shift import compile_shift
from ooms.origin.compiled.values import (
    compile_below_own,
    compile_cap,
    compile_content,
    compile_weight,
)
from ooms.origin.compiled.words import (
    Asked,
    AskedNote,
    AskTraced,
    Every,
    InPhases,
    MadeOf,
    Never,
    OneOf,
    Processes,
    Test,
    WhollyOwn,
    WithNotes,
)

_PLAIN_ZONES = frozenset({Zone.BILATERAL, Zone.REGIONAL})


@dataclass(frozen=True, slots=True)
class CompiledAlternative:
    """One way to originate; `is_wholly` tells that minimal operations do not bar it."""

    rule: Rule
    test: Test
    is_wholly: bool


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """The rule of a good, with what is said of it and its alternatives in order."""

    text: str
    source: str
    verified: bool
    scope: Scope
    alternatives: tuple[CompiledAlternative, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Whose originating materials count: Parties cumulated with, and countries in doubt."""

    countries: frozenset[CountryCode]
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class CompiledRuleSet:
    """A rule set ready for many bills of one exporting Party's goods."""

    agreement: Agreement
    rule_set: RuleSet
    bits: Bits
    name: str
    joined: Joined
    kinds: dict[RuleType, frozenset[Kind]]
    _rules: dict[tuple[str, CountryCode], CompiledRule | None] = field(
        default_factory=dict, repr=False
    )

    def rule_for(self, good: HsCode, exporter: CountryCode) -> CompiledRule | None:
        """Give the rule of a good, compiled once; None when the traced engine must choose."""
        key = (good.subheading, exporter)
        if key not in self._rules:
            self._rules[key] = _rule_for(HsCode(good.subheading), exporter, self)
        return self._rules[key]


def compile_rule_set(
    rule_set: RuleSet, *, agreement: Agreement, nomenclature: Nomenclature
) -> CompiledRuleSet:
    """Prepare a rule set of an agreement; `nomenclature` holds the codes of its edition."""
    return CompiledRuleSet(
        agreement=agreement,
        rule_set=rule_set,
        bits=Bits.of(nomenclature),
        name=f"{agreement.code}/{rule_set.id}/{rule_set.version}+sha256:{agreement.digest[:16]}",
        joined=_joined(rule_set, agreement),
        kinds={
            rule_type: frozenset(kind for kind in Kind if rule_set.counts(kind, rule_type))
            for rule_type in RuleType
        },
    )


def _joined(rule_set: RuleSet, agreement: Agreement) -> Joined:
    countries = frozenset(agreement.parties) if rule_set.cumulations else frozenset()
    is_doubtful = any(
        zone.zone not in _PLAIN_ZONES
        or zone.countries
        or zone.excluded_goods
        or zone.asks
        or zone.more_than_minimal
        or zone.percent is not None
        for zone in rule_set.cumulations
    )
    return Joined(countries, is_doubtful)


def _rule_for(
    good: HsCode, exporter: CountryCode, compiled: CompiledRuleSet
) -> CompiledRule | None:
    product = compiled.rule_set.products.find(good)
    general = compiled.rule_set.general_for(exporter)
    chosen = product or general
    if chosen is None:
        return None
    is_product = isinstance(chosen, ProductRule)
    making = _Making(good, compiled, chosen.codes if isinstance(chosen, ProductRule) else None)
    return CompiledRule(
        text=text_of(chosen.rule),
        source=chosen.cited.source,
        verified=chosen.cited.verified,
        scope=Scope.PRODUCT if is_product else Scope.GENERAL,
        alternatives=tuple(
            CompiledAlternative(rule, making.test(rule), isinstance(rule, WhollyObtained))
            for rule in _alternatives(chosen.rule)
        ),
    )


def _alternatives(rule: Rule) -> tuple[Rule, ...]:
    match rule:
        case AnyOf(members=members):
            return tuple(chain(*(_alternatives(member) for member in members)))
        case Fallback(first=first, then=then):
            return (*_alternatives(first), *_alternatives(then))
        case _:
            return (rule,)


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes the tests of one good's rule."""

    good: HsCode
    compiled: CompiledRuleSet
    group: HsRange | None

    def test(self, rule: Rule) -> Test:
        match rule:
            case AllOf(members=members):
                return Every(tuple(map(self.test, members)))
            case AnyOf(members=members):
                return OneOf(tuple(map(self.test, members)))
            case Fallback(first=first, then=then):
                return OneOf((self.test(first), self.test(then)))
            case Phased() | Selected() | Noted():
                return self._conditional(rule)
            case _:
                make = _TERMS.get(type(rule))
                return make(rule, self) if make else AskTraced()

    def _conditional(self, rule: Phased | Selected | Noted) -> Test:
        match rule:
            case Phased(years=years, first=first, then=then):
                return InPhases(f"phase:{years}", self.test(first), self.test(then))
            case Selected(about=about, words=words, rule=inner):
                return Every((Asked(f"{about.lower()}:{slug(words)}"), self.test(inner)))
            case Noted(rule=inner, notes=notes):
                asked = (AskedNote(_key(n.kind, n.name), n.kind is Pointer.QUOTA) for n in notes)
                return WithNotes(self.test(inner), tuple(asked))


def _key(kind: Pointer, name: str) -> str:
    return f"{kind.lower()}:{name}"


def _shift(rule: Shift, making: _Making) -> Test:
    compiled = making.compiled
    return compile_shift(
        rule, making.good, bits=compiled.bits, group=making.group, rule_set=compiled.rule_set
    )


def _content(rule: ValueContent, making: _Making) -> Test:
    policy = making.compiled.rule_set.value
    return compile_content(rule, making.good, bits=making.compiled.bits, policy=policy)


def _cap(rule: ValueCap, making: _Making) -> Test:
    base = making.compiled.rule_set.value.base
    return compile_cap(rule, making.good, bits=making.compiled.bits, base=base)


def _below_own(rule: ForeignBelowOwn, making: _Making) -> Test:
    return compile_below_own(rule, making.good, bits=making.compiled.bits)


def _weight(rule: WeightCap, making: _Making) -> Test:
    return compile_weight(rule, making.good, bits=making.compiled.bits)


def _made_from(rule: MadeFrom, making: _Making) -> Test:
    match rule.items:
        case (Described(words=words),):
            pass
        case _:
            words = set_text(rule.items)
    return MadeOf(making.compiled.bits.sieve(rule.items, making.good), f"from:{slug(words)}")


def _wholly(rule: WhollyObtained, _: _Making) -> Test:
    return AskTraced() if rule.items else WhollyOwn()


def _process(rule: Process, _: _Making) -> Test:
    order = f"process_order:{'>'.join(rule.steps)}" if rule.ordered else ""
    return Processes(rule.steps, order)


_TERMS: dict[type, Callable[..., Test]] = {
    ForeignBelowOwn: _below_own,
    Macro: lambda rule, _: Asked(f"macro:{rule.name}"),
    MadeFrom: _made_from,
    NoRule: lambda *_: Never(),
    Process: _process,
    Shift: _shift,
    Statement: lambda rule, _: Asked(f"statement:{slug(rule.words)}"),
    ValueCap: _cap,
    ValueContent: _content,
    WeightCap: _weight,
    WhollyObtained: _wholly,
}
