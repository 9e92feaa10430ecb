"""Cumulation: whose materials, or whose work, count as if of the exporting Party."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from ooms.agreements.model import Agreement, RuleSet
from ooms.agreements.policies import Cumulation, RuleType, Zone
from ooms.agreements.rule import Base
from ooms.agreements.rule_text import percent_text
from ooms.kernel.country import CountryCode
from ooms.origin.candidates import LISTED_PREFIX
from ooms.origin.facts import Answer, Case, Material
from ooms.origin.processes import are_only_minimal
from ooms.origin.settled import Bill
from ooms.origin.trace import Question, Reason
from ooms.origin.truth import Truth, all_of, negation, truth_of

AUTHORIZED_KEY = "inventory_authorized"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether something counts, why, and what would have to be known."""

    counts: Truth
    because: Reason
    questions: tuple[Question, ...] = ()


Joint = tuple[tuple[Cumulation, Standing], ...]


@dataclass(frozen=True, slots=True)
class Zones:
    """The cumulation zones of a rule set, asked about the materials of one case.

    `joint` holds how each aggregate zone stands; None takes their joint share as reached.
    """

    case: Case
    agreement: Agreement
    rule_set: RuleSet
    joint: Joint | None = None

    @property
    def aggregates(self) -> tuple[Cumulation, ...]:
        """The zones that ask for a joint share of the Parties in the good."""
        return tuple(p for p in self.rule_set.cumulations if p.zone is Zone.AGGREGATE)

    def standing(self, material: Material, origin: CountryCode) -> Standing:
        """Say whether a material that originates in another country counts as originating."""
        covering = [p for p in self.rule_set.cumulations if self._covers(p, origin)]
        return self._best(covering, material, origin)

    def looks_through(self, material: Material, origin: CountryCode) -> Standing:
        """Say whether what was done to a foreign material in another country counts (full)."""
        full = [p for p in self._full() if self._covers(p, origin)]
        return self._best(full, material, origin)

    def admits_statement(self, material: Material) -> Standing:
        """Say whether a supplier may state what he added to a foreign material.

        Interpreted meaning: such statements belong to full cumulation; without it a foreign
        material counts whole, whatever a supplier did to it.
        """
        origin = material.origin
        if not self._full():
            return Standing(Truth.NO, Reason("origin.statement_not_admitted"))
        if origin is None or origin == self.case.exporting_party:
            return Standing(Truth.YES, Reason("origin.stated"))
        found = self.looks_through(material, origin)
        admitted = found.counts is not Truth.NO
        return replace(found, because=Reason("origin.stated")) if admitted else found

    def _full(self) -> list[Cumulation]:
        return [p for p in self.rule_set.cumulations if p.zone is Zone.FULL]

    def _covers(self, policy: Cumulation, origin: CountryCode) -> bool:
        return origin in (policy.countries or self.agreement.parties)

    def _best(
        self, policies: list[Cumulation], material: Material, origin: CountryCode
    ) -> Standing:
        where = (("origin", origin.letters),)
        if not policies:
            is_party = origin in self.agreement.parties
            key = "origin.not_cumulated" if is_party else "origin.no_party"
            return Standing(Truth.NO, Reason(key, where))
        tried = [self._under(policy, material, origin) for policy in policies]
        return max(tried, key=lambda standing: standing.counts.value)

    def _under(self, policy: Cumulation, material: Material, origin: CountryCode) -> Standing:
        """Judge one zone: its exclusions, its minimum of work, its share, its condition."""
        facts = (("origin", origin.letters), ("zone", policy.zone.value))
        if self._is_excluded(policy, material):
            return Standing(Truth.NO, Reason("origin.zone_excludes", facts))
        if policy.more_than_minimal and self._only_minimal():
            return Standing(Truth.NO, Reason("origin.zone_minimal", facts))
        standing = _condition(policy, origin, self.case)
        for aggregate, joint in self.joint or ():
            if aggregate is policy:
                return joint
        return standing

    def _is_excluded(self, policy: Cumulation, material: Material) -> bool:
        """Tell whether the zone leaves out the good or the material, as far as is known."""
        codes = (*self.case.product.codes, *material.codes)
        return any(left_out.overlaps(code) for left_out in policy.excluded_goods for code in codes)

    def _only_minimal(self) -> bool:
        return are_only_minimal(self.case.processes, self.rule_set.minimal.operations)


