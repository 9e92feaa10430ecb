"""An agreement as data: who, when, which rules, and how its values are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from ooms.agreements import policies
from ooms.agreements.policies import Cited
from ooms.agreements.rule import Rule
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode, HsRange
from ooms.kernel.period import Period


@dataclass(frozen=True, slots=True)
class ProductRule:
    """The rule of one range of goods, with its row in the pack's table.

    `goods` describes the part of the codes that the rule is for (an "ex" entry); a person says
    whether the good is one of them. Empty means every good of the codes.
    """

    codes: HsRange
    rule: Rule
    notation: str
    row: int
    cited: Cited
    goods: str = ""


@dataclass(frozen=True, slots=True)
class GeneralRule:
    """The rule of every good that has no product rule; `exporters` empty means all Parties.

    `unlisted_goods` are goods that the agreement's whole list of product rules is known not to
    name. Of any other good a person says whether the list names it: the pack may hold a part.
    """

    rule: Rule
    notation: str
    exporters: tuple[CountryCode, ...]
    unlisted_goods: tuple[HsRange, ...]
    cited: Cited

    def is_unlisted(self, good: HsCode) -> bool:
        """Tell whether no product rule of the agreement is for the good."""
        return any(codes.contains(good) for codes in self.unlisted_goods)


@dataclass(frozen=True, slots=True)
class NamedRule:
    """What a rule calls by a name: MACRO, or a NOTE that the pack has turned into data.

    `rule` None says that the note needs no person: its substance is in the policies.
    """

    name: str
    rule: Rule | None
    notation: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rules a good may fall under: described ones first, then the one for the rest."""

    described: tuple[ProductRule, ...]
    default: ProductRule | None

    @property
    def rules(self) -> tuple[ProductRule, ...]:
        """Every candidate, the described ones first."""
        return (*self.described, *((self.default,) if self.default else ()))


@dataclass(frozen=True, slots=True)
class ProductRules:
    """The product rules of a rule set; the narrowest range that holds a code wins."""

    rules: tuple[ProductRule, ...]
    exact: dict[str, tuple[ProductRule, ...]]
    ranges: tuple[ProductRule, ...]

    @classmethod
    def of(cls, rules: tuple[ProductRule, ...]) -> ProductRules:
        """Index rules: single codes by their digits, true ranges from narrow to wide."""
        single: dict[str, tuple[ProductRule, ...]] = {}
        for rule in rules:
            if rule.codes.start == rule.codes.end:
                digits = rule.codes.start.digits
                single[digits] = (*single.get(digits, ()), rule)
        wide = [r for r in rules if r.codes.start != r.codes.end]
        return cls(
            rules=rules,
            exact=single,
            ranges=tuple(sorted(wide, key=lambda r: r.codes.width)),
        )

    def candidates(self, good: HsCode) -> Candidates:
        """Give the rules a good may fall under, from the narrowest entry outwards.

        Described entries count until the first that is for every good of its codes.
        """
        single = chain(*(self.exact.get(digits, ()) for digits in _prefixes(good)))
        wide = (r for r in self.ranges if r.codes.contains(good))
        ordered = sorted((*single, *wide), key=lambda r: (r.codes.width, not r.goods))
        default = next((rule for rule in ordered if not rule.goods), None)
        before = ordered[: ordered.index(default)] if default else ordered
        return Candidates(tuple(before), default)

    def find(self, good: HsCode) -> ProductRule | None:
        """Give the rule of a good that no description singles out, or None."""
        return self.candidates(good).default


def _prefixes(good: HsCode) -> tuple[str, ...]:
    return tuple(dict.fromkeys((good.subheading, good.heading, good.chapter)))


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules that hold together; several rule sets of one agreement may overlap in time.

    `marker` is what a proof must say when this rule set was used ("TRANSITIONAL RULES").
    `textile_free_materials` names the codes that a textile process rule leaves free.
    `component_goods` are goods of which only the component that gives them their
    classification must meet the tariff shift.
    """

    id: str
    version: str
    validity: Period
    hs_edition: int
    marker: str
    cited: Cited
    general: tuple[GeneralRule, ...]
    products: ProductRules
    named: tuple[NamedRule, ...]
    value: policies.ValuePolicy
    tolerances: tuple[policies.Tolerance, ...]
    cumulations: tuple[policies.Cumulation, ...]
    absorption: policies.Absorption
    sets: policies.SetPolicy | None
    fungible: policies.Fungible | None
    exclusive_materials: policies.ExclusiveMaterials
    minimal: policies.MinimalOperations
    treatments: tuple[policies.Treatment, ...]
    transport: policies.Transport | None
    outward: tuple[policies.OutwardProcessing, ...]
    component_goods: tuple[HsRange, ...]
    textile_free_materials: tuple[HsRange, ...]
    proofs: tuple[policies.Proof, ...]
    clocks: tuple[policies.Clock, ...]
    printed: tuple[policies.PrintedCriterion, ...]
    provisions: tuple[policies.Provision, ...]

    def counts(self, kind: policies.Kind, rule_type: policies.RuleType) -> bool:
        """Tell whether a line of a kind counts under a type of rule."""
        if kind is policies.Kind.MATERIAL:
            return True
        treatment = next((t for t in self.treatments if t.kind is kind), None)
        return treatment is None or rule_type in treatment.counted_under

    def tolerances_for(self, good: HsCode) -> tuple[policies.Tolerance, ...]:
        """Give the tolerances that cover a good, in the order of the pack."""
        return tuple(t for t in self.tolerances if t.applies_to(good))

    def general_for(self, exporter: CountryCode) -> GeneralRule | None:
        """Give the general rule for goods of a Party, the one that names it first."""
        naming = (g for g in self.general if exporter in g.exporters)
        return next(naming, next((g for g in self.general if not g.exporters), None))

    def named_rule(self, name: str) -> NamedRule | None:
        """Give what the pack says about a name that a rule uses."""
        return next((n for n in self.named if n.name == name), None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement: its parties and its rule sets, with the digest of the pack's files."""

    code: str
    name: str
    aliases: tuple[str, ...]
    parties: tuple[CountryCode, ...]
    parties_cited: Cited
    rule_sets: tuple[RuleSet, ...]
    digest: str

    def rule_sets_on(self, day: date) -> tuple[RuleSet, ...]:
        """Give the rule sets in force on a day."""
        return tuple(r for r in self.rule_sets if r.validity.contains(day))
