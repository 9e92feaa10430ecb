"""The policies of a rule set: how it counts values, tolerates, cumulates and treats lines.

Every policy says where it was read and whether that was the primary text.
A policy that a pack leaves out is None or empty: the engine then takes the stricter course.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ooms.agreements.rule import Base, Method
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode, HsRange


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a value was read; verified means the primary text was."""

    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ValuePolicy:
    """The value of the good that percentages refer to, and the methods a trader may choose.

    `build_up_counts_all_costs` says that the agreement's build-up numerator holds originating
    materials, labor, overhead, profit and other costs alike. Then the good's value is nothing
    but that numerator and the foreign materials, so build-up cannot exceed build-down.
    `material_value` tells in words what the value of a foreign material includes.
    """

    base: Base
    methods: tuple[Method, ...]
    build_up_counts_all_costs: bool
    material_value: str
    cited: Cited


class Measure(StrEnum):
    """What a tolerance is counted in."""

    VALUE = "value"
    WEIGHT = "weight"


class ShareOf(StrEnum):
    """The whole that a tolerance by weight is a share of."""

    GOOD = "good"
    COMPONENT = "component"  # the component that determines the good's classification
    TEXTILES = "textiles"  # all basic textile materials incorporated


class Lifted(StrEnum):
    """The kinds of test that a tolerance may relieve; a stated percentage is never one."""

    SHIFT = "shift"
    MADE_FROM = "made_from"
    ORIGIN = "origin"  # WO{set} and ORIG{set}
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class ToleranceTest:
    """Unchanged materials up to a share of the good's value or weight."""

    measure: Measure
    percent: Decimal
    of: ShareOf = ShareOf.GOOD


@dataclass(frozen=True, slots=True)
class Within:
    """A share of its own for materials that words describe, inside or above the tolerance.

    Below the tolerance's percentage it narrows (elastomeric yarn within the 10 %); above, it
    widens for these materials alone (polyurethane yarn 20 %).
    """

    words: str
    percent: Decimal


class Differs(StrEnum):
    """How far a tolerated material must lie from the good."""

    NOT_ASKED = ""
    HEADING = "heading"
    SUBHEADING = "subheading"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """De minimis for a range of goods: one test of `any_of` is enough.

    Of several tolerances for a good, each unchanged material goes under the first that covers
    it: `materials` names what it covers (empty: everything), `excluded_materials` and
    `excluded_words` what it leaves out. `asks` is a fact a person must confirm first, such as
    `mixed_product`. `waives_value_content` says that a good whose foreign materials all stay
    within the tolerance needs no value content either.
    """

    goods: tuple[HsRange, ...]
    any_of: tuple[ToleranceTest, ...]
    materials: tuple[HsRange, ...]
    excluded_materials: tuple[HsRange, ...]
    excluded_words: tuple[str, ...]
    differs: Differs
    within: tuple[Within, ...]
    asks: str
    lifts: frozenset[Lifted]
    waives_value_content: bool
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


class Zone(StrEnum):
    """The kinds of cumulation."""

    BILATERAL = "bilateral"  # originating materials of the other Party
    REGIONAL = "regional"  # originating materials of any Party of a plurilateral agreement
    DIAGONAL = "diagonal"  # originating materials of listed countries under the same rules
    EXTENDED = "extended"  # materials of listed countries that are not under the same rules
    FULL = "full"  # processing in the listed countries counts, whatever originates
    AGGREGATE = "aggregate"  # originating materials of the Parties, above a joint share


@dataclass(frozen=True, slots=True)
class Cumulation:
    """Whose materials count as originating, and when.

    `countries` empty means the agreement's other Parties. `asks` names a fact to confirm (that
    the notices of a diagonal zone are published). `percent` and `base` are the joint share of
    an aggregate. `more_than_minimal` asks for processing beyond the minimal operations.
    """

    zone: Zone
    countries: tuple[CountryCode, ...]
    excluded_goods: tuple[HsRange, ...]
    asks: str
    more_than_minimal: bool
    percent: Decimal | None
    base: Base | None
    cited: Cited


