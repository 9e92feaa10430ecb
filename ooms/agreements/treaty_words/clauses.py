"""Reads a paragraph with its list: sentences, conditions, and what the list's items join."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ooms.agreements.rule import (
    About,
    AllOf,
    AnyOf,
    Level,
    MadeFrom,
    Noted,
    Rule,
    Selected,
    Shift,
    Statement,
)
from ooms.agreements.treaty_words.changes import PROVIDED
from ooms.agreements.treaty_words.conditions import Read, read_conditions, together
from ooms.agreements.treaty_words.contents import OPENING, read_content
from ooms.agreements.treaty_words.materials import read_materials
from ooms.agreements.treaty_words.outline import Item
from ooms.agreements.treaty_words.processes import read_process
from ooms.agreements.treaty_words.reliefs import noted, relieved, take_notes
from ooms.agreements.treaty_words.sentences import condition_on, limited, read_sentence, read_tail

SENTENCE_END: Final = re.compile(
    r"(?:(?<=[a-z0-9)%])|(?<=CTH)|(?<=CTSH)|(?<=\bCC)|(?<=EXW)|(?<=FOB))\.\s+(?=[A-Z])|[;,]\s+(?=[Hh]owever\b)"
)
_WITH_CONTENT: Final = re.compile(
    rf"^(?P<main>.*?)(?:,? (?:and |but )?provided?(?: that)?:?|,? and|:)? ?{OPENING}$",
    re.IGNORECASE,
)
_WITH_CONDITIONS: Final = re.compile(
    r"^(?P<main>.*?),? ?(?:\bprovided?(?: that)?|\bin which|\bwhere|\bon condition that)$",
    re.IGNORECASE,
)
_MADE_FROM: Final = re.compile(
    r"^(?:manufactur(?:e|ing)|production) from(?: (?P<more>.+?),? or)?"
    r"(?: (?:any of )?the following(?: materials)?)?$",
    re.IGNORECASE,
)
_BONDED: Final = re.compile(r",? followed in both(?: cases)? by (?P<how>.+)")
_FOLLOWING: Final = re.compile(r"(?:the )?following materials:?", re.IGNORECASE)
_MAKE: Final = re.compile(r"^(?:manufactur(?:e|ing)|production)?$", re.IGNORECASE)
_EXCEPT: Final = re.compile(
    r"^(?:(?:manufactur(?:e|ing)|production) )?(?:from )?(?:non-originating )?materials of any "
    r"(?:chapter|heading|subheading),? except(?: from)?$",
    re.IGNORECASE,
)
_CHOICE: Final = re.compile(
    r"^.*\b(?:any|one|either)(?: one)? of the following(?: (?:operations|processes|rules|"
    r"conditions))?$",
    re.IGNORECASE,
)
_RUN_IN: Final = re.compile(r"(?:(?<=product)|(?<=good))\.? (?=jute fabric may)", re.IGNORECASE)
# Such words after a condition may open another alternative, or reach back beyond it.
_ANOTHER: Final = re.compile(
    r"[,;] or |\bor (?:an? |no )?(?:required )?change\b|\bwhichever\b|"
    r"\bin (?:each|both|either|all) cases?",
    re.IGNORECASE,
)
_CHOSEN: Final = re.compile(
    r"^for (?:(?P<when>(?:the )?purposes of .*trade\b.*)|"
    r"(?P<good>(?:an?|any)(?: other)? (?!.*\b(?:shall|requirement|if|where)\b).+?))"
    r"(?: the following rule(?: of origin)? applies)?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Clauses:
    """Reads clauses and keeps those that nobody could read."""

    unread: list[str] = field(default_factory=list)

    def alternative(self, text: str, items: list[Item]) -> Rule:
        """Read one alternative: a sentence, what further sentences add to it, and its list."""
        whole = read_sentence(text) if not items else None
        if whole is not None:
            return whole
        main, *further = SENTENCE_END.split(text)
        if items and further and further[-1].rstrip(":").lower() == "however":
            said = ", ".join(["However", *(inner.text for inner in items)])
            further, items = [*further[:-1], said], []
        rule = self._listed(main, items) if items else self._sentence(main, read_sentence)
        for sentence in further:
            rule = self.further(rule, sentence)
        return rule

    def further(self, rule: Rule, sentence: str) -> Rule:
        """Add what a further sentence allows or forbids; one on a backing may have run into it."""
        first, *more = _RUN_IN.split(sentence)
        for said in more:
            rule = self.further(self.further(rule, first), said)
        if more:
            return rule
        inside = rule.rule if isinstance(rule, Noted) else rule
        eased = relieved(inside, sentence)
        if eased is None:
            return every([rule, self.raw(sentence)])
        return noted(eased, rule.notes) if isinstance(rule, Noted) else eased

    def _sentence(self, text: str, read: Read) -> Rule:
        text, notes = take_notes(text)
        rule = read(text)
        return noted(rule if rule is not None else self._in_part(text, read), notes)

    def _in_part(self, text: str, read: Read) -> Rule:
        """Read what stands before the last condition, and leave the condition to a person."""
        if _ANOTHER.search(text) or text.endswith(":"):
            return self.raw(text)
        for found in reversed(list(PROVIDED.finditer(text))):
            main = read(text[: found.start()]) if "provided" in found[0] else None
            if main is not None:
                return limited(main, self.raw(text[found.end() :]))
        return self.raw(text)

    def raw(self, text: str) -> Rule:
        """Keep a clause as a question that a person answers."""
        shown = re.sub(r"\s+", " ", text.strip(" ,;."))
        self.unread.append(shown)
        return Statement(_quoted(shown))

    def _listed(self, head: str, items: list[Item]) -> Rule:
        """Read a head and its list."""
        head = head.rstrip(": ")
        made = _MADE_FROM.match(head)
        if made:
            return self._made_from(made["more"], items)
        if _EXCEPT.match(head):
            return self._barred(items)
        chosen = _CHOSEN.match(head)
        if chosen:
            about = About.WHEN if chosen["when"] else About.GOOD
            inner = self._joined_items(items, read_sentence, otherwise="and")
            return Selected(about, _quoted(chosen["when"] or chosen["good"]), inner)
        return self._conditioned(head, items)

    def _conditioned(self, head: str, items: list[Item]) -> Rule:
        if _MAKE.match(head):
            return self._joined_items(items, read_tail, otherwise="and")
        content = _WITH_CONTENT.match(head)
        if content:
            methods = self._joined_items(items, read_content, otherwise="or")
            return self._limited(content["main"], methods)
        conditional = _WITH_CONDITIONS.match(head)
        if conditional:
            return self._conditional(conditional["main"], items)
        if _CHOICE.match(head):
            return self._joined_items(items, read_sentence, otherwise="or")
        return self.raw("; ".join([head, *_texts(items)]))

    def _conditional(self, main: str, items: list[Item]) -> Rule:
        if _MAKE.match(main):
            return self._joined_items(items, read_conditions, otherwise="and")
        rule = self._sentence(main, read_sentence)
        conditions = self._joined_items(
            items, lambda words: condition_on(rule, words), otherwise="and"
        )
        return limited(rule, conditions)

    def _limited(self, main: str, condition: Rule) -> Rule:
        if not main.strip(" ,"):
            return condition
        return limited(self._sentence(main, read_sentence), condition)

    def _made_from(self, more: str | None, items: list[Item]) -> Rule:
        listed = [text for text in _texts(items) if not _FOLLOWING.fullmatch(text)]
        kinds = [more, *listed] if more else listed
        then = _BONDED.search(kinds[-1])
        if then:
            kinds[-1] = kinds[-1][: then.start()]
        after = read_process(then["how"]) if then else None
        read = [read_materials(kind) for kind in kinds]
        if not all(read) or bool(then) != bool(after):
            return self.raw(f"manufacture from: {'; '.join([more or '', *_texts(items)])}")
        made = MadeFrom(tuple(dict.fromkeys(one for kind in read if kind for one in kind)))
        return every([made, after]) if after else made

    def _barred(self, items: list[Item]) -> Rule:
        """Read `any heading, except:` and its list, with what the list's end goes on to allow."""
        *texts, last = [item.text for item in items]
        end, *further = re.split(r"[.;]?\s+(?=However\b)", last)
        read = [read_materials(text) for text in (*texts, end)]
        if not all(read):
            return self.raw("; ".join((*texts, last)))
        rule: Rule = Shift(
            Level.ANY, exceptions=tuple(one for kind in read if kind for one in kind)
        )
        for sentence in further:
            rule = self.further(rule, sentence)
        return rule

    def _joined_items(self, items: list[Item], read: Read, *, otherwise: str) -> Rule:
        joiners = {item.joiner for item in items[:-1]} & {"and", "or", "and/or"}
        rules = [self._item(item, read) for item in items]
        if "and/or" in joiners or len(joiners) > 1:
            return self.raw(f"not said whether by and, or by or: {'; '.join(_texts(items))}")
        if joiners:
            otherwise = "and" if "and" in joiners else "or"
        return every(rules) if otherwise == "and" else some(rules)

    def _item(self, item: Item, read: Read) -> Rule:
        if item.items and item.text.endswith(":"):
            return self._listed(item.text, item.items)
        main, *further = SENTENCE_END.split(item.text)
        rule = self._sentence(main, read)
        for sentence in further:
            rule = self.further(rule, sentence)
        if not item.items:
            return rule
        rest = self._joined_items(item.items, read, otherwise=item.inward or "and")
        return some([rule, rest]) if "or" in item.inward else every([rule, rest])


def every(rules: list[Rule]) -> Rule:
    """Join rules that must all hold."""
    joined = together(tuple(rules))
    return joined if joined is not None else AllOf(tuple(rules))


def some(rules: Sequence[Rule]) -> Rule:
    """Join rules of which one is enough."""
    members = [m for r in rules for m in (r.members if isinstance(r, AnyOf) else (r,))]
    unique = tuple(dict.fromkeys(members))
    return unique[0] if len(unique) == 1 else AnyOf(unique)


def _texts(items: list[Item]) -> list[str]:
    return [text for item in items for text in (item.text, *_texts(item.items))]


def _quoted(text: str) -> str:
    return text.replace('"', "'")
