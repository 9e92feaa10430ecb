"""Reads a rule written in treaty words into the notation, and says what it could not read.

What no form fits becomes a statement that a person answers, so it can never pass unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ooms.agreements import notation
from ooms.agreements.rule import (
    AllOf,
    AnyOf,
    Level,
    MadeFrom,
    Noted,
    Pointer,
    Rule,
    Shift,
    Statement,
)
from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words.amounts import CONTENT_OPENING, read_content
from ooms.agreements.treaty_words.conditions import Read, read_conditions, together
from ooms.agreements.treaty_words.materials import read_materials
from ooms.agreements.treaty_words.outline import Item, outline
from ooms.agreements.treaty_words.processes import read_process
from ooms.agreements.treaty_words.reliefs import noted, relieved, take_notes
from ooms.agreements.treaty_words.sentences import condition_on, limited, read_sentence, read_tail
from ooms.agreements.treaty_words.typography import plain, strange_letters

_SENTENCE_END: Final = re.compile(r"(?<=[a-z0-9)%])\.\s+(?=[A-Z])|[;,]\s+(?=However\b|however,)")
_FURTHER: Final = re.compile(
    r"^(?:however\b|the materials of this description\b|jute fabric\b)", re.IGNORECASE
)
_CHANGES: Final = re.compile(r"[,;]? or (?=(?:A|No) (?:required )?change\b)")
_CAPITAL: Final = re.compile(
    r"[,;]? or (?=(?!Chapter|Heading|Subheading|Section|Sub-)[A-Z])|; or (?=the\b)|[,;]? or "
    r"(?=change from |(?:a |the )?(?:regional value content|change (?:in|of|to|from)\b|"
    r"good (?:has )?undergo))"
)
_IN_EACH_CASE: Final = re.compile(r",? in each case ")
_WITH_CONTENT: Final = re.compile(
    rf"^(?P<main>.*?)(?:,? (?:and |but )?provided(?: that)?:?|,? and|:)? ?{CONTENT_OPENING}$",
    re.IGNORECASE,
)
_WITH_CONDITIONS: Final = re.compile(
    r"^(?P<main>.*?),? ?(?:\bprovided(?: that)?|\bin which|\bwhere|\bon condition that)$",
    re.IGNORECASE,
)
_MADE_FROM: Final = re.compile(
    r"^(?:manufacture|production) from(?: (?P<more>.+?),? or)?(?: (?:any of )?the following(?: "
    r"materials)?)?$",
    re.IGNORECASE,
)
_BONDED: Final = re.compile(r",? followed in both(?: cases)? by (?P<how>.+)")
_FOLLOWING: Final = re.compile(r"(?:the )?following materials:?", re.IGNORECASE)
_MAKE: Final = re.compile(r"^(?:manufacture|production)?$", re.IGNORECASE)
_EXCEPT: Final = re.compile(
    r"^(?P<main>.+ any (?P<level>chapter|heading|subheading)),? except(?: from)?$", re.IGNORECASE
)
_CHOICE: Final = re.compile(
    r"^.*\b(?:any|one|either)(?: one)? of the following(?: (?:operations|processes|rules|"
    r"conditions))?$",
    re.IGNORECASE,
)


class Status(StrEnum):
    """How far a rule was read."""

    STRUCTURED = "structured"
    NEEDS_PERSON = "needs_person"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule as it was read, and the clauses that nobody read."""

    rule: Rule
    unread: tuple[str, ...]

    @property
    def status(self) -> Status:
        """Tell whether all of it, some of it or nothing was read."""
        if not self.unread:
            return Status.STRUCTURED
        return Status.UNREAD if isinstance(self.rule, Statement) else Status.NEEDS_PERSON


def read_rule(text: str) -> Rule:
    """Read a rule written in the notation, or else in treaty words."""
    try:
        return notation.read(text)
    except notation.NotationError:
        return read_words(text).rule


def notation_of(words: str) -> str:
    """Write a rule in treaty words in the notation."""
    return text_of(read_words(words).rule)


@lru_cache(maxsize=4096)  # an annex repeats a few hundred texts thousands of times
def read_words(text: str) -> Reading:
    """Read a rule in treaty words.

    1. Put the text into plain typography; letters of another script leave it unread.
    2. Find its paragraphs and lists, and read each paragraph as an alternative.
    3. Join the alternatives as the text does; where it does not say how, all must hold.
    """
    words = plain(text)  # 1
    if not words or strange_letters(words):
        shown = re.sub(r"\s+", " ", words) or "no rule"
        return Reading(Statement(shown), (shown,))
    unread: list[str] = []
    paragraphs = _Paragraphs(unread)  # 2
    for item in outline(words):
        paragraphs.add(item)
    return Reading(paragraphs.joined(), tuple(unread))  # 3


