"""Tells a determination in words, as the answer that the contract fixes.

Reasons are keys with facts; this is their English catalogue.
Another language is another table with the same keys: see `ooms.languages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any

from ooms.agreements.rule_text import percent_text
from ooms.kernel.money import Money
from ooms.kernel.quantity import EXACT
from ooms.origin.trace import (
    Alternative,
    Determination,
    Finding,
    Question,
    QuestionSet,
    Reason,
    Remedy,
    RuleSetVerdict,
    SettledOrigin,
    ValueTest,
    WayOut,
)
from ooms.origin.truth import Truth
from ooms.origin.value_content import shown_percent

ENGLISH: Mapping[str, str] = {
    "abroad.beyond": "more than {percent} was added or taken from outside the Parties",
    "abroad.not_allowed": "materials were worked outside the Parties, which the agreement does "
    "not allow",
    "abroad.open": "not known whether what is foreign stays within {percent}",
    "abroad.within": "what is foreign or was added abroad stays within {percent}",
    "ask.classification_component": "Which component gives the good its classification?",
    "ask.code": "Under which HS code is {material} classified, to six digits?",
    "ask.code_ended": "{code} of HS {from} leads to no code of HS {to}; which one is it there?",
    "ask.code_unknown": "{code} is not a code of HS {from}; under which code of HS {to} is it?",
    "ask.component": "To which component does {material} belong?",
    "ask.confirm": "Does this hold: {what}?",
    "ask.cumulation": "Does cumulation with {origin} ({zone}) hold on this day: {asked}?",
    "ask.described": "Is {material} {words}?",
    "ask.edition": "Which of the codes {codes} of HS {edition} is the good's?",
    "ask.edition_not_loaded": "No table leads from HS {from} to HS {to}; give codes of HS {to}.",
    "ask.good": "Is the good {words}?",
    "ask.electrical_waste": "Are the goods or materials electrical or electronic waste (HS 8549)?",
    "ask.goods_apart": "Which units of the consignment originate? The agreement admits stock "
    "methods for materials only.",
    "ask.inventory_authorized": "Has customs authorized the accounting of fungible materials?",
    "ask.inventory_method": "How is the stock kept, if not by {method}, which the agreement does "
    "not admit?",
    "ask.material_wholly_obtained": "Is {material} wholly obtained in a Party?",
    "ask.materials": "Which materials is the good made of?",
    "ask.more_than_minimal": "Was more done to the materials in a Party than operations that "
    "confer no origin?",
    "ask.note": "Under note {name} of the agreement, does the rule hold for the good as it stands?",
    "ask.outward_value": "What value was added outside the Parties, transport included?",
    "ask.product_rule_listed": "Does the full list of product rules of {agreement} name {code}? "
    "Only a part of the list is loaded.",
    "ask.phase": "Is the good exported in the first {years} years of the agreement?",
    "ask.price": "What is the value of the good on the basis {base}?",
    "ask.product_code": "Under which subheading, to six digits, is the good classified?",
    "ask.process": "Was the process {process} carried out in a Party?",
    "ask.process_order": "Were the processes carried out in this order: {process}?",
    "ask.product_weight": "What does the good weigh, and each of its materials?",
    "ask.quota": "Does the good fall within the quota {name}?",
    "ask.rule_not_loaded": "No rule for {code} is loaded in the pack of {agreement}.",
    "ask.rule_set_not_in_force": "No rule set of the agreement is in force on this day.",
    "ask.set_articles": "Are the listed materials the articles of the set, each under its rule?",
    "ask.statement": "Is this so: {words}?",
    "ask.value": "What is the value of {material}?",
    "ask.vom": "What is the originating value: materials, labor, overhead, profit, other costs?",
    "ask.vom_fits": "The stated originating value and the foreign materials exceed the good's "
    "value; which figure is right?",
    "ask.weight": "What does {material} weigh?",
    "ask.wholly_obtained": "Is the good wholly obtained or produced entirely in a Party?",
    "change.beyond_minimal": "carry out more in a Party than operations that confer no origin",
    "change.carry_out": "carry out in a Party: {process}",
    "change.limit_foreign": "let no more than {amount} of {material} be non-originating",
    "change.limit_foreign_weight": "let no more than {amount} of {material}, weighing {weight}, "
    "be non-originating",
    "change.raise_price": "sell the good for at least {price}",
    "change.raise_price_on": "sell the good for at least {price} ({basis})",
    "change.source_from": "take {materials} as originating from {parties}, with supplier's proof",
    "change.source_originating": "use originating {materials}, with a supplier's proof",
    "codes.open": "not known whether the good is of {codes}",
    "codes.outside": "the good is not of {codes}",
    "codes.within": "the good is of {codes}",
    "component.open": "nobody has said which component gives the good its classification",
    "exclusive.all_originate": "all {count} materials originate in the Parties",
    "from.all_named": "every foreign material is one of {materials}",
    "from.allowed_stages": "every foreign material is of an allowed stage, or by nature outside "
    "the rule",
    "from.later_stage": "of a later stage than the rule allows: {materials}",
    "from.open": "not known whether of a stage that the rule allows: {materials}",
    "from.tolerated": "of a later stage but within tolerance: {materials}",
    "goods.stock": "{own} of the {total} units taken from stock originate, by the method {method}",
    "goods.stock_of_materials_only": "the agreement admits methods for stocks of materials, not "
    "of goods",
    "group.all": "every part must hold",
    "group.any": "one part is enough",
    "group.fallback": "the second part is asked when the first does not confer origin",
    "group.noted": "the rule must hold, and a person looks at what it points to",
    "group.phases": "the first part in the agreement's first years, the second afterwards",
    "materials.none_listed": "no material is listed",
    "minimal.nothing_declared": "all materials are foreign goods of the same subheading, and no "
    "operation is declared",
    "minimal.only": "nothing was done beyond minimal operations: {operations}",
    "named.judged": "{name} is judged as the agreement defines it",
    "note.bears": "{name} bears on the rule",
    "origin.absorbed": "made by a rule of its own, so it counts as originating in full",
    "origin.added_by_supplier": "what the supplier added in the Parties",
    "origin.bought": "bought in another Party without proof of origin, so it counts whole",
    "origin.cumulated": "originating in {origin}, which counts by cumulation",
    "origin.foreign": "stated to be non-originating",
    "origin.intermediate_failed": "does not originate by itself",
    "origin.intermediate_open": "not known whether it originates by itself",
    "origin.joint_met": "the Parties hold at least {percent} of the good together ({base})",
    "origin.joint_missed": "the Parties hold less than {percent} of the good together ({base})",
    "origin.joint_open": "not known whether the Parties hold {percent} of the good together "
    "({base})",
    "origin.looked_through": "made in {origin}, whose work counts, so its foreign inputs count",
    "origin.nested_designation": "designated inside a designated intermediate, so its inputs "
    "count for value",
    "origin.no_party": "of {origin}, which is not a Party",
    "origin.not_cumulated": "of {origin}, and the agreement does not cumulate",
    "origin.not_designated": "originates by itself, but not designated, so its inputs count for "
    "value",
    "origin.not_shown": "nobody has shown that it originates",
    "origin.own": "originating in the exporting Party",
    "origin.proof_days": "the supplier's proof covers the days from {from} to before {until}, "
    "not {on}",
    "origin.proof_of_another": "the supplier's proof is for {named}, not for {agreement}",
    "origin.stated": "foreign, and counted by what its supplier states",
    "origin.statement_not_admitted": "foreign, and the agreement counts no work done on foreign "
    "materials",
    "origin.stock": "told apart from the stock by the method {method}",
    "origin.stock_method": "the agreement does not admit the method {method} for stocks",
    "origin.stock_not_authorized": "accounting of stocks by {method} is not authorized",
    "origin.zone_denied": "of {origin}, for which {zone} cumulation does not hold: {asked}",
    "origin.zone_excludes": "of {origin}, and {zone} cumulation leaves such goods out",
    "origin.zone_minimal": "of {origin}, and nothing beyond minimal operations was done to it",
    "origin.zone_open": "of {origin}, for which {zone} cumulation is not confirmed: {asked}",
    "process.met": "carried out: {process}",
    "process.missed": "not carried out: {process}",
    "process.open": "not known whether carried out: {process}",
    "process.tolerated": "not needed, all foreign materials stay within the tolerance: {process}",
    "relief.judged": "the rule spares listed materials up to {percent}",
    "relief.outside": "an unchanged material is not among those the rule spares",
    "rule.none_confers": "the agreement gives this good no rule",
    "said.no": "denied: {words}",
    "said.nothing": "nobody has said whether: {words}",
    "said.yes": "stated: {words}",
    "set.all_originate": "every article of the set originates",
    "set.articles": "foreign articles of the set are worth at most a share of it",
    "set.beyond": "foreign articles are worth {counted} of {whole}, more than {percent}",
    "set.met": "every material of the set has the required origin",
    "set.missed": "without the required origin: {materials}",
    "set.open": "the required origin is not shown for {materials}",
    "set.tolerated": "without the required origin but within tolerance: {materials}",
    "set.within": "foreign articles are worth {counted} of {whole}, within {percent}",
    "share.met": "originating weight {counted} reaches {percent} of the set",
    "share.missed": "originating weight {counted} does not reach {percent} of the set",
    "share.open": "not known whether {percent} of the set's weight is originating",
    "shift.all_changed": "all {count} non-originating materials change classification",
    "shift.nothing_foreign": "no non-originating material is used",
    "shift.tolerated": "unchanged but within tolerance: {materials}",
    "shift.unassembled": "the foreign parts came as the unassembled good: {materials}",
    "shift.unchanged": "no change of classification for {materials}",
    "shift.unclear": "the change of classification is not clear for {materials}",
    "tolerance.barred": "the tolerance does not cover {materials}",
    "tolerance.doubtful": "few enough, if the tolerance covers {materials}",
    "tolerance.met": "{counted} of {whole} by {measure} is within {percent}",
    "tolerance.missed": "{counted} of {whole} by {measure} is more than {percent}",
    "tolerance.none": "the agreement has no tolerance for this good",
    "tolerance.not_here": "no tolerance is granted besides work abroad",
    "tolerance.open": "by {measure} it is not known whether {percent} is kept",
    "value.build_up_ruled_out": "build-up cannot exceed build-down, which misses the threshold",
    "value.foreign_and_own": "non-originating materials {foreign}, originating {own}",
    "value.met": "{method} with {counted} of {price} {basis} gives {content}, "
    "against a threshold of {threshold}",
    "value.missed": "{method} with {counted} of {price} {basis} gives {content}, "
    "which misses the threshold of {threshold}",
    "value.no_material_cost": "not every material's value is known",
    "value.no_method": "the agreement names no method for value content",
    "value.no_vom": "the originating value that build-up needs is not stated",
    "value.no_price": "the value of the good on the basis {base} is not stated",
    "value.open": "{method} cannot be decided before every value is known; so far "
    "{counted} of {price} {basis}",
    "value.vom_too_high": "originating value and foreign materials exceed the good's value",
    "value.waived": "waived: all foreign materials stay within the tolerance",
    "weight.met": "{counted} of {whole} by weight is within {percent}",
    "weight.missed": "{counted} of {whole} by weight is more than {percent}",
    "weight.no_set": "the weight of the set that counts is not known",
    "weight.no_whole": "the weight of the good is not known",
    "weight.open": "not every weight is known",
    "wholly.denied": "stated not to be wholly obtained",
    "wholly.foreign_used": "non-originating materials are used: {materials}",
    "wholly.open": "nobody has said that the good is wholly obtained",
    "wholly.said": "stated to be wholly obtained in a Party",
}
_MET = {Truth.YES: True, Truth.NO: False, Truth.UNKNOWN: None}

Json = dict[str, Any]


def told(reason: Reason, catalogue: Mapping[str, str] = ENGLISH) -> str:
    """Tell a reason in the words of a catalogue; a fact nobody gave stays a dash."""
    facts = ((name, _spoken(name, value, catalogue)) for name, value in reason.facts)
    return catalogue[reason.key].format_map(_Gaps(facts))


def _spoken(name: str, value: str, catalogue: Mapping[str, str]) -> str:
    """Put a code of ours, such as a method's, into words; what a person wrote stays."""
    return catalogue.get(f"fact.{name}.{value}", value)


