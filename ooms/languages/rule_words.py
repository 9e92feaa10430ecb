"""An origin rule in plain words: what an exporter reads instead of the notation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    Base,
    Codes,
    CodeSet,
    Described,
    Everything,
    Fallback,
    ForCodes,
    ForeignBelowOwn,
    Item,
    Macro,
    MadeFrom,
    Measured,
    NoRule,
    Noted,
    Originating,
    Phased,
    Process,
    Rule,
    SameAsGood,
    Selected,
    SetRule,
    Shift,
    Statement,
    Term,
    ValueCap,
    ValueContent,
    WeightCap,
    WeightOf,
    WhollyObtained,
)
from ooms.agreements.rule_text import percent_text
from ooms.kernel.hs import HsRange

_LEVELS = {2: "chapter", 4: "heading"}


def rule_in_words(rule: Rule, catalogue: Mapping[str, str]) -> str:
    """Tell a rule in the words of a catalogue."""
    return _Words(catalogue).rule(rule)


class _Words:
    """Tells the nodes of a rule, each by its own message."""

    __slots__ = ("_catalogue",)

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self._catalogue = catalogue

    def _told(self, key: str, **facts: str) -> str:
        return self._catalogue[key].format_map(facts)

    def rule(self, rule: Rule) -> str:
        match rule:
            case AnyOf(members=members):
                return self._joined("rule.any", map(self._member, members))
            case AllOf(members=members):
                return self._joined("rule.all", map(self._member, members))
            case Fallback(first=first, then=then):
                return self._told("rule.fallback", first=self.rule(first), then=self.rule(then))
            case Phased(years=years, first=first, then=then):
                facts = {"years": str(years), "first": self._member(first)}
                return self._told("rule.phases", **facts, then=self._member(then))
            case _:
                return self._conditional(rule)

    def _conditional(self, rule: Rule) -> str:
        match rule:
            case Selected(about=about, words=words, rule=inner):
                return self._told(f"rule.{about.lower()}", words=words, rule=self.rule(inner))
            case ForCodes(codes=codes, rule=inner):
                listed = ", ".join(self._codes(one.range) for one in codes)
                return self._told("rule.good_of_codes", codes=listed, rule=self.rule(inner))
            case Noted(rule=inner, notes=notes):
                named = [self._told(f"rule.{n.kind.lower()}", name=n.name) for n in notes]
                return self._told("rule.noted", rule=self._member(inner), notes=", ".join(named))
            case AnyOf() | AllOf() | Fallback() | Phased():
                return self.rule(rule)
            case _:
                return self._term(rule)

    def _member(self, rule: Rule) -> str:
        """Tell a part of a rule; one that has parts itself stands in brackets."""
        told = self.rule(rule)
        if isinstance(rule, AnyOf | AllOf | Fallback | Phased | Selected | ForCodes | Noted):
            return self._told("rule.group", rule=told)
        return told

    def _joined(self, key: str, parts: Iterable[str]) -> str:
        first, *others = parts
        for part in others:
            first = self._told(key, first=first, then=part)
        return first

    def _term(self, term: Term) -> str:
        match term:
            case Shift():
                return self._shift(term)
            case ValueContent():
                return self._content(term)
            case WeightCap():
                return self._weight(term)
            case ValueCap() | ForeignBelowOwn() | SetRule():
                return self._foreign_value(term)
            case _:
                return self._substance(term)

    def _substance(
        self,
        term: WhollyObtained | Originating | Process | Statement | MadeFrom | Macro | NoRule,
    ) -> str:
        match term:
            case WhollyObtained(items=()):
                return self._told("rule.wholly_obtained")
            case WhollyObtained() | Originating():
                return self._origin(term)
            case MadeFrom(items=items):
                return self._told("rule.made_from", materials=self._materials(items))
            case _:
                return self._named(term)

    def _origin(self, term: WhollyObtained | Originating) -> str:
        is_wholly = isinstance(term, WhollyObtained)
        materials = self._materials(term.items)
        if term.percent is None:
            key = "rule.wholly_obtained_materials" if is_wholly else "rule.originating"
            return self._told(key, materials=materials)
        key = "rule.wholly_obtained_share" if is_wholly else "rule.originating_share"
        return self._told(key, materials=materials, percent=_number(term.percent))

    def _named(self, term: Process | Statement | Macro | NoRule) -> str:
        match term:
            case Process(steps=steps, ordered=ordered):
                named = [step.replace("_", " ") for step in steps]
                if ordered:
                    return self._told("rule.process_order", process=" → ".join(named))
                return self._told("rule.process", process=", ".join(named))
            case Statement(words=words):
                return self._told("rule.statement", words=words)
            case Macro(name=name):
                return self._told("rule.named", name=name.replace("_", " "))
            case NoRule():
                return self._told("rule.none")

    def _shift(self, shift: Shift) -> str:
        if shift.only:
            told = self._told("rule.shift_only", materials=self._materials(shift.only))
        else:
            told = self._told(f"rule.shift.{shift.level}")
        if shift.outside_group:
            told = self._told("rule.shift_group", shift=told)
        for key, items in (("except", shift.exceptions), ("admitting", shift.readmitted)):
            if items:
                told = self._told(f"rule.shift_{key}", shift=told, materials=self._materials(items))
        if shift.relief:
            facts = {
                "shift": told,
                "materials": self._materials(shift.relief.items),
                "percent": _number(shift.relief.percent),
                "base": self._base(shift.relief.base),
            }
            told = self._told("rule.shift_spared", **facts)
        return told

    def _content(self, term: ValueContent) -> str:
        told = self._told("rule.content", percent=_number(term.percent))
        if term.base:
            told = self._told("rule.content_on", content=told, base=self._base(term.base))
        if term.method:
            method = self._told(f"rule.method.{term.method}")
            told = self._told("rule.content_by", content=told, method=method)
        if term.focused_on:
            materials = self._materials(term.focused_on)
            told = self._told("rule.content_of", content=told, materials=materials)
        return told

    def _foreign_value(self, term: ValueCap | ForeignBelowOwn | SetRule) -> str:
        match term:
            case SetRule(percent=percent, base=base):
                return self._told("rule.set", percent=_number(percent), base=self._base(base))
            case ForeignBelowOwn(items=()):
                return self._told("rule.foreign_below_own")
            case ForeignBelowOwn(items=items):
                return self._told("rule.foreign_below_own_of", materials=self._materials(items))
            case ValueCap(percent=percent, base=base, items=items):
                facts = {"percent": _number(percent), "base": self._base(base)}
                if not items:
                    return self._told("rule.foreign_value", **facts)
                facts["materials"] = self._materials(items)
                return self._told("rule.foreign_value_of", **facts)

    def _weight(self, term: WeightCap) -> str:
        key = "rule.weight"
        if term.of is WeightOf.VOLUME:
            key = "rule.volume"
        elif term.of is WeightOf.MATERIALS:
            key = "rule.weight_materials"
        elif term.measured is Measured.EACH:
            key = "rule.weight_each"
        facts = {"materials": self._materials(term.items), "percent": _number(term.percent)}
        if term.whole:
            key, facts["whole"] = "rule.weight_of_set", self._materials(term.whole)
        return self._told(key, **facts)

    def _base(self, base: Base | None) -> str:
        return self._told(f"base.{base}" if base else "base.any")

    def _materials(self, items: CodeSet) -> str:
        """Tell a set of materials: codes together, then what words describe."""
        coded = [self._item(item) for item in items if isinstance(item, Codes | SameAsGood)]
        rest = [self._item(item) for item in items if not isinstance(item, Codes | SameAsGood)]
        if coded:
            rest.insert(0, self._told("item.materials", codes=", ".join(coded)))
        return ", ".join(rest) or self._told("item.all")

    def _item(self, item: Item) -> str:
        match item:
            case Codes(range=codes):
                return self._codes(codes)
            case SameAsGood(digits=digits):
                return self._told(f"item.same{digits}")
            case Everything():
                return self._told("item.all")
            case Described(words=words, within=None):
                return self._told("item.described", words=words)
            case Described(words=words, within=SameAsGood() as near):
                return self._told("item.described_within", words=words, codes=self._item(near))
            case Described(words=words, within=HsRange() as codes):
                named = self._codes(codes)
                return self._told("item.described_within", words=words, codes=named)
            case _:
                raise TypeError(item)

    def _codes(self, codes: HsRange) -> str:
        first, last = codes.start.digits, codes.end.digits
        level = _LEVELS.get(len(first), "subheading")
        if first == last:
            return self._told(f"item.{level}", code=_dotted(first))
        return self._told(f"item.{level}s", code=_dotted(first), last=_dotted(last))


def _number(percent: Decimal) -> str:
    return percent_text(percent).rstrip("%")


def _dotted(digits: str) -> str:
    """Write a code as the nomenclature prints it: 8504.40."""
    return f"{digits[:4]}.{digits[4:]}" if len(digits) > 4 else digits  # noqa: PLR2004 - a heading
