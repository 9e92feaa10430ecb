"""An agreement as data: who, when, which rules, and how its values are counted.

Every policy says where it was read and whether that was the primary text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ooms.agreements.rule import Base, Method, Rule
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode, HsRange
from ooms.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a value was read; verified means the primary text was."""

    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ProductRule:
    """The rule of one range of goods, with its row in the pack's table."""

    codes: HsRange
    rule: Rule
    notation: str
    row: int
    cited: Cited


@dataclass(frozen=True, slots=True)
class GeneralRule:
    """The rule of every good that has no product rule."""

    rule: Rule
    notation: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class ValuePolicy:
    """The value of the good that percentages refer to, and the methods a trader may choose.

    `build_up_counts_all_costs` says that the agreement's build-up numerator holds originating
    materials, labor, overhead, profit and other costs alike. Then the good's value is nothing
    but that numerator and the foreign materials, so build-up cannot exceed build-down.
    """

    base: Base
    methods: tuple[Method, ...]
    build_up_counts_all_costs: bool
    cited: Cited


class Measure(StrEnum):
    """What a tolerance is counted in."""

    VALUE = "value"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class ToleranceTest:
    """Unchanged materials up to a share of the good's value or weight."""

    measure: Measure
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Tolerance:
    """De minimis for a range of goods: one test is enough, and only for a tariff shift."""

    goods: tuple[HsRange, ...]
    any_of: tuple[ToleranceTest, ...]
    excluded_materials: tuple[HsRange, ...]
    other_subheading_only: bool
    cited: Cited

    def applies_to(self, good: HsCode) -> bool:
        """Tell whether the good lies in the range of this tolerance."""
        return any(codes.contains(good) for codes in self.goods)


class Kind(StrEnum):
    """What a line of the bill of materials is."""

    MATERIAL = "material"
    RETAIL_PACKING = "retail_packing"
    SHIPPING_PACKING = "shipping_packing"
    ACCESSORY = "accessory"
    INDIRECT = "indirect"


class RuleType(StrEnum):
    """The two kinds of test that treat packing and accessories differently."""

    SHIFT = "shift"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Treatment:
    """Whether lines of a kind count under a type of rule."""

    kind: Kind
    counted_under: frozenset[RuleType]
    cited: Cited


@dataclass(frozen=True, slots=True)
class Cumulation:
    """Whether materials originating in another Party count as originating."""

    other_parties_materials: bool
    cited: Cited


class FailedIntermediate(StrEnum):
    """What counts of a self-made intermediate that does not qualify."""

    INPUTS = "inputs"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Absorption:
    """Roll-up: a qualifying intermediate counts in full; another by its inputs, or whole."""

    roll_up: bool
    otherwise: FailedIntermediate
    cited: Cited


@dataclass(frozen=True, slots=True)
class ExclusiveMaterials:
    """Whether a good made only of originating materials originates by that alone."""

    confers: bool
    cited: Cited


@dataclass(frozen=True, slots=True)
class MinimalOperations:
    """Operations that confer no origin, alone or together."""

    operations: frozenset[str]
    cited: Cited


class Ground(StrEnum):
    """On what a good originates, as forms distinguish it."""

    WHOLLY_OBTAINED = "wholly_obtained"
    EXCLUSIVE_MATERIALS = "exclusive_materials"
    SHIFT = "shift"
    VALUE = "value"
    PROCESS = "process"
    COMBINATION = "combination"


class Scope(StrEnum):
    """Whether the general rule or a product rule was met."""

    GENERAL = "general"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class PrintedCriterion:
    """What the form's criterion box shows for a ground.

    The text may use `{level}` (CTH), `{threshold}` and `{content}` (percentages) and
    `{parts}` (the printed parts of a combination).
    """

    ground: Ground
    scope: Scope
    text: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Provision:
    """Any other value of the agreement: proof, transport, clocks."""

    topic: str
    value: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class ProductRules:
    """The product rules of a rule set; the narrowest range that holds a code wins."""

    rules: tuple[ProductRule, ...]
    exact: dict[str, ProductRule]
    ranges: tuple[ProductRule, ...]

    @classmethod
    def of(cls, rules: tuple[ProductRule, ...]) -> ProductRules:
        """Index rules: single codes by their digits, true ranges from narrow to wide."""
        single = [r for r in rules if r.codes.start == r.codes.end]
        wide = [r for r in rules if r.codes.start != r.codes.end]
        return cls(
            rules=rules,
            exact={r.codes.start.digits: r for r in single},
            ranges=tuple(sorted(wide, key=lambda r: r.codes.width)),
        )

    def find(self, good: HsCode) -> ProductRule | None:
        """Give the rule of a good, or None when none is loaded."""
        single = next(
            (self.exact[digits] for digits in _prefixes(good) if digits in self.exact), None
        )
        wide = next((r for r in self.ranges if r.codes.contains(good)), None)
        if single and wide:
            return min(single, wide, key=lambda r: r.codes.width)
        return single or wide


def _prefixes(good: HsCode) -> tuple[str, ...]:
    return tuple(dict.fromkeys((good.subheading, good.heading, good.chapter)))


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in force together; several rule sets of one agreement may overlap in time."""

    id: str
    version: str
    validity: Period
    hs_edition: int
    cited: Cited
    general: GeneralRule | None
    products: ProductRules
    value: ValuePolicy
    tolerances: tuple[Tolerance, ...]
    cumulation: Cumulation
    absorption: Absorption
    exclusive_materials: ExclusiveMaterials
    minimal: MinimalOperations
    treatments: tuple[Treatment, ...]
    printed: tuple[PrintedCriterion, ...]
    provisions: tuple[Provision, ...]

    def counts(self, kind: Kind, rule_type: RuleType) -> bool:
        """Tell whether a line of a kind counts under a type of rule."""
        if kind is Kind.MATERIAL:
            return True
        treatment = next((t for t in self.treatments if t.kind is kind), None)
        return treatment is None or rule_type in treatment.counted_under

    def tolerance_for(self, good: HsCode) -> Tolerance | None:
        """Give the tolerance that covers a good, if any does."""
        return next((t for t in self.tolerances if t.applies_to(good)), None)

    def coverage(self) -> dict[str, int]:
        """Count the product rules loaded for each HS chapter."""
        counted: dict[str, int] = {}
        for product_rule in self.products.rules:
            chapter = product_rule.codes.start.chapter
            counted[chapter] = counted.get(chapter, 0) + 1
        return counted


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement: its parties and its rule sets, with the digest of the pack's files."""

    code: str
    name: str
    parties: tuple[CountryCode, ...]
    parties_cited: Cited
    rule_sets: tuple[RuleSet, ...]
    digest: str

    def rule_sets_on(self, day: date) -> tuple[RuleSet, ...]:
        """Give the rule sets in force on a day."""
        return tuple(r for r in self.rule_sets if r.validity.contains(day))