def answer(determination: Determination) -> Json:
    """Write a determination as the JSON answer; nothing in it depends on anything else."""
    written = {
        "verdict": determination.verdict.value,
        "criterion": determination.criterion or None,
        "rule": determination.rule or None,
        "rule_source": determination.rule_source or None,
        "rule_verified": determination.rule_verified,
        "alternatives": [_alternative(a) for a in determination.alternatives],
        "origins": [_origin(origin) for origin in determination.origins],
        "value": _value(determination.value, determination.currency),
        "questions": [_question(q) for q in determination.questions],
        "would_qualify_if": [_way_out(w, determination.currency) for w in determination.ways_out],
        "rule_pack": determination.rule_pack,
        "engine": determination.engine,
        "inputs_hash": determination.inputs_hash,
    }
    if determination.marker:
        written["marker"] = determination.marker
    if determination.rule_sets:
        written["rule_set"] = determination.rule_set
        written["rule_sets"] = [_rule_set(found) for found in determination.rule_sets]
    if determination.deciding:
        written["deciding_questions"] = [_question_set(d) for d in determination.deciding]
    return written


def _rule_set(found: RuleSetVerdict) -> Json:
    return {
        "rule_set": found.rule_set,
        "marker": found.marker or None,
        "verdict": found.verdict.value,
        "criterion": found.criterion or None,
    }


