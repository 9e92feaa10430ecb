"""The names of processes, as people write them and as rules use them, and the minimal ones.

A name that is not in the vocabulary stays as it is: it then answers no rule but its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ooms.agreements.policies import Kind
from ooms.agreements.rule import Level, Rule, WhollyObtained
from ooms.origin.classification import changes
from ooms.origin.facts import Answer, Case
from ooms.origin.hearing import Hearing
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, truth_of

WHOLLY_OBTAINED_KEY = "wholly_obtained"
BEYOND_MINIMAL = Question("more_than_minimal", Reason("ask.more_than_minimal"))

VOCABULARY: Mapping[str, tuple[str, ...]] = {
    "assemble": ("assembly",),
    "assembled": ("assembly",),
    "assembling": ("assembly",),
    "coat": ("coating",),
    "coated": ("coating",),
    "cut": ("cutting",),
    "dye": ("dyeing",),
    "dyed": ("dyeing",),
    "embroider": ("embroidering",),
    "embroidered": ("embroidering",),
    "embroidery": ("embroidering",),
    "extrude": ("extrusion",),
    "extruding": ("extrusion",),
    "flock": ("flocking",),
    "forge": ("forging",),
    "knit": ("knitting",),
    "knitted": ("knitting",),
    "labeling": ("labelling",),
    "affixing_labels": ("labelling",),
    "laminate": ("laminating",),
    "lamination": ("laminating",),
    "make_up": ("making_up",),
    "making_up": ("making_up",),
    "making_up_including_cutting": ("making_up",),
    "melt": ("melting",),
    "pack": ("packing",),
    "print": ("printing",),
    "printed": ("printing",),
    "polymerization": ("polymerisation",),
    "purify": ("purification",),
    "refine": ("refining",),
    "roll": ("rolling",),
    "sew": ("sewing",),
    "sewn": ("sewing",),
    "simple_placing_in_bottles": ("bottling",),
    "spin": ("spinning",),
    "spun": ("spinning",),
    "stitch": ("sewing",),
    "tuft": ("tufting",),
    "weave": ("weaving",),
    "weld": ("welding",),
    "woven": ("weaving",),
}

# Preparatory and finishing operations, as the introductory notes on printing name them.
FINISHING = frozenset(
    {
        "bleaching",
        "burling",
        "calendering",
        "decatising",
        "decatizing",
        "heat_setting",
        "impregnating",
        "mending",
        "mercerising",
        "mercerizing",
        "milling",
        "permanent_finishing",
        "raising",
        "scouring",
        "shearing",
        "shrink_resistance_processing",
        "singeing",
    }
)
_PLACE = re.compile(r"_(?:in|within)_(?:the_territory_of_)?(?:the_|an?_|any_)?part(?:y|ies)$")
_WORK = re.compile(r"[a-z]+ing(?:_|$)")
_FINISHED = re.compile(r"fin([0-9]+)$")


def names_of(declared: str) -> tuple[str, ...]:
    """Give the names that rules use for a declared process: `cut_and_sew` is two."""
    plain = _PLACE.sub("", declared)
    known = VOCABULARY.get(plain)
    if known:
        return known
    parts = plain.split("_and_")
    if len(parts) > 1 and all(part in VOCABULARY or _is_gerund(part) for part in parts):
        return tuple(name for part in parts for name in VOCABULARY.get(part, (part,)))
    return (plain,)


def carried_out(declared: Iterable[str]) -> frozenset[str]:
    """Give every name that the declared processes go by, with what they were declared as."""
    written = frozenset(declared)
    return written | {name for process in written for name in names_of(process)}


def is_done(step: str, done: frozenset[str]) -> bool:
    """Tell whether a step of a rule was carried out; `fin2` asks for two finishing operations.

    Of `cutting_or_knitting_to_shape` one is enough.
    """
    either = step.split("_or_")
    if len(either) > 1 and all(_WORK.match(part) for part in either):
        return any(name in done for part in (step, *either) for name in names_of(part))
    counted = _FINISHED.fullmatch(step)
    if counted:
        return step in done or len(done & FINISHING) >= int(counted[1])
    return step in done


def minimal_operations(hearing: Hearing) -> Finding | None:
    """Insufficient operations: when nothing else was done, no rule confers origin.

    Interpreted meaning: the gate speaks only when operations are declared and all of them are
    on the agreement's list; and what already originates in the exporting Party stays so.
    """
    declared, listed = hearing.case.processes, hearing.rule_set.minimal.operations
    if not declared and is_untouched(hearing):
        return _beyond_minimal(hearing)
    if not are_only_minimal(declared, listed):
        return None
    if hearing.lines and all(line.own for line in hearing.lines):
        return None
    facts = (("operations", ", ".join(sorted(declared))),)
    return Finding("minimal operations", Truth.NO, Reason("minimal.only", facts))


def is_untouched(hearing: Hearing) -> bool:
    """Tell whether nothing shows that the good was made: all of it is foreign, under its own code.

    Interpreted meaning: a rule that admits materials of any heading asks for manufacture all the
    same; goods that were only bought and sold again are not made from themselves.
    """
    if any(given is True and key.startswith("process:") for key, given in _said(hearing)):
        return False
    lines = [line for line in hearing.lines if line.material.kind is Kind.MATERIAL]
    changed = (changes(ln.material, hearing.case, Level.SUBHEADING) for ln in lines)
    is_same = all(truth is Truth.NO for truth in changed)
    return bool(lines) and is_same and not any(line.originating for line in lines)


def _said(hearing: Hearing) -> Iterable[tuple[str, Answer]]:
    return hearing.case.answers.items()


def _beyond_minimal(hearing: Hearing) -> Finding | None:
    said = truth_of(hearing.case.answer(BEYOND_MINIMAL.key))
    if said is Truth.YES:
        return None
    questions = (BEYOND_MINIMAL,) if said is Truth.UNKNOWN else ()
    because = Reason("minimal.nothing_declared")
    return Finding("minimal operations", said, because, questions=questions)


def is_spared(rule: Rule, case: Case) -> bool:
    """Tell whether minimal operations do not speak: of a good that is wholly obtained itself.

    That only its materials of a set are wholly obtained spares the good nothing.
    """
    if not isinstance(rule, WhollyObtained):
        return False
    return not rule.items or case.answer(WHOLLY_OBTAINED_KEY) is True


def are_only_minimal(declared: frozenset[str], listed: frozenset[str]) -> bool:
    """Tell whether processes are declared, and all of them are on the agreement's list."""
    return bool(declared) and all(_is_minimal(process, listed) for process in declared)


def _is_minimal(process: str, listed: frozenset[str]) -> bool:
    return process in listed or all(name in listed for name in names_of(process))


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and "_" not in word