def _condition(policy: Cumulation, origin: CountryCode, case: Case) -> Standing:
    """Judge what the zone asks: of listed countries it is confirmed for each of them."""
    facts = (("origin", origin.letters), ("zone", policy.zone.value), ("asked", policy.asks))
    if not policy.asks:
        return Standing(Truth.YES, Reason("origin.cumulated", facts))
    question = Question(policy.asks, Reason("ask.confirm", (("what", policy.asks),)))
    if policy.countries:
        key = f"cumulation:{policy.zone}:{origin.letters}"
        question = Question(key, Reason("ask.cumulation", facts))
    said = truth_of(case.answer(question.key))
    if said is Truth.UNKNOWN:
        return Standing(said, Reason("origin.zone_open", facts), (question,))
    key = "origin.cumulated" if said is Truth.YES else "origin.zone_denied"
    return Standing(said, Reason(key, facts))


def joint_share(zones: Zones, trial: Bill) -> Joint:
    """Judge the joint share of the Parties, on the bill as it would be if it were reached.

    Interpreted meaning: what is not of other countries is the Parties', labor and profit
    included, so the joint share is the value of the good less the foreign materials.
    """
    return tuple((policy, _aggregate(policy, zones, trial)) for policy in zones.aggregates)


def _aggregate(policy: Cumulation, zones: Zones, trial: Bill) -> Standing:
    base = policy.base or zones.rule_set.value.base
    percent = policy.percent if policy.percent is not None else _HUNDRED
    price = zones.case.price_on(base)
    condition = _condition(policy, zones.case.exporting_party, zones.case)
    if price is None:
        asked = Question(f"price:{base}", Reason("ask.price", (("base", base.value),)))
        return Standing(
            all_of([condition.counts, Truth.UNKNOWN]),
            Reason("origin.joint_open", _percent_facts(percent, base)),
            (*condition.questions, asked),
        )
    foreign = _foreign(zones.rule_set, trial)
    allowed = ((_HUNDRED - percent) * price).scaleb(-2)
    met = negation(truth_of(sum(m.value or Decimal(0) for m in foreign) > allowed))
    unknown = tuple(m for m in foreign if m.value is None)
    if met is Truth.YES and unknown:
        met = Truth.UNKNOWN
    asked_values = tuple(
        Question(f"value:{m.path}", Reason("ask.value", (("material", m.name),))) for m in unknown
    )
    key = {Truth.YES: "origin.joint_met", Truth.NO: "origin.joint_missed"}
    counts = all_of([condition.counts, met])
    reason = Reason(key.get(met, "origin.joint_open"), _percent_facts(percent, base))
    because = condition.because if condition.counts is Truth.NO else reason
    return Standing(counts, because, (*condition.questions, *asked_values))


def _percent_facts(percent: Decimal, base: Base) -> tuple[tuple[str, str], ...]:
    return (("percent", percent_text(percent)), ("base", base.value))


def _foreign(rule_set: RuleSet, bill: Bill) -> tuple[Material, ...]:
    counted = (ln for ln in bill.lines if RuleType.VALUE in ln.counted_under)
    return tuple(
        line.material
        for line in counted
        if not line.originating and rule_set.counts(line.material.kind, RuleType.VALUE)
    )


def is_of_every_good(key: str, rule_set: RuleSet) -> bool:
    """Tell whether an answer holds for a good and for every intermediate in it."""
    asked = {policy.asks for policy in rule_set.cumulations if policy.asks}
    names_its_good = key.startswith(("cumulation:", LISTED_PREFIX))
    return names_its_good or key in asked | {AUTHORIZED_KEY}


def with_work_abroad(case: Case, accumulated: tuple[str, ...]) -> Case:
    """Let the processes said of materials made in a full zone count as those of the good."""
    carried: dict[str, Answer] = {}
    for path in accumulated:
        scope = f"{path}/process:"
        done = (key for key, given in case.answers.items() if given is True)
        carried |= {k.removeprefix(f"{path}/"): True for k in done if k.startswith(scope)}
    return replace(case, answers=carried | case.answers) if carried else case