class _Gaps(dict[str, str]):
    """Facts that tell a missing one as a dash instead of failing."""

    def __missing__(self, key: str) -> str:
        return "-"


def _alternative(alternative: Alternative) -> Json:
    return {
        "rule": alternative.rule,
        "met": _MET[alternative.met],
        "findings": [_finding(f) for f in alternative.findings],
    }


def _finding(finding: Finding) -> Json:
    written: Json = {
        "criterion": finding.criterion,
        "met": _MET[finding.met],
        "because": told(finding.because),
        "reason": _reason(finding.because),
        "materials": list(finding.materials),
    }
    if finding.parts:
        written["parts"] = [_finding(part) for part in finding.parts]
    return written


def _reason(reason: Reason) -> Json:
    return {"key": reason.key, "facts": dict(reason.facts)}


def _origin(origin: SettledOrigin) -> Json:
    return {
        "path": origin.path,
        "name": origin.name,
        "originating": _MET[origin.originating],
        "because": told(origin.because),
        "reason": {"key": origin.because.key, "facts": dict(origin.because.facts)},
    }


def _question(question: Question) -> Json:
    written: Json = {
        "key": question.key,
        "text": told(question.reason),
        "reason": _reason(question.reason),
    }
    if question.decides is not None:
        written["decides"] = question.decides
    return written


