"""Arranges the rows of an annex into the entries of a pack.

- The alternatives of one entry are joined: the exporter chooses.
- "ex Chapter NN" without a sub-row, and "... except for:", is the default of its codes.
- A sub-row `A > B` is an entry described by B; "Other" is the default of the codes it stands at,
  or of what A describes when A itself is only part of them.
- A derogation is an entry beside the rule that it eases; a person looks at its conditions.
- Rows of the same codes are told apart by their descriptions, or by the good their rules name.
- Sub-rows that name every good of a code leave a default that points back at them, for a person
  to answer: nothing that none of them describes may fall through to the rule of the chapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ooms.agreements.annex_table import Line
from ooms.agreements.pack_reading import Problem
from ooms.agreements.phrases import LONGEST_PHRASE, Phrases, Pointing, shortened, tidy
from ooms.agreements.rule import (
    About,
    AnyOf,
    Note,
    Noted,
    Pointer,
    Rule,
    Selected,
    Statement,
)
from ooms.agreements.treaty_words.clauses import some
from ooms.kernel.hs import CHAPTER_DIGITS, HsRange

_SUB_ROW: Final = " > "
_OTHER: Final = re.compile(r"^(?:any )?others?(?: goods?)?$", re.IGNORECASE)
_REST: Final = re.compile(r"except for:?$", re.IGNORECASE)
_DEROGATION: Final = re.compile(r"\(derogation\b[^)]*\)\s*", re.IGNORECASE)
_DEROGATES: Final = "Derogation: "
_LISTED: Final = "\n- "
_DEROGATION_NOTE: Final = Note(Pointer.NOTE, "derogation")  # its annex has conditions of its own
_ALL_APPLY: Final = Note(Pointer.NOTE, "all-applicable")


@dataclass(frozen=True, slots=True)
class Entry:
    """The rule of some goods of a range of codes; `goods` empty means every one of them."""

    codes: HsRange
    goods: str
    rule: Rule
    rows: tuple[int, ...]
    label: str

    @property
    def place(self) -> str:
        """Where the entry stands in the annex."""
        return f"annex row {self.label or self.rows[0]}"


@dataclass(frozen=True, slots=True)
class _Drafted:
    """An entry with its alternatives joined, before the entries of its codes are compared."""

    lines: tuple[Line, ...]
    rule: Rule
    named: str  # the good that the rule itself names, "" when it names none

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def place(self) -> str:
        return f"annex row {self.first.label or self.first.row}"

    @property
    def parts(self) -> tuple[str, ...]:
        """The description's levels, without the phrase that announces exceptions."""
        said = _DEROGATION.sub("", self.first.description)
        levels = (tidy(part) for part in said.split(_SUB_ROW))
        return tuple(_REST.sub("", level).strip(" ;,") for level in levels)

    @property
    def is_plain(self) -> bool:
        """Tell whether the annex gives the entry neither "ex" nor a sub-row."""
        return not self.first.ex and len(self.parts) == 1

    @property
    def is_derogation(self) -> bool:
        """Tell whether the entry says that it departs from the list."""
        return _DEROGATION.search(self.first.description) is not None

    @property
    def leaves_exceptions(self) -> bool:
        """Tell whether the description announces the exceptions that other entries name."""
        return _REST.search(tidy(self.first.description.split(_SUB_ROW)[0])) is not None


