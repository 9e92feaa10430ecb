"""The smallest changes that make a good qualify: proposed only after judging the changed case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ooms.agreements.model import Agreement
from ooms.kernel.country import CountryCode
from ooms.kernel.money import minor_digits
from ooms.kernel.quantity import EXACT
from ooms.origin.asking_price import Prices, lowest_price
from ooms.origin.changed_case import Supposed, doing, sourced, split, supposing, with_line
from ooms.origin.classification import slug
from ooms.origin.facts import Case, Material
from ooms.origin.questions import Judge, supposable
from ooms.origin.smallest import smallest_sets
from ooms.origin.trace import (
    Alternative,
    Change,
    Determination,
    Finding,
    Question,
    Reason,
    Remedy,
    Verdict,
    WayOut,
)
from ooms.origin.truth import Truth

MOST_LINES = 60  # a longer bill is searched among its dearest foreign lines
MOST_PARTIES = 60
BEYOND_MINIMAL = "beyond minimal operations"
_WEIGHT_STEP = Decimal("0.001")
_EXACT_WEIGHT = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class Sourcing:
    """One line of the bill comes from a Party instead, the exporting one unless named."""

    material: Material
    party: CountryCode | None = None

    def on(self, case: Case) -> Case:
        """Give the case with the line supplied by the Party."""
        party = self.party or case.exporting_party
        return with_line(case, self.material.path, lambda line: sourced(line, party))


@dataclass(frozen=True, slots=True)
class Working:
    """A process is carried out in a Party, or a fact is answered."""

    remedy: Remedy
    answer: Supposed | None

    def on(self, case: Case) -> Case:
        """Give the case with the process carried out, or the answer given."""
        return supposing(case, (self.answer,)) if self.answer else doing(case, BEYOND_MINIMAL)


Fix = Sourcing | Working


@dataclass(frozen=True, slots=True)
class _Search:
    """What is searched: the case, how it is judged, and which alternative must be met."""

    case: Case
    agreement: Agreement
    judge: Judge
    rule: str

    def works(self, case: Case) -> bool:
        """Tell whether a changed case originates by the alternative."""
        judged = self.judge(case)
        met = any(a.rule == self.rule and a.met is Truth.YES for a in judged.alternatives)
        return met and judged.verdict is Verdict.ORIGINATING

    def fixed(self, fixes: tuple[Fix, ...]) -> Case:
        """Give the case with all fixes made."""
        case = self.case
        for fix in fixes:
            case = fix.on(case)
        return case


def remedied(
    case: Case, found: Determination, *, agreement: Agreement, judge: Judge
) -> tuple[WayOut, ...]:
    """Give the smallest changes for each alternative that is not met, each tried on the case.

    1. Collect what could be changed: lines to source, processes to carry out, facts to settle.
    2. Find the smallest sets of changes that are enough as the price is.
    3. Find those that are enough when the price rises too, and the lowest price.
    4. Say of what is sourced from which Parties it may come, and how much may stay foreign.
    """
    if found.verdict is Verdict.ORIGINATING:
        return ()
    ways: list[WayOut] = []
    for alternative in found.alternatives:
        if alternative.met is not Truth.YES:
            search = _Search(case, agreement, judge, alternative.rule)
            ways += _ways(alternative, search)
    return tuple(dict.fromkeys(ways or _throughout(case, agreement, judge)))


def _throughout(case: Case, agreement: Agreement, judge: Judge) -> Iterator[WayOut]:
    """Where no alternative can be met, see whether using originating materials throughout is."""
    fixes = tuple(map(Sourcing, _foreign_lines(case)))
    changed = judge(_Search(case, agreement, judge, "").fixed(fixes))
    rule = next((a.rule for a in changed.alternatives if a.met is Truth.YES), None)
    if rule is not None and changed.verdict is Verdict.ORIGINATING:
        search = _Search(case, agreement, judge, rule)
        for chosen in _smallest(fixes, search):
            yield _way(search, chosen, ())


def _ways(alternative: Alternative, search: _Search) -> Iterator[WayOut]:
    findings = tuple(f for top in alternative.findings for f in top.walk())
    working = tuple(_workings(findings, search.case))
    named = {name for f in findings if f.met is not Truth.YES for name in f.materials}
    lines = _foreign_lines(search.case)
    narrow = tuple(Sourcing(m) for m in lines if m.name in named)
    wide = tuple(map(Sourcing, lines))
    plain = _smallest((*working, *narrow), search) or _smallest((*working, *wide), search)
    for fixes in plain:
        if not _only_answers(fixes):
            yield _way(search, fixes, ())
    yield from _limits(search, plain)
    yield from _priced(search, (*working, *wide), plain)


def _only_answers(fixes: tuple[Fix, ...]) -> bool:
    """Tell whether nothing would change: then it is a question, not a way out."""
    return all(isinstance(f, Working) and f.remedy.change is Change.ANSWER for f in fixes)


def _smallest(
    fixes: tuple[Fix, ...], search: _Search, *, at: Callable[[Case], Case] = lambda case: case
) -> tuple[tuple[Fix, ...], ...]:
    return smallest_sets(
        fixes, lambda chosen: search.works(at(search.fixed(chosen))), cost=_value_of
    )


def _value_of(fix: Fix) -> Decimal:
    return fix.material.value or Decimal(0) if isinstance(fix, Sourcing) else Decimal(0)


def _foreign_lines(case: Case) -> tuple[Material, ...]:
    """Give the lines that do not originate as stated, the cheapest first."""
    open_lines = [m for m in _lines(case.materials) if not m.originating]
    open_lines.sort(key=lambda m: m.value or Decimal(0))
    return tuple(open_lines[-MOST_LINES:])


def _lines(materials: tuple[Material, ...]) -> Iterator[Material]:
    """Walk what the producer could buy elsewhere; what a supplier used is not his to change."""
    for material in materials:
        yield material
        yield from _lines(material.made_from)


def _priced(
    search: _Search, fixes: tuple[Fix, ...], plain: tuple[tuple[Fix, ...], ...]
) -> Iterator[WayOut]:
    """Raise the price, with as few other changes as it then takes."""
    for prices in Prices.of(search.case):
        sets = _smallest(fixes, search, at=prices.highest)
        for chosen in sets[:2]:
            if any(set(other) <= set(chosen) for other in plain):
                continue
            lowest = lowest_price(prices, search.fixed(chosen), search.works)
            facts = (("basis", prices.basis),)
            reason = Reason("change.raise_price_on", facts)
            yield _way(search, chosen, (Remedy(Change.RAISE_PRICE, reason, price=lowest),))


def _limits(search: _Search, plain: tuple[tuple[Fix, ...], ...]) -> Iterator[WayOut]:
    """Instead of sourcing the dearest line whole, say how much of it may stay foreign."""
    for fixes in plain[:1]:
        sources = [fix for fix in fixes if isinstance(fix, Sourcing)]
        if not sources:
            return
        fix = max(sources, key=_value_of)
        others = tuple(other for other in fixes if other is not fix)
        allowed = _most_foreign(search, others, fix.material)
        if allowed is not None:
            yield _way(search, others, (_limit(allowed, search.case),))


def _most_foreign(search: _Search, others: tuple[Fix, ...], material: Material) -> Material | None:
    """Find, step by step of the minor unit, how much of a line may stay foreign; None for none."""
    step = _step(search.case) if material.value else _WEIGHT_STEP
    whole = material.value or material.weight
    if not whole or material.made_from:
        return None
    base = search.fixed(others)
    low, high = 0, int((whole / step).to_integral_value(ROUND_CEILING))
    while high - low > 1:
        middle = (low + high) // 2
        if search.works(split(base, material, kept=_part(material, middle * step))):
            low = middle
        else:
            high = middle
    return _part(material, low * step) if low else None


def _part(material: Material, amount: Decimal) -> Material:
    """Give the part of a line that has this value, or this weight when it has no value."""
    if not material.value:
        return replace(material, weight=amount)
    weight = material.weight
    if weight is not None:
        share = EXACT.divide(EXACT.multiply(weight, amount), material.value)
        weight = min(weight, share.quantize(_EXACT_WEIGHT, ROUND_CEILING, EXACT))
    return replace(material, value=amount, weight=weight)


def _step(case: Case) -> Decimal:
    return Decimal(1).scaleb(-minor_digits(case.price.currency if case.price else ""))


def _limit(kept: Material, case: Case) -> Remedy:
    currency = case.price.currency if case.price else ""
    amount = f"{kept.value} {currency}".strip() if kept.value else f"{kept.weight}"
    key, facts = "change.limit_foreign", [("amount", amount), ("material", kept.name)]
    if kept.value and kept.weight:
        key = "change.limit_foreign_weight"
        facts.append(("weight", f"{kept.weight.quantize(_WEIGHT_STEP, ROUND_FLOOR, EXACT):f}"))
    return Remedy(
        Change.LIMIT_FOREIGN,
        Reason(key, tuple(facts)),
        materials=(kept.name,),
        paths=(kept.path,),
        at_most=f"{kept.value or kept.weight}",
    )


def _way(search: _Search, fixes: tuple[Fix, ...], more: tuple[Remedy, ...]) -> WayOut:
    """Write a tried set of changes: what is sourced together, then the rest."""
    sources = tuple(fix for fix in fixes if isinstance(fix, Sourcing))
    remedies = [fix.remedy for fix in fixes if isinstance(fix, Working)]
    if sources:
        priced = _with_price(search, more)
        remedies.append(_sourcing(sources, _parties(search, fixes, at=priced)))
    return WayOut(search.rule, tuple((remedy,) for remedy in (*remedies, *more)))


def _sourcing(sources: tuple[Sourcing, ...], parties: tuple[str, ...]) -> Remedy:
    names = tuple(source.material.name for source in sources)
    facts = (("materials", ", ".join(names)), ("parties", ", ".join(parties)))
    return Remedy(
        Change.SOURCE_ORIGINATING,
        Reason("change.source_from", facts),
        materials=names,
        paths=tuple(source.material.path for source in sources),
        parties=parties,
    )


def _with_price(search: _Search, more: tuple[Remedy, ...]) -> Callable[[Case], Case]:
    """Give what the other remedies of a way out make of a case, so that Parties are tried so."""
    price = next((remedy for remedy in more if remedy.price is not None), None)
    limit = next((remedy for remedy in more if remedy.at_most), None)
    if price is not None and price.price is not None:
        basis = dict(price.reason.facts)["basis"]
        prices = next(p for p in Prices.of(search.case) if p.basis == basis)
        amount = price.price
        return lambda case: prices.at(case, amount)
    if limit is not None:
        line = next(m for m in _lines(search.case.materials) if m.path == limit.paths[0])
        kept = _part(line, Decimal(limit.at_most))
        return lambda case: split(case, line, kept=kept)
    return lambda case: case


def _parties(
    search: _Search, fixes: tuple[Fix, ...], *, at: Callable[[Case], Case]
) -> tuple[str, ...]:
    """Give the Parties from which the sourced lines may come, the exporting one first."""
    home = search.case.exporting_party
    others = [p for p in search.agreement.parties[:MOST_PARTIES] if p != home]
    found = [home.letters]
    for party in others:
        supplied = tuple(replace(f, party=party) if isinstance(f, Sourcing) else f for f in fixes)
        if search.works(at(search.fixed(supplied))):
            found.append(party.letters)
    return tuple(found)


def _workings(findings: tuple[Finding, ...], case: Case) -> Iterator[Working]:
    """Give what could be done or settled: denied processes, minimal operations, open facts."""
    seen: set[str] = set()
    for finding in findings:
        for working in _for_finding(finding, case):
            key = working.answer.key if working.answer else ""
            if key not in seen:
                seen.add(key)
                yield working


def _for_finding(finding: Finding, case: Case) -> Iterator[Working]:
    facts = dict(finding.because.facts)
    if finding.met is Truth.YES:
        return
    if finding.because.key == "minimal.only":
        yield Working(Remedy(Change.CARRY_OUT, Reason("change.beyond_minimal")), None)
    if finding.because.key == "process.missed":
        for step in facts["process"].split(" + "):
            if case.answer(f"process:{step}") is False:
                yield _process(f"process:{step}", step)
    if finding.because.key == "said.no" and finding.criterion.startswith('P("'):
        yield _process(f"statement:{slug(facts['words'])}", facts["words"])
    if finding.met is Truth.UNKNOWN:
        yield from (_answer(q, case) for q in finding.questions if supposable(q, case))


def _process(key: str, process: str) -> Working:
    reason = Reason("change.carry_out", (("process", process),))
    return Working(Remedy(Change.CARRY_OUT, reason), Supposed(key, given=True))


def _answer(question: Question, case: Case) -> Working:
    """Suppose the answer that tends to help; what has to be found out is the question."""
    best = supposable(question, case)[0]
    return Working(Remedy(Change.ANSWER, question.reason), Supposed(question.key, best))
