"""The tree of an origin rule: what the notation reads and the engine judges.

Every node is a value; `ooms.agreements.rule_text.text_of` writes a tree back in the notation,
and `ooms.agreements.notation.read(text_of(tree)) == tree` for every tree.
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
    MATERIALS = "MAT"  # the cost of all materials used, for ratios of material cost


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
    VOLUME = "VOLUME"


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
    """Materials named by words, perhaps within codes; a person says which they are."""

    words: str
    within: HsRange | SameAsGood | None = None


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
    With `outside_group`, no material may lie among the codes that share the good's rule.
    """

    level: Level
    only: CodeSet = ()
    exceptions: CodeSet = ()
    readmitted: CodeSet = ()
    relief: Relief | None = None
    outside_group: bool = False


@dataclass(frozen=True, slots=True)
class WhollyObtained:
    """The good, or the materials of the set: all, or at least a share of their weight."""

    items: CodeSet = ()
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Originating:
    """The materials of the set are originating: all, or at least a share of their weight."""

    items: CodeSet
    percent: Decimal | None = None


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
    """Non-originating materials of the set weigh at most a share: of the good, or of `whole`."""

    items: CodeSet
    percent: Decimal
    measured: Measured = Measured.SUM
    of: WeightOf = WeightOf.PRODUCT
    whole: CodeSet = ()


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
    """Every non-originating material is one of the set, or an earlier stage of one."""

    items: CodeSet


@dataclass(frozen=True, slots=True)
class NoRule:
    """The agreement gives this good no rule that could confer origin."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A rule that the agreement defines elsewhere under a name."""

    name: str


@dataclass(frozen=True, slots=True)
class SetRule:
    """Each article of a set keeps its own rule; foreign ones are worth at most a share."""

    percent: Decimal
    base: Base


class Pointer(StrEnum):
    """What lies outside the rule and bears on it."""

    NOTE = "NOTE"
    QUOTA = "QUOTA"


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the agreement, or a quota, that a person must look at."""

    kind: Pointer
    name: str


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
class ForCodes:
    """A rule for those of an entry's goods that are classified within the codes."""

    codes: tuple[Codes, ...]
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


@dataclass(frozen=True, slots=True)
class Phased:
    """The first rule in the first years of the agreement, the second afterwards."""

    years: int
    first: Rule
    then: Rule


@dataclass(frozen=True, slots=True)
class Noted:
    """A rule with the notes that bear on it."""

    rule: Rule
    notes: tuple[Note, ...]


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
    | Macro
    | SetRule
    | NoRule
)
Rule = Term | Selected | ForCodes | AllOf | AnyOf | Fallback | Phased | Noted
