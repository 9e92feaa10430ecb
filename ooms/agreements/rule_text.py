"""Writes the tree of an origin rule back in the notation."""

from __future__ import annotations

from decimal import Decimal

from ooms.agreements.rule import (
    AllOf,
    AnyOf,
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
from ooms.kernel.hs import HsRange


def text_of(rule: Rule) -> str:
    """Write a rule in the notation."""
    match rule:
        case Fallback(first=first, then=then):
            return f"{_alternatives(first)} ELSE {text_of(then)}"
        case Phased(years=years, first=first, then=then):
            return f"YEARS({years}): {_alternatives(first)} THEN {text_of(then)}"
        case AnyOf():
            return _alternatives(rule)
        case _:
            return _conjunction(rule)


def _alternatives(rule: Rule) -> str:
    if isinstance(rule, AnyOf):
        return " | ".join(_conjunction(member) for member in rule.members)
    return _conjunction(rule)


def _conjunction(rule: Rule) -> str:
    match rule:
        case Selected(about=about, words=words, rule=inner):
            return f'{about}("{words}"): {_conjunction(inner)}'
        case ForCodes(codes=codes, rule=inner):
            return f"GOOD{set_text(codes)}: {_conjunction(inner)}"
        case Noted(rule=inner, notes=notes):
            written = _joined(inner) if isinstance(inner, AllOf) else _member(inner)
            return " ".join([written, *(f"{note.kind}({note.name})" for note in notes)])
        case AllOf():
            return _joined(rule)
        case _:
            return _member(rule)


def _joined(rule: AllOf) -> str:
    return " & ".join(_member(member) for member in rule.members)


def _member(rule: Rule) -> str:
    if isinstance(rule, Fallback | Phased | AnyOf | AllOf | Selected | ForCodes | Noted):
        return f"({text_of(rule)})"
    return _term(rule)


def _term(term: Term) -> str:
    match term:
        case Shift():
            return _shift(term)
        case ValueCap() | ForeignBelowOwn() | ValueContent() | WeightCap():
            return _arithmetic(term)
        case WhollyObtained(items=items, percent=percent):
            return f"WO{set_text(items)}{_least(percent)}"
        case Originating(items=items, percent=percent):
            return f"ORIG{set_text(items)}{_least(percent)}"
        case _:
            return _words(term)


def _least(percent: Decimal | None) -> str:
    return "" if percent is None else f">={percent_text(percent)}"


def _words(term: Process | Statement | MadeFrom | Macro | SetRule | NoRule) -> str:
    match term:
        case Process(steps=steps, ordered=ordered):
            return f"P({('>' if ordered else '+').join(steps)})"
        case Statement(words=words):
            return f'P("{words}")'
        case MadeFrom(items=items):
            return (
                f"FROM({item_text(items[0])})" if _is_one_kind(items) else f"FROM{set_text(items)}"
            )
        case Macro(name=name):
            return f"MACRO({name})"
        case SetRule(percent=percent, base=base):
            return f"SETRULE({percent_text(percent)}{base})"
        case NoRule():
            return "NONE"


def _is_one_kind(items: CodeSet) -> bool:
    return len(items) == 1 and isinstance(items[0], Described)


def _shift(shift: Shift) -> str:
    parts = [f"ONLY{set_text(shift.only)}" if shift.only else shift.level.value]
    if shift.outside_group:
        parts.append("@group")
    if shift.exceptions:
        parts.append(f"-{set_text(shift.exceptions)}")
    if shift.readmitted:
        parts.append(f"+{set_text(shift.readmitted)}")
    if shift.relief:
        items = ",".join(item_text(item) for item in shift.relief.items)
        share = f"{percent_text(shift.relief.percent)}{shift.relief.base}"
        parts.append(f"spare{{{items} <= {share}}}")
    return " ".join(parts)


def _arithmetic(term: ValueCap | ForeignBelowOwn | ValueContent | WeightCap) -> str:
    match term:
        case ValueCap(percent=percent, base=base, items=items):
            return f"VNM{set_text(items)}<={percent_text(percent)}{base or ''}"
        case ForeignBelowOwn(items=items):
            return f"VNM{set_text(items)}<=VOM"
        case ValueContent(percent=percent, method=method, base=base, focused_on=items):
            named = f".{method}" if method else ""
            return f"RVC{named}{set_text(items)}>={percent_text(percent)}{base or ''}"
        case WeightCap(items=items, percent=percent, measured=measured, of=of):
            each = ".each" if measured is Measured.EACH else ""
            share = set_text(term.whole) or ("" if of is WeightOf.PRODUCT else of.value)
            return f"WT{each}{set_text(items)}<={percent_text(percent)}{share}"


def set_text(items: CodeSet) -> str:
    """Write a set in braces; the empty set writes nothing."""
    return f"{{{','.join(item_text(item) for item in items)}}}" if items else ""


def item_text(item: Item) -> str:
    """Write one member of a set."""
    match item:
        case Codes(range=codes):
            return _codes_text(codes)
        case SameAsGood():
            return _codes_text(item)
        case Everything():
            return "ALL"
        case Described(words=words, within=within):
            return f'"{words}"{_within(within)}'


def percent_text(percent: Decimal) -> str:
    """Write a percentage without needless zeros."""
    plain = f"{percent:f}"
    return f"{plain.rstrip('0').rstrip('.') if '.' in plain else plain}%"


def _within(within: HsRange | SameAsGood | None) -> str:
    return f"@{_codes_text(within)}" if within else ""


def _codes_text(codes: HsRange | SameAsGood) -> str:
    if isinstance(codes, SameAsGood):
        return f"same{codes.digits}"
    ends = (
        [codes.start.digits] if codes.start == codes.end else [codes.start.digits, codes.end.digits]
    )
    return "..".join(f"c{end}" if end == end[:2] else end for end in ends)
