"""Criteria that no code decides: processes, descriptions, notes; each asks a stable question."""

from __future__ import annotations

from decimal import Decimal

from ooms.agreements.policies import RuleType
from ooms.agreements.rule import Described, Macro, MadeFrom, Note, Pointer, Process, SetRule
from ooms.agreements.rule_text import set_text, text_of
from ooms.origin.classification import member_of, slug
from ooms.origin.facts import Case, Material
from ooms.origin.hearing import Hearing, amount_questions, price_question, share, span_of
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth, all_of, truth_of

SET_QUESTION = Question("set_articles", Reason("ask.set_articles"))


def process(rule: Process, case: Case) -> Finding:
    """P: the named processes were carried out in a Party, in order where the rule says so."""
    keys = {step: f"process:{step}" for step in rule.steps}
    done = {
        step: Truth.YES if step in case.processes else truth_of(case.answer(key))
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
    return Finding(text_of(rule), met, because, questions=tuple(asked))


def made_from(rule: MadeFrom, hearing: Hearing) -> Finding:
    """FROM: every foreign material is one of the set, or an earlier stage of one.

    Note: whether a material of another code is an earlier stage, a person says.
    """
    foreign = hearing.foreign(RuleType.SHIFT)
    if not hearing.is_bare and not foreign:
        return Finding(text_of(rule), Truth.YES, Reason("shift.nothing_foreign"))
    named = all_of(member_of(m, rule.items, hearing.case) for m in foreign)
    if foreign and named is Truth.YES:
        facts = (("materials", set_text(rule.items)),)
        return Finding(text_of(rule), Truth.YES, Reason("from.all_named", facts))
    match rule.items:
        case (Described(words=words),):
            pass
        case _:
            words = set_text(rule.items)
    return asked(text_of(rule), hearing.case, key=f"from:{slug(words)}", words=words)


def named_rule(rule: Macro, case: Case) -> Finding:
    """MACRO: a rule that the agreement defines elsewhere; a person says whether it is met."""
    return asked(text_of(rule), case, key=f"macro:{rule.name}", words=rule.name.replace("_", " "))


def articles_of_a_set(rule: SetRule, hearing: Hearing) -> Finding:
    """SETRULE: foreign articles of a set are worth at most a share of it.

    Interpreted meaning: only where the lines of the bill are the articles of the set does a
    line's origin say that the article keeps its own rule; somebody says that they are.
    """
    criterion = text_of(rule)
    listed = truth_of(hearing.case.answer(SET_QUESTION.key))
    price = hearing.price_on(rule.base)
    if hearing.is_bare or listed is not Truth.YES:
        return Finding(criterion, Truth.UNKNOWN, Reason("set.articles"), questions=(SET_QUESTION,))
    if price is None:
        asking = (price_question(rule.base),)
        return Finding(criterion, Truth.UNKNOWN, Reason("value.no_price"), questions=asking)
    foreign = hearing.foreign(RuleType.VALUE)
    met = span_of(((m, Truth.YES) for m in foreign), _value).at_most(share(rule.percent, price))
    names = tuple(m.name for m in foreign)
    missing = amount_questions(foreign, "value")
    return Finding(criterion, met, Reason("set.articles"), names, missing)


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


def _value(material: Material) -> Decimal | None:
    return material.value