@dataclass(slots=True)
class _Paragraphs:
    """The alternatives read so far and what joins each to the next."""

    unread: list[str]
    rules: list[Rule] = field(default_factory=list)
    joiners: list[str] = field(default_factory=list)
    last: str = ""

    def add(self, item: Item) -> None:
        """Read one paragraph: an alternative, or something about those before it."""
        text, notes = take_notes(item.text)
        if not text.strip(" .;,") and not item.items:
            *before, last = self.rules or [Statement(text)]
            kept = [r if isinstance(r, Noted) else noted(r, notes) for r in before]
            self.rules = [*kept, noted(last, notes)] if self.rules else []
            self._carry(item.joiner)
            return
        if _FURTHER.match(text) and self.rules:
            said = ", ".join([text.rstrip(":"), *(inner.text for inner in item.items)])
            self.rules[-1] = self._further(self.rules[-1], said)
            self._carry(item.joiner)
            return
        if _IN_EACH_CASE.search(text) and self.rules and not item.items:
            text = f"{self.last} or {text[:1].lower()}{text[1:]}"
            self.rules.pop()
            self.joiners.pop()
        for part in _alternatives(text):
            rule = self._alternative(part, item.items)
            self.rules.append(noted(rule, notes))
            self.joiners.append("or")
            self.last = part
        self.joiners[-1] = item.joiner

    def joined(self) -> Rule:
        """Join the alternatives; `;` and `,` mean what the list's last connector says."""
        if not self.rules:
            self.unread.append("no rule")
            return Statement("no rule")
        between = self.joiners[:-1]
        choosing = any("or" in joiner for joiner in between)
        groups: list[list[Rule]] = [[self.rules[0]]]
        for joiner, rule in zip(between, self.rules[1:], strict=True):
            if "or" in joiner or (choosing and joiner in {";", ","}) or _is_by_quota(rule):
                groups.append([rule])
                continue
            if joiner != "and":
                self.unread.append(f"not said what joins this to the rest: {text_of(rule)}")
            groups[-1].append(rule)
        members = [_all(group) for group in groups]
        return _any(members)

    def _carry(self, joiner: str) -> None:
        if self.joiners and joiner in {"or", "and/or", "and"}:
            self.joiners[-1] = joiner

    def _alternative(self, text: str, items: list[Item]) -> Rule:
        whole = read_sentence(text) if not items else None
        if whole is not None:
            return whole
        main, *further = _SENTENCE_END.split(text)
        if items and further and further[-1].rstrip(":").lower() == "however":
            said = ", ".join(["However", *(inner.text for inner in items)])
            further, items = [*further[:-1], said], []
        rule = self._listed(main, items) if items else self._sentence(main, read_sentence)
        for sentence in further:
            rule = self._further(rule, sentence)
        return rule

    def _further(self, rule: Rule, sentence: str) -> Rule:
        inside = rule.rule if isinstance(rule, Noted) else rule
        eased = relieved(inside, sentence)
        if eased is None:
            return _all([rule, self._raw(sentence)])
        return noted(eased, rule.notes) if isinstance(rule, Noted) else eased

    def _sentence(self, text: str, read: Read) -> Rule:
        text, notes = take_notes(text)
        rule = read(text)
        return noted(rule, notes) if rule is not None else self._raw(text)

    def _raw(self, text: str) -> Rule:
        shown = re.sub(r"\s+", " ", text.strip(" ,;."))
        self.unread.append(shown)
        return Statement(_quoted(shown))

    def _listed(self, head: str, items: list[Item]) -> Rule:
        """Read a head and its list."""
        head = head.rstrip(": ")
        made = _MADE_FROM.match(head)
        if made:
            return self._made_from(made["more"], items)
        barred = _EXCEPT.match(head)
        if barred:
            return self._barred(items)
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
        return self._raw("; ".join([head, *_texts(items)]))

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
            return self._raw(f"manufacture from: {'; '.join([more or '', *_texts(items)])}")
        made = MadeFrom(tuple(dict.fromkeys(one for kind in read if kind for one in kind)))
        return _all([made, after]) if after else made

    def _barred(self, items: list[Item]) -> Rule:
        """Read `any heading, except:` and its list, with what the list's end goes on to allow."""
        *texts, last = [item.text for item in items]
        end, *further = re.split(r"[.;]?\s+(?=However\b)", last)
        read = [read_materials(text) for text in (*texts, end)]
        if not all(read):
            return self._raw("; ".join((*texts, last)))
        rule: Rule = Shift(
            Level.ANY, exceptions=tuple(one for kind in read if kind for one in kind)
        )
        for sentence in further:
            rule = self._further(rule, sentence)
        return rule

    def _joined_items(self, items: list[Item], read: Read, *, otherwise: str) -> Rule:
        joiners = {item.joiner for item in items[:-1]} & {"and", "or", "and/or"}
        rules = [self._item(item, read) for item in items]
        if "and/or" in joiners or len(joiners) > 1:
            return self._raw(f"not said whether by and, or by or: {'; '.join(_texts(items))}")
        if joiners:
            otherwise = "and" if "and" in joiners else "or"
        return _all(rules) if otherwise == "and" else _any(rules)

    def _item(self, item: Item, read: Read) -> Rule:
        if item.items and item.text.endswith(":"):
            return self._listed(item.text, item.items)
        main, *further = _SENTENCE_END.split(item.text)
        rule = self._sentence(main, read)
        for sentence in further:
            rule = self._further(rule, sentence)
        if not item.items:
            return rule
        rest = self._joined_items(item.items, read, otherwise=item.inward or "and")
        return _any([rule, rest]) if "or" in item.inward else _all([rule, rest])


def _is_by_quota(rule: Rule) -> bool:
    """Tell whether a rule is one of the *alternative* rules that hold within annual quotas."""
    return isinstance(rule, Noted) and any(n.kind is Pointer.QUOTA for n in rule.notes)


def _texts(items: list[Item]) -> list[str]:
    return [text for item in items for text in (item.text, *_texts(item.items))]


def _alternatives(text: str) -> list[str]:
    pattern = _CHANGES if re.match(r"(?:A|No) (?:required )?change\b", text) else _CAPITAL
    return [part for part in pattern.split(text) if part.strip(" .;,")]


def _all(rules: list[Rule]) -> Rule:
    joined = together(tuple(rules))
    return joined if joined is not None else AllOf(tuple(rules))


def _any(rules: list[Rule]) -> Rule:
    members = [m for r in rules for m in (r.members if isinstance(r, AnyOf) else (r,))]
    unique = tuple(dict.fromkeys(members))
    return unique[0] if len(unique) == 1 else AnyOf(unique)


def _quoted(text: str) -> str:
    return text.replace('"', "'")
