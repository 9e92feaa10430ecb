"""Compiles a rule set: every rule of a good becomes tests on bits and sums, made when first met.

What the compiled tests do not judge is left to the traced engine, never guessed: see
`ooms.origin.determine`, whose verdicts these tests repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain

from ooms.agreements.model import Agreement, GeneralRule, ProductRule, RuleSet
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
from ooms.origin.candidates import good_key
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
from ooms.origin.facts import Case

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

    rule: Rule
    text: str
    source: str
    verified: bool
    scope: Scope
    alternatives: tuple[CompiledAlternative, ...]


@dataclass(frozen=True, slots=True)
class CompiledChoice:
    """The rules that may apply to a good: entries by the question that tells them, and the rest."""

    described: tuple[tuple[str, CompiledRule], ...]
    default: CompiledRule | None

    def open_to(self, case: Case) -> tuple[tuple[CompiledRule | None, ...], tuple[str, ...]]:
        """Give the rules that may apply, the one for the rest last, and what tells them apart."""
        if not self.described:
            return (self.default,), ()
        answers = [(key, rule, case.answer(key)) for key, rule in self.described]
        named = next((rule for _, rule, answer in answers if answer), None)
        if named:
            return (named,), ()
        open_ = [(key, rule) for key, rule, answer in answers if answer is None]
        rules = (*(rule for _, rule in open_), self.default)
        default = self.default
        if default and all(rule and rule.rule == default.rule for rule in rules):
            return (default,), ()
        return rules, tuple(key for key, _ in open_)


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
    _choices: dict[tuple[str, CountryCode], CompiledChoice] = field(
        default_factory=dict, repr=False
    )

    def choice_for(self, good: HsCode, exporter: CountryCode) -> CompiledChoice:
        """Give the rules that may apply to a good; they are compiled once."""
        key = (good.subheading, exporter)
        if key not in self._choices:
            self._choices[key] = _choice(HsCode(good.subheading), exporter, self)
        return self._choices[key]


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


def _choice(good: HsCode, exporter: CountryCode, compiled: CompiledRuleSet) -> CompiledChoice:
    found = compiled.rule_set.products.candidates(good)
    general = compiled.rule_set.general_for(exporter)
    default = found.default or general
    return CompiledChoice(
        tuple((good_key(r.goods), _compiled(r, good, compiled)) for r in found.described),
        _compiled(default, good, compiled) if default else None,
    )


def _compiled(
    chosen: ProductRule | GeneralRule, good: HsCode, compiled: CompiledRuleSet
) -> CompiledRule:
    is_product = isinstance(chosen, ProductRule)
    making = _Making(good, compiled, chosen.codes if isinstance(chosen, ProductRule) else None)
    return CompiledRule(
        rule=chosen.rule,
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