class FailedIntermediate(StrEnum):
    """What counts of a self-made intermediate that does not qualify."""

    INPUTS = "inputs"
    WHOLE = "whole"


class Designation(StrEnum):
    """Whether a producer must designate an intermediate for roll-up."""

    AUTOMATIC = "automatic"
    BY_PRODUCER = "by_producer"


@dataclass(frozen=True, slots=True)
class Absorption:
    """Roll-up: a qualifying intermediate counts in full; another by its inputs, or whole.

    `nested_value_content` False forbids a designated intermediate that is subject to a value
    content inside another one that is too.
    """

    roll_up: bool
    otherwise: FailedIntermediate
    designation: Designation
    nested_value_content: bool
    cited: Cited


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """General sets under GRI 3: foreign articles are worth at most a share of the set."""

    percent: Decimal
    base: Base
    cited: Cited


class Inventory(StrEnum):
    """How stocks of fungible materials are told apart."""

    SPECIFIC = "specific"
    FIFO = "fifo"
    LIFO = "lifo"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Fungible:
    """The inventory methods an agreement admits for fungible materials (and goods)."""

    methods: tuple[Inventory, ...]
    goods_too: bool
    authorization: bool
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


class Carriage(StrEnum):
    """What an agreement asks of the journey."""

    DIRECT = "direct_transport"
    NON_ALTERATION = "non_alteration"


@dataclass(frozen=True, slots=True)
class Transport:
    """The transport rule: what may happen to goods on the way, and for how long.

    `delayed_storage_months` is for goods that force majeure held up.
    """

    carriage: Carriage
    operations: tuple[str, ...]
    splitting: bool | None
    storage_months: int | None
    delayed_storage_months: int | None
    evidence: tuple[str, ...]
    cited: Cited


class Abroad(StrEnum):
    """The two ways in which work outside the Parties may be allowed."""

    ZONE = "zone"  # listed goods worked in an agreed outward processing zone
    SHARE = "share"  # any good, when the value added abroad stays within a share


@dataclass(frozen=True, slots=True)
class OutwardProcessing:
    """When materials worked outside and re-imported leave the good's origin as it is.

    `percent` caps what is foreign (zone) or added abroad (share) in the value on `base`;
    `own_materials_percent` is the share of originating materials that a zone asks for.
    """

    abroad: Abroad
    goods: tuple[HsRange, ...]
    excluded_goods: tuple[HsRange, ...]
    percent: Decimal
    base: Base
    own_materials_percent: Decimal | None
    asks: str
    cited: Cited


class ProofKind(StrEnum):
    """What proves origin to the importing side."""

    CERTIFICATE = "certificate"
    DECLARATION = "declaration"
    KNOWLEDGE = "importers_knowledge"


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof of origin: who makes it out, for which amounts, and how long it holds."""

    kind: ProofKind
    form: str
    made_out_by: tuple[str, ...]
    up_to: Decimal | None
    currency: str
    validity_months: int | None
    cited: Cited


class Unit(StrEnum):
    """What a clock counts."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit of the agreement: how long, counted from what.

    `includes_first_day` None means that the text does not say.
    """

    what: str
    length: int
    unit: Unit
    counted_from: str
    includes_first_day: bool | None
    cited: Cited


class Ground(StrEnum):
    """On what a good originates, as forms distinguish it."""

    WHOLLY_OBTAINED = "wholly_obtained"
    EXCLUSIVE_MATERIALS = "exclusive_materials"
    SHIFT = "shift"
    VALUE = "value"
    PROCESS = "process"
    COMBINATION = "combination"
    SET = "set"
    OUTWARD = "outward"


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
    """Any other value of the agreement that people act on."""

    topic: str
    value: str
    cited: Cited
