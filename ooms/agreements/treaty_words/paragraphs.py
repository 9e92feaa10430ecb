"""Reads the paragraphs of a rule and joins them as the text does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from ooms.agreements.rule import (
    About,
    Codes,
    CodeSet,
    Fallback,
    ForCodes,
    Note,
    Noted,
    Phased,
    Pointer,
    Rule,
    Selected,
    Statement,
)
from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words import phases
from ooms.agreements.treaty_words.amounts import read_amount
from ooms.agreements.treaty_words.changes import goods_of
from ooms.agreements.treaty_words.clauses import SENTENCE_END, Clauses, every, some
from ooms.agreements.treaty_words.conditions import read_conditions
from ooms.agreements.treaty_words.outline import Item, outline
from ooms.agreements.treaty_words.reliefs import ALTERNATIVE, noted, take_notes
from ooms.agreements.treaty_words.shorthand import read_shorthand
from ooms.kernel.hs import HsRange

_FURTHER: Final = re.compile(
    r"^(?:however\b|the materials of this description\b|jute fabric\b|this rule (?:shall )?appl)",
    re.IGNORECASE,
)
_STOPS: Final = re.compile(
    r";\s+(?=(?!However|Or\b|And\b|Provided)[A-Z(])|\.\s+(?=(?:A|No) (?:required )?change )"
    r"|;\s+(?=(?:an?|no) (?:required )?change (?:to|in) |a chemical reaction\b)"
)
_EITHER: Final = re.compile(
    r"^(?:either(?=.* or )|both(?=.* and )) (?=(?:CC|CTH|CTSH|WO|RVC|QVC|MaxNOM)\b)", re.IGNORECASE
)
_TRAILING: Final = re.compile(r",? (?P<word>or|and)$")
_IN_EACH_CASE: Final = re.compile(r",? in each case ")
_CHANGES: Final = re.compile(
    r"[,;]? or (?=(?:A|No) (?:required )?change\b)|; or (?=(?:a|no) (?:required )?change\b)"
    r"|,? or (?=no (?:required )?change in tariff)"
    r"|; or (?=the good )|,? or (?=wholly (?:obtained|produced)\b)"
)
_CAPITAL: Final = re.compile(
    r"[,;]? [oO]r (?=(?!Chapter|Heading|Subheading|Section|Sub-)[A-Z])|; or (?=the\b)|[,;]? or "
    r"(?=change from |(?:a |the )?(?:regional value content|change (?:in|of|to|from)\b|"
    r"good (?:has )?undergo))"
    r"|,? or (?=(?:manufacture|production) (?:from|in which|where) )"
)


_CONDITION: Final = re.compile(
    r"(?:and )?(?:provided|on condition)(?: that)?,? (?!there )", re.IGNORECASE
)
_EVERY_CASE: Final = re.compile(r"\bin (?:each|either|both|all|any) cases?\b", re.IGNORECASE)
_EASES: Final = re.compile(r"\bmay (?:also )?be (?:used|incorporated)\b", re.IGNORECASE)
_CHANGES_TOO: Final = re.compile(f"{_CHANGES.pattern}|{_CAPITAL.pattern}")
_SHARED: Final = re.compile(
    r"(?P<stop>[,;]) (?P<each>in (?:each|both|either) cases?,? )?"
    r"(?=(?:provided (?!there (?:is|are)\b)|except |and (?!(?:CC|CTH|CTSH|[RQ]VC)\b)))",
    re.IGNORECASE,
)


def read_paragraphs(words: str, clauses: Clauses) -> Rule:
    """Read a text paragraph by paragraph.

    1. A text that says what holds in which years or periods is read part by part.
    2. Else each paragraph is an alternative, or says something about those before it.
    3. They are joined as the text says; where it does not say how, all must hold.
    """
    staged = _staged(words, clauses)  # 1
    if staged is not None:
        return staged
    paragraphs = _Paragraphs(clauses)
    for item in outline(words):
        paragraphs.add(item)  # 2
    return paragraphs.joined()  # 3


def _staged(words: str, clauses: Clauses) -> Rule | None:
    years = phases.in_years(words)
    if years:
        first, then = (read_paragraphs(part, clauses) for part in (years.first, years.then))
        return Phased(years.years, first, then)
    periods = phases.in_periods(words) if "\n" not in words else ()
    if not periods:
        return None
    return some(
        [Selected(About.WHEN, when, read_paragraphs(main, clauses)) for when, main in periods]
    )


@dataclass(slots=True)
class _Paragraphs:
    """The alternatives read so far, the goods they name, and what joins each to the next."""

    clauses: Clauses
    rules: list[Rule] = field(default_factory=list)
    goods: list[CodeSet] = field(default_factory=list)
    joiners: list[str] = field(default_factory=list)
    last: str = ""
    open_notes: frozenset[int] = frozenset()

    def add(self, item: Item) -> None:
        """Read one paragraph: an alternative, or something about those before it."""
        text, notes = take_notes(item.text)
        if not text.strip(" .;,") and not item.items:
            self._note(notes)
            self._carry(item.joiner)
            return
        self.open_notes = frozenset()
        if _FURTHER.match(text) and self.rules:
            said = ", ".join([text.rstrip(":"), *(inner.text for inner in item.items)])
            self.rules[-1] = self.clauses.further(self.rules[-1], said)
            self._carry(item.joiner)
            return
        condition = _CONDITION.match(text)
        if condition and self.rules and not item.items:
            self._limit(text[condition.end() :])
            self._carry(item.joiner)
            return
        otherwise = phases.fallback(text)
        if otherwise and self.rules:
            text, self.joiners[-1] = otherwise, "else"
        self._alternatives(self._each_case(text, item), item, notes=notes)

    def _limit(self, words: str) -> None:
        """Hold every alternative so far to a condition that stands on a line of its own."""
        condition = read_conditions(words) or self.clauses.raw(words)
        self.rules = [every([rule, condition]) for rule in self.rules]

    def joined(self) -> Rule:
        """Join the alternatives; `;` and `,` mean what the list's last connector says."""
        if not self.rules:
            self.clauses.unread.append("no rule")
            return Statement("no rule")
        rules = _for_their_goods(self.rules, self.goods)
        rule = self._joined(rules, self.joiners[:-1])
        for clause in self.clauses.unread if len(rules) > 1 else ():
            if _EVERY_CASE.search(clause):  # unread, it must not bind one alternative alone
                rule = every([rule, Statement(clause.replace('"', "'"))])
        return rule

    def _joined(self, rules: list[Rule], between: list[str]) -> Rule:
        if "else" in between:
            place = between.index("else") + 1
            first = self._joined(rules[:place], between[: place - 1])
            return Fallback(first, self._joined(rules[place:], between[place:]))
        choosing = any("or" in joiner for joiner in between)
        if choosing and "and" in between[between.index("or") if "or" in between else 0 :]:
            self.clauses.unread.append("not said how far the last and reaches")
        groups: list[list[Rule]] = [[rules[0]]]
        for joiner, (before, rule) in zip(between, pairwise(rules), strict=True):
            if _parts(joiner, choosing=choosing) or _is_apart(before, rule):
                groups.append([rule])
                continue
            if joiner != "and":
                self.clauses.unread.append(f"not said what joins this to the rest: {text_of(rule)}")
            groups[-1].append(rule)
        return some([every(group) for group in groups])

    def _note(self, notes: tuple[Note, ...]) -> None:
        """Attach notes that stand alone to what no note has yet, and to what the last did."""
        last = len(self.rules) - 1
        bare = {place for place, rule in enumerate(self.rules) if not isinstance(rule, Noted)}
        self.open_notes = self.open_notes | bare | ({last} if self.rules else set())
        for place in self.open_notes:
            self.rules[place] = noted(self.rules[place], notes)

    def _each_case(self, text: str, item: Item) -> str:
        """Give what `in each case` says back to the paragraph before it, too."""
        case = _IN_EACH_CASE.search(text)
        if case is None or not self.rules or item.items or " or " in text[: case.start()]:
            return text
        self.rules.pop()
        self.goods.pop()
        self.joiners.pop()
        return f"{self.last} or {text[:1].lower()}{text[1:]}"

    def _alternatives(self, text: str, item: Item, *, notes: tuple[Note, ...]) -> None:
        for sentence in _STOPS.split(text):
            trailing = _TRAILING.search(sentence)
            parts = _alternatives(sentence[: trailing.start()] if trailing else sentence)
            for part in parts:
                inner = item.items if text.endswith(part) else []
                self.rules.append(noted(self.clauses.alternative(part, inner), notes))
                self.goods.append(goods_of(part))
                self.joiners.append("or")
                self.last = part
            self.joiners[-1] = trailing["word"] if trailing else ";"
        self.joiners[-1] = item.joiner

    def _carry(self, joiner: str) -> None:
        if self.joiners and joiner in {"or", "and/or", "and"}:
            self.joiners[-1] = joiner


