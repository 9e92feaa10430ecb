"""Criteria that no code decides: processes, descriptions, notes; each asks a stable question."""

from __future__ import annotations

from dataclasses import replace

from ooms.agreements.policies import Lifted, RuleType
from ooms.agreements.rule import Described, MadeFrom, Note, Pointer, Process
from ooms.agreements.rule_text import set_text, text_of
from ooms.origin.classification import member_of, slug
from ooms.origin.coverage import Failing
from ooms.origin.facts import Case, Material
from ooms.origin.hearing import Hearing
from ooms.origin.processes import carried_out, is_done
from ooms.origin.stages import allows
from ooms.origin.tolerance import excused, lifts, tolerate
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of, any_of, negation, truth_of


def process(rule: Process, hearing: Hearing) -> Finding:
    """P: the named processes were carried out in a Party, in order where the rule says so.

    Some agreements ask for no process where all foreign materials stay within the tolerance.
    """
    case = hearing.case
    keys = {step: f"process:{step}" for step in rule.steps}
    names = carried_out(case.processes)
    done = {
        step: Truth.YES if is_done(step, names) else truth_of(case.answer(key))
        for step, key in keys.items()
    }
    asked = [
        Question(keys[step], Reason("ask.process", (("process", step),)))
        for step in rule.steps
        if done[step] is Truth.UNKNOWN
    ]
    met = all_of(done.values())
    if rule.ordered and met is not Truth.NO:
        order = f"process_order:{'>'.join(rule.steps)}"
        in_order = truth_of(case.answer(order))
        met = all_of([met, in_order])
        if in_order is Truth.UNKNOWN:
            facts = (("process", " > ".join(rule.steps)),)
            asked.append(Question(order, Reason("ask.process_order", facts)))
    key = {Truth.YES: "process.met", Truth.NO: "process.missed", Truth.UNKNOWN: "process.open"}
    because = Reason(key[met], (("process", " + ".join(rule.steps)),))
    finding = Finding(text_of(rule), met, because, questions=tuple(asked))
    return finding if met is Truth.YES else _perhaps_tolerated(finding, hearing)


def _perhaps_tolerated(finding: Finding, hearing: Hearing) -> Finding:
    foreign = hearing.foreign(RuleType.SHIFT)
    if not foreign or not lifts(hearing, Lifted.PROCESS):
        return finding
    excuse = tolerate(hearing, tuple((m, Truth.YES) for m in foreign), Lifted.PROCESS)
    met = any_of([finding.met, excuse.met])
    if met is Truth.NO:
        return finding
    questions = finding.questions + excuse.questions
    if met is Truth.UNKNOWN:
        return replace(finding, met=met, questions=questions, parts=(excuse,))
    because = Reason("process.tolerated", finding.because.facts)
    return Finding(finding.criterion, met, because, parts=(excuse,))


def made_from(rule: MadeFrom, hearing: Hearing) -> Finding:
    """FROM: every foreign material is one of the set, or of an earlier stage of one.

    1. A bill of materials without a foreign line has nothing to show.
    2. Each material is named, or allowed or barred by its stage, or a person must say.
    3. What is of a later stage may be within a tolerance that covers this test.
    """
    criterion = text_of(rule)
    key, words = _from_key(rule)
    if hearing.is_bare:  # 1
        return asked(criterion, hearing.case, key=key, words=words)
    failing = later_stages(rule, hearing)  # 2
    if not failing:
        foreign = hearing.foreign(RuleType.SHIFT)
        because = Reason("from.allowed_stages" if foreign else "shift.nothing_foreign")
        return Finding(criterion, Truth.YES, because)
    question = Question(key, Reason("ask.statement", (("words", words),)))
    is_open = any(truth is Truth.UNKNOWN for _, truth in failing)
    excuse = tolerate(hearing, failing, Lifted.MADE_FROM)  # 3
    questions = (question,) if is_open else ()
    return excused(criterion, excuse, failing, prefix="from", questions=questions)


def later_stages(rule: MadeFrom, hearing: Hearing) -> Failing:
    """Give the foreign materials of a later stage than the rule allows, or perhaps of one."""
    said = truth_of(hearing.case.answer(_from_key(rule)[0]))
    judged: list[tuple[Material, Truth]] = []
    for material in hearing.foreign(RuleType.SHIFT):
        allowed = _is_allowed(material, rule, hearing)
        judged.append((material, negation(said if allowed is Truth.UNKNOWN else allowed)))
    return tuple((m, truth) for m, truth in judged if truth is not Truth.NO)


def _is_allowed(material: Material, rule: MadeFrom, hearing: Hearing) -> Truth:
    """Tell whether a rule names a material, or its stage: first what codes decide, then words."""
    case, free = hearing.case, hearing.rule_set.textile_free_materials
    coded = tuple(item for item in rule.items if not isinstance(item, Described))
    if member_of(material, coded, case) is Truth.YES:
        return Truth.YES
    by_stage = allows(rule.items, material, good=case.product.code, free=free)
    if by_stage is not Truth.UNKNOWN:
        return by_stage
    named = member_of(material, rule.items, case)
    return Truth.YES if named is Truth.YES else Truth.UNKNOWN


def _from_key(rule: MadeFrom) -> tuple[str, str]:
    match rule.items:
        case (Described(words=words),):
            pass
        case _:
            words = set_text(rule.items)
    return f"from:{slug(words)}", words


def pointed(note: Note, case: Case) -> Finding:
    """NOTE, QUOTA: a person says whether the rule holds as it stands under them."""
    what = note.kind.lower()
    key = f"{what}:{note.name}"
    said = truth_of(case.answer(key))
    if note.kind is Pointer.NOTE and said is Truth.NO:
        said = Truth.UNKNOWN  # the note may widen the rule as well as narrow it
    facts = (("name", note.name),)
    asking = (Question(key, Reason(f"ask.{what}", facts)),) if said is Truth.UNKNOWN else ()
    return Finding(f"{note.kind}({note.name})", said, Reason("note.bears", facts), questions=asking)


def asked(criterion: str, case: Case, *, key: str, words: str) -> Finding:
    """Ask a person whether the words are so, and give the answer as the finding."""
    said = truth_of(case.answer(key))
    told = {Truth.YES: "said.yes", Truth.NO: "said.no", Truth.UNKNOWN: "said.nothing"}[said]
    facts = (("words", words),)
    asked = (Question(key, Reason("ask.statement", facts)),) if said is Truth.UNKNOWN else ()
    return Finding(criterion, said, Reason(told, facts), questions=asked)