def _question_set(found: QuestionSet) -> Json:
    return {"keys": list(found.keys), "could_become": [v.value for v in found.could_become]}


def _value(test: ValueTest | None, currency: str) -> Json | None:
    if test is None:
        return None
    with localcontext(EXACT):
        slack = test.slack.quantize(Decimal("0.01"), "ROUND_FLOOR")
    return {
        "method": test.method,
        "basis": test.basis,
        "content_percent": shown_percent(test.content, up=not test.at_least).rstrip("%"),
        "threshold_percent": percent_text(test.threshold).rstrip("%"),
        "slack": f"{slack}",
        "minimum_price": _price(test.minimum_price, currency),
    }


def _price(price: Decimal | None, currency: str) -> str | None:
    if price is None:
        return None
    return f"{Money(price, currency).rounded_up().amount}"


def _way_out(way: WayOut, currency: str) -> Json:
    steps = [[_remedy(remedy, currency) for remedy in step] for step in way.steps]
    text = "; and ".join(" or ".join(remedy["text"] for remedy in step) for step in steps)
    return {"rule": way.rule, "text": text, "all_of": [{"any_of": step} for step in steps]}


def _remedy(remedy: Remedy, currency: str) -> Json:
    written: Json = {"change": remedy.change.value, "materials": list(remedy.materials)}
    reason = remedy.reason
    price = _price(remedy.price, currency)
    if price is not None:
        written["price"] = price
        reason = Reason(reason.key, (*reason.facts, ("price", f"{price} {currency}".strip())))
    for name, values in (("lines", remedy.paths), ("from", remedy.parties)):
        if values:
            written[name] = list(values)
    if remedy.at_most:
        written["at_most"] = remedy.at_most
    return written | {"text": told(reason), "reason": _reason(reason)}
