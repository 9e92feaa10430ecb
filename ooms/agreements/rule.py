"""The tree of an origin rule: what the notation reads and the engine judges.

Every node is a value; `text_of` writes a tree back in the notation, and
`ooms.agreements.notation.read(text_of(tree)) == tree` for every tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ooms.kernel.hs import HsRange


class Level(StrEnum):
    """How far a material's classification must lie from the good's."""

    CHAPTER = "CC"
    HEADING = "CTH"
    SUBHEADING = "CTSH"
    ANY = "ANY"


class Base(StrEnum):
    """The value of the good that a percentage refers to."""

    EX_WORKS = "EXW"
    FOB = "FOB"
    ADJUSTED = "AV"
    TRANSACTION = "TV"
    NET_COST = "NC"


class Method(StrEnum):
    """How regional value content is computed."""

    BUILD_DOWN = "bd"
    BUILD_UP = "bu"
    NET_COST = "nc"
    FOCUSED = "fv"


class Measured(StrEnum):
    """Whether a weight cap holds for each member of its set or for all together."""

    EACH = "each"
    SUM = "sum"


class WeightOf(StrEnum):
    """What a weight cap is a share of."""

    PRODUCT = "PRODUCT"
    MATERIALS = "MATERIALS"


@dataclass(frozen=True, slots=True)
class Codes:
    """Every code of a range."""

    range: HsRange


@dataclass(frozen=True, slots=True)
class SameAsGood:
    """Every code that shares its first 2, 4 or 6 digits with the good."""

    digits: int


@dataclass(frozen=True, slots=True)
class Everything:
    """Every code there is."""


@dataclass(frozen=True, slots=True)
class Described:
    """Materials named by words, perhaps within a range; a person says which they are."""

    words: str
    within: HsRange | None = None


Item = Codes | SameAsGood | Everything | Described
CodeSet = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Relief:
    """A capped exception to a tariff shift: these materials may stay, up to a share."""

    items: CodeSet
    percent: Decimal
    base: Base


@dataclass(frozen=True, slots=True)
class Shift:
    """Every non-originating material comes from the allowed classifications.

    With `only`, the allowed classifications are exactly that set and `level` is ANY.
    """

    level: Level
    only: CodeSet = ()
    exceptions: CodeSet = ()
    readmitted: CodeSet = ()
    relief: Relief | None = None


@dataclass(frozen=True, slots=True)
class WhollyObtained:
    """The good, or every material of the set, is wholly obtained."""

    items: CodeSet = ()


@dataclass(frozen=True, slots=True)
class Originating:
    """Every material of the set is originating."""

    items: CodeSet


@dataclass(frozen=True, slots=True)
class ValueCap:
    """Non-originating materials (of the set) are worth at most a share of the good."""

    percent: Decimal
    base: Base | None = None
    items: CodeSet = ()


@dataclass(frozen=True, slots=True)
class ForeignBelowOwn:
    """Non-originating materials (of the set) are worth no more than the originating ones."""

    items: CodeSet = ()


@dataclass(frozen=True, slots=True)
class ValueContent:
    """Regional value content of at least a share; no method means any the agreement has."""

    percent: Decimal
    method: Method | None = None
    base: Base | None = None
    focused_on: CodeSet = ()


@dataclass(frozen=True, slots=True)
class WeightCap:
    """Non-originating materials of the set weigh at most a share."""

    items: CodeSet
    percent: Decimal
    measured: Measured = Measured.SUM
    of: WeightOf = WeightOf.PRODUCT


@dataclass(frozen=True, slots=True)
class Process:
    """Named processes were carried out; `+` combines, `>` orders."""

    steps: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that no code decides; a person answers, and until then nothing is known."""

    words: str


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """Every non-originating material is of the described kind or an earlier stage of it."""

    words: str
    within: HsRange | None = None


@dataclass(frozen=True, slots=True)
class NoRule:
    """The agreement gives this good no rule that could confer origin."""


class About(StrEnum):
    """What a selector asks about."""

    GOOD = "GOOD"
    WHEN = "WHEN"


@dataclass(frozen=True, slots=True)
class Selected:
    """A rule for the goods or circumstances that the words describe."""

    about: About
    words: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every member must hold."""

    members: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One member is enough."""

    members: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Fallback:
    """The second rule is asked when the first does not confer origin."""

    first: Rule
    then: Rule


Term = (
    Shift
    | WhollyObtained
    | Originating
    | ValueCap
    | ForeignBelowOwn
    | ValueContent
    | WeightCap
    | Process
    | Statement
    | MadeFrom
    | NoRule
)
Rule = Term | Selected | AllOf | AnyOf | Fallback


def text_of(rule: Rule) -> str:
    """Write a rule in the notation."""
    match rule:
        case Fallback(first=first, then=then):
            return f"{_alternatives(first)} ELSE {text_of(then)}"
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
        case AllOf(members=members):
            return " & ".join(_member(member) for member in members)
        case _:
            return _member(rule)


def _member(rule: Rule) -> str:
    if isinstance(rule, Fallback | AnyOf | AllOf | Selected):
        return f"({text_of(rule)})"
    return _term(rule)


def _term(term: Term) -> str:
    match term:
        case Shift():
            return _shift(term)
        case ValueCap() | ForeignBelowOwn() | ValueContent() | WeightCap():
            return _arithmetic(term)
        case WhollyObtained(items=items):
            return f"WO{set_text(items)}"
        case Originating(items=items):
            return f"ORIG{set_text(items)}"
        case _:
            return _words(term)


def _words(term: Process | Statement | MadeFrom | NoRule) -> str:
    match term:
        case Process(steps=steps, ordered=ordered):
            return f"P({('>' if ordered else '+').join(steps)})"
        case Statement(words=words):
            return f'P("{words}")'
        case MadeFrom(words=words, within=within):
            return f'FROM("{words}"{_within(within)})'
        case NoRule():
            return "NONE"


def _shift(shift: Shift) -> str:
    parts = [f"ONLY{set_text(shift.only)}" if shift.only else shift.level.value]
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
            share = "" if of is WeightOf.PRODUCT else of.value
            return f"WT{each}{set_text(items)}<={percent_text(percent)}{share}"


def set_text(items: CodeSet) -> str:
    """Write a set in braces; the empty set writes nothing."""
    return f"{{{','.join(item_text(item) for item in items)}}}" if items else ""


def item_text(item: Item) -> str:
    """Write one member of a set."""
    match item:
        case Codes(range=codes):
            return _range_text(codes)
        case SameAsGood(digits=digits):
            return f"same{digits}"
        case Everything():
            return "ALL"
        case Described(words=words, within=within):
            return f'"{words}"{_within(within)}'


def percent_text(percent: Decimal) -> str:
    """Write a percentage without needless zeros."""
    plain = f"{percent:f}"
    return f"{plain.rstrip('0').rstrip('.') if '.' in plain else plain}%"


def _within(within: HsRange | None) -> str:
    return f"@{_range_text(within)}" if within else ""


def _range_text(codes: HsRange) -> str:
    ends = (
        [codes.start.digits] if codes.start == codes.end else [codes.start.digits, codes.end.digits]
    )
    return "..".join(f"c{end}" if end == end[:2] else end for end in ends)