def _parts(joiner: str, *, choosing: bool) -> bool:
    """Tell whether a connector parts alternatives."""
    return "or" in joiner or (choosing and joiner in {";", ","})


def _is_apart(before: Rule, rule: Rule) -> bool:
    """Tell whether a rule is an alternative though no connector says so.

    *Alternative* rules hold within quotas or for a time; rules for goods that each describes do
    not meet in one good.
    """
    if isinstance(rule, Noted):
        return any(n.kind is Pointer.QUOTA or n == ALTERNATIVE for n in rule.notes)
    if isinstance(before, ForCodes) and isinstance(rule, ForCodes) and before.codes != rule.codes:
        return not any(_meet(a.range, b.range) for a in before.codes for b in rule.codes)
    inner = [one.rule if isinstance(one, ForCodes) else one for one in (before, rule)]
    return all(isinstance(one, Selected) and one.about is About.GOOD for one in inner)


def _meet(one: HsRange, other: HsRange) -> bool:
    return one.start.first <= other.end.last and other.start.first <= one.end.last


def _for_their_goods(rules: list[Rule], goods: list[CodeSet]) -> list[Rule]:
    """Hold each alternative to the goods it names, where another names more or others."""
    named = {codes for codes in goods if codes}
    whole = next((codes for codes in named if all(_covers(codes, one) for one in named)), None)
    return [
        ForCodes(tuple(one for one in codes if isinstance(one, Codes)), rule)
        if codes and codes != whole and len(named) > 1
        else rule
        for rule, codes in zip(rules, goods, strict=True)
    ]


