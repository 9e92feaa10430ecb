"""Applies what an answer proposes to the case document, as a reader of the answer would."""

import copy
import re
from decimal import Decimal

from ooms.agreements import notation
from ooms.origin.advice import advise
from ooms.origin.case import read_case
from ooms.origin.classification import slug
from ooms.origin.explain import answer
from tests.unit.origin.building import EDITIONS, REGISTRY, document


def advised(*materials, **more):
    return answer(judged_with_advice(document(*materials, **more)))


def judged_with_advice(case_document):
    case = read_case(case_document, read_rule=notation.read)
    return advise(case, REGISTRY.agreement(case.agreement), editions=EDITIONS)


def verdict_of(case_document):
    return judged_with_advice(case_document).verdict.value


def changed_by(case_document, way, *, party=None):
    """Make every change of a way out; sourced lines come from one of the Parties it names."""
    changed = copy.deepcopy(case_document)
    for step in way["all_of"]:
        (remedy,) = step["any_of"]
        _CHANGES[remedy["change"]](changed, remedy, party)
    return changed


def parties_of(way):
    sourcing = [r for s in way["all_of"] for r in s["any_of"] if r["change"] in _SOURCED]
    return sourcing[0]["from"] if sourcing else [None]


def has_only_changes(way):
    return all(r["change"] != "answer" for s in way["all_of"] for r in s["any_of"])


def line_at(case_document, path):
    siblings, place = [], case_document
    for name, index in re.findall(r"(\w+)\[(\d+)\]", path):
        siblings = place[name]
        place = siblings[int(index)]
    return siblings, place


def _source(changed, remedy, party):
    for path in remedy["lines"]:
        _, line = line_at(changed, path)
        line.update(originating=True, origin=party, made_from=[])


def _limit(changed, remedy, _party):
    siblings, line = line_at(changed, remedy["lines"][0])
    facts = remedy["reason"]["facts"]
    rest = dict(line, originating=True, origin=changed["exporting_party"], made_from=[])
    measure = "value" if line.get("value") not in (None, "0") else "weight"
    _part(line, rest, measure, remedy["at_most"])
    if "weight" in facts:
        _part(line, rest, "weight", facts["weight"])
    siblings.append(rest)


def _part(line, rest, measure, kept):
    rest[measure] = f"{Decimal(line[measure]) - Decimal(kept):f}"
    line[measure] = kept


def _raise_price(changed, remedy, _party):
    basis = remedy["reason"]["facts"]["basis"]
    if changed["price"] and changed["price"]["basis"] == basis:
        changed["price"]["amount"] = remedy["price"]
    else:
        changed["facts"][f"price:{basis}"] = remedy["price"]


def _carry_out(changed, remedy, _party):
    process = remedy["reason"]["facts"].get("process")
    if process is None:
        changed["processes"] = [*changed["processes"], "forging"]
    elif f"statement:{slug(process)}" in changed["facts"]:
        changed["facts"][f"statement:{slug(process)}"] = True
    else:
        changed["facts"][f"process:{process}"] = True


_SOURCED = {"source_originating"}
_CHANGES = {
    "carry_out": _carry_out,
    "limit_foreign": _limit,
    "raise_price": _raise_price,
    "source_originating": _source,
}