@dataclass(slots=True)
class Arranging:
    """Arranges the lines of one file; `agreement` set means: quote no sentence of the treaty."""

    file: str
    agreement: str = ""
    problems: list[Problem] = field(default_factory=list)
    phrases: Phrases = field(default_factory=Phrases)
    pointed: dict[str, list[str]] = field(default_factory=dict)

    def entries(self, lines: Sequence[Line]) -> tuple[Entry, ...]:
        """Arrange every line; what cannot be told apart goes to `problems`.

        1. Join the alternatives of each entry of the annex.
        2. Tell the entries of the same codes apart.
        3. Complain about what is still the same.
        """
        drafts = [self._drafted(together) for together in _grouped(lines)]  # 1
        by_codes: dict[HsRange, list[_Drafted]] = {}
        for draft in drafts:
            by_codes.setdefault(draft.first.codes, []).append(draft)
        found = [
            entry
            for codes, beside in by_codes.items()
            for entry in self._told_apart(beside, covered=_is_covered(codes, drafts))  # 2
        ]
        self._complain_of_repeats(found)  # 3
        return tuple(found)

    def _drafted(self, lines: tuple[Line, ...]) -> _Drafted:
        rules = [self._worded(line) for line in lines]
        selectors = [_selector(rule) for rule in rules]
        goods = {words.replace(" and ", " or ") for words, _ in selectors}
        if len(goods) > 1:  # alternatives for different goods keep the goods they are for
            return _Drafted(lines, some(rules), "")
        return _Drafted(lines, some([inner for _, inner in selectors]), selectors[0][0])

    def _worded(self, line: Line) -> Rule:
        if not self.agreement:
            return line.rule
        place = f"{self.agreement} annex row {line.label or line.row}"
        clauses = self.pointed.setdefault(place, [])
        return Pointing(self.phrases, place, line.reading.unread, clauses).rewritten(line.rule)

    def _told_apart(self, beside: list[_Drafted], *, covered: bool) -> list[Entry]:
        goods = [self._goods(draft, beside) for draft in beside]
        if len(beside) == 1 and beside[0].named and not covered:
            return [_kept(beside[0])]
        entries = [_entry(draft, words) for draft, words in zip(beside, goods, strict=True)]
        if any(_ALL_APPLY in _notes(draft.rule) for draft in beside):
            entries = [replace(one, rule=_noted(one.rule, _ALL_APPLY)) for one in entries]
        whole = [one for one, draft in zip(entries, beside, strict=True) if not draft.first.ex]
        is_complete = bool(whole) and all(one.goods for one in entries)
        if is_complete and not any(draft.named for draft in beside):
            entries.append(self._left_over(whole))
        return entries

    def _goods(self, draft: _Drafted, beside: list[_Drafted]) -> str:
        """Say in words which goods of the codes an entry is for, "" for all that are left."""
        if draft.named:
            return "" if _OTHER.match(draft.named) else draft.named
        parent, *sub = draft.parts
        if _eases(draft, beside):
            return self._short(f"{_DEROGATES}{draft.parts[-1]}", draft)
        is_part = draft.first.ex and not _is_rest(draft, beside)
        if sub:
            return self._of_sub_row(draft, beside, is_part=is_part)
        if any(d.parts[0] == parent for d in beside if len(d.parts) > 1):
            return self._short(draft.first.description.rsplit(_LISTED, 1)[-1], draft)
        plain = sum(d.is_plain and not _eases(d, beside) for d in beside)
        if is_part or (plain > 1 and parent and not _OTHER.match(parent)):
            return self._short(parent or f"what {draft.place} names", draft)
        return ""

    def _of_sub_row(self, draft: _Drafted, beside: list[_Drafted], *, is_part: bool) -> str:
        """Describe a sub-row; one whose "parent" has a rule of its own stands beside that."""
        parent, sub = draft.parts[0], ": ".join(draft.parts[1:])
        is_other = _OTHER.match(sub) is not None
        if not is_part:
            return "" if is_other else self._short(sub, draft)
        if any(len(d.parts) == 1 and d.parts[0] == parent for d in beside):
            return self._short(f"other than {_inside(parent)}" if is_other else sub, draft)
        if not self.agreement:
            return f"{parent}: {sub}"
        room = LONGEST_PHRASE - min(len(sub.split()), LONGEST_PHRASE // 2)
        return self._short(f"{shortened(parent, room)}: {sub}", draft)

    def _short(self, words: str, draft: _Drafted) -> str:
        return self.phrases.short(words, f"({draft.place})") if self.agreement else tidy(words)

    def _left_over(self, whole: list[Entry]) -> Entry:
        # The words must be such that "yes" may confer origin, as with every statement.
        fits = "the rule of the one that fits the good is met"
        words = f"{self.agreement} {_places(whole)}: {fits}".strip()
        return replace(
            whole[-1],
            goods="",
            rule=Statement(words),
            rows=tuple(row for one in whole for row in one.rows),
        )

    def _complain_of_repeats(self, entries: list[Entry]) -> None:
        seen: dict[tuple[HsRange, str], Entry] = {}
        for at, entry in enumerate(entries):
            key = (entry.codes, entry.goods)
            before = seen.setdefault(key, entry)
            if before is entry:
                continue
            if entry.goods and self.agreement:
                entries[at] = replace(entry, goods=_numbered(entry))
                continue
            what = f"has the codes of row {before.rows[0]} and no description that tells them apart"
            self.problems.append(Problem(self.file, entry.rows[0], "hs_from", what))


def _grouped(lines: Sequence[Line]) -> Iterable[tuple[Line, ...]]:
    """Give the lines of each entry: those that differ in the number of their alternative only."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        same = (line.label, line.codes, line.ex, line.description)
        group = groups.setdefault(same if line.alternative else line.row, [])
        if any(other.alternative == line.alternative for other in group):
            groups[line.row] = [line]
        else:
            group.append(line)
    return (tuple(group) for group in groups.values())


def _selector(rule: Rule) -> tuple[str, Rule]:
    """Take the good that a rule names off the rule."""
    if isinstance(rule, Selected) and rule.about is About.GOOD:
        return rule.words, rule.rule
    if isinstance(rule, Noted) and isinstance(rule.rule, Selected):
        words, inner = _selector(rule.rule)
        return words, Noted(inner, rule.notes) if words else rule
    return "", rule


def _eases(draft: _Drafted, beside: Iterable[_Drafted]) -> bool:
    """Tell whether a derogation stands beside the rule of the same goods, or of all the codes."""
    return draft.is_derogation and any(
        other.parts == draft.parts or other.is_plain or other.leaves_exceptions
        for other in beside
        if not other.is_derogation
    )


def _is_rest(draft: _Drafted, beside: Iterable[_Drafted]) -> bool:
    """Tell whether an "ex" entry is what is left of its codes: of a chapter, or by its words."""
    if draft.leaves_exceptions:
        return True
    by_chapter = len(draft.first.codes.start.digits) == CHAPTER_DIGITS
    return by_chapter and not any(d.is_plain or d.leaves_exceptions for d in beside)


def _is_covered(codes: HsRange, drafts: Iterable[_Drafted]) -> bool:
    """Tell whether a wider entry is for every good of its codes, these among them."""
    return any(
        draft.first.codes.width > codes.width
        and draft.first.codes.contains(codes.start)
        and draft.first.codes.contains(codes.end)
        and not draft.named
        for draft in drafts
    )


def _entry(draft: _Drafted, goods: str) -> Entry:
    rows = tuple(line.row for line in draft.lines)
    rule = _noted(draft.rule, _DEROGATION_NOTE) if draft.is_derogation else draft.rule
    return Entry(draft.first.codes, goods, rule, rows, draft.first.label)


def _kept(draft: _Drafted) -> Entry:
    """Leave the good in the rule: no other entry has a rule for the rest of its codes."""
    return replace(_entry(draft, ""), rule=Selected(About.GOOD, draft.named, draft.rule))


def _notes(rule: Rule) -> tuple[Note, ...]:
    members = rule.members if isinstance(rule, AnyOf) else (rule,)
    return tuple(note for one in members if isinstance(one, Noted) for note in one.notes)


def _noted(rule: Rule, note: Note) -> Rule:
    """Send a person to a note that bears on every alternative of a rule."""
    if isinstance(rule, AnyOf):
        return AnyOf(tuple(_noted(one, note) for one in rule.members))
    if isinstance(rule, Noted):
        return Noted(rule.rule, tuple(dict.fromkeys((*rule.notes, note))))
    return Noted(rule, (note,))


def _inside(words: str) -> str:
    """Put words into the middle of a phrase; a name in capitals stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _places(entries: Iterable[Entry]) -> str:
    return f"annex row {', '.join(entry.label or str(entry.rows[0]) for entry in entries)}"


def _numbered(entry: Entry) -> str:
    place = f"({entry.place})"
    return f"{shortened(entry.goods, LONGEST_PHRASE - len(place.split()))} {place}"