def _covers(goods: CodeSet, others: CodeSet) -> bool:
    spans = [one.range for one in goods if isinstance(one, Codes)]
    inner = [one.range for one in others if isinstance(one, Codes)]
    return all(
        any(s.start.first <= one.start.first and one.end.last <= s.end.last for s in spans)
        for one in inner
    )


def _alternatives(text: str) -> list[str]:
    shared = _with_what_they_share(text)
    if shared:
        return shared
    text = _EITHER.sub("", text)
    pattern = _CHANGES if re.match(r"(?:A|No) (?:required )?change\b", text) else _CAPITAL
    if re.match(r"Change to\b", text):
        pattern = _CHANGES_TOO
    parts = [part for part in pattern.split(text) if part.strip(" .;,")]
    return _with_further_sentences(parts) if len(parts) > 1 else parts


def _with_further_sentences(parts: list[str]) -> list[str]:
    """Give each alternative the sentences behind the last, unless they only ease it."""
    *before, last = parts
    said, *further = SENTENCE_END.split(last, maxsplit=1)
    if not before or not further or _EASES.search(further[0]):
        return parts
    return [f"{part}. {further[0][:1].upper()}{further[0][1:]}" for part in (*before, said)]


def _with_what_they_share(text: str) -> list[str]:
    """Give each of several short forms what stands behind them all, or nothing.

    It is for all where it says so, and where it is set apart more than they are from each other.
    An exception behind a value content can only be for what stands before it, too.
    """
    for found in _SHARED.finditer(text):
        main = re.sub(r"^either ", "", text[: found.start()], flags=re.IGNORECASE)
        how = text[found.end() :]
        parts = re.split(r"([,;]?) or ", main)
        ways, stops = parts[::2], parts[1::2]
        apart = found["each"] or found["stop"] == ";" or found["stop"] not in stops
        if how.lower().startswith("except") and read_amount(ways[-1]) is None:
            continue
        if stops and apart and all(read_shorthand(way) or read_amount(way) for way in ways):
            return [f"{way}, {how}" for way in ways]
    return []
