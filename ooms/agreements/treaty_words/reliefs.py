"""Reads what a rule adds to itself: `However, ... may be used`, notes, and quotas."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, TypeGuard

from ooms.agreements.rule import (
    About,
    AllOf,
    AnyOf,
    Codes,
    CodeSet,
    Described,
    Level,
    MadeFrom,
    Note,
    Noted,
    Pointer,
    Process,
    Relief,
    Rule,
    SameAsGood,
    Selected,
    Shift,
    ValueCap,
    WhollyObtained,
)
from ooms.agreements.rule_text import item_text
from ooms.agreements.treaty_words.amounts import read_amount
from ooms.agreements.treaty_words.conditions import read_conditions, together
from ooms.agreements.treaty_words.materials import described, near, read_materials
from ooms.agreements.treaty_words.phases import period_of
from ooms.agreements.treaty_words.quantities import (
    BASE,
    PERCENT,
    base_of,
    percent_is_possible,
    percent_of,
)
from ooms.agreements.treaty_words.sentences import SAME_DESCRIPTION, SAME_GROUP, limited
from ooms.kernel.hs import HsRange

_HOWEVER: Final = re.compile(r"^(?:however|in addition),? ?:? ?", re.IGNORECASE)
_CAP: Final = (
    rf",? provided(?: that)? (?:their|its|the)(?: total)? value(?:,? taken together,?)?(?: of "
    rf"(?:these|such) materials)? "
    rf"does not exceed {PERCENT} of {BASE}"
)
_MAY: Final = re.compile(
    r"(?P<set>.+?),? (?:may|can) (?:also )?be (?:used|incorporated)(?: (?:into|in) the (?:set|"
    r"product))?"
    rf"(?P<cap>{_CAP})?",
    re.IGNORECASE,
)
_MAY_NOT: Final = re.compile(r"(?P<set>.+?) (?:may|must|shall) not be used", re.IGNORECASE)
_AND_LIMIT: Final = re.compile(r",? and (?:in which|where) ")
_ON_TERMS: Final = re.compile(
    r"(?P<set>.+?) may be used(?:,? provided(?: that)?|,? only if) (?P<terms>[^%]+)", re.IGNORECASE
)
_BACKING: Final = re.compile(r"(?P<set>[^.%]{1,60}) may be used as (?:a )?backing", re.IGNORECASE)
_EITHER_BASE: Final = re.compile(
    r" (?P<one>\d[\d.]*% of the (?:EXW|ex-works price)) or "
    r"(?P<two>\d[\d.]*% of the FOB)(?: value)?",
    re.IGNORECASE,
)
_SAME_DESCRIPTION: Final = re.compile(
    r"(?:the )?materials of (?:this|the same) description(?: as the (?:product|good))?",
    re.IGNORECASE,
)
_SAME_GROUP: Final = re.compile(
    r"(?:the )?materials of the same group(?: as the (?:product|good))?", re.IGNORECASE
)
_THESE: Final = re.compile(r"(?:these|such|the said) materials", re.IGNORECASE)
_WHICH: Final = re.compile(r",? (?P<words>of which .+)")
_IDS: Final = r"(?P<ids>\d[\d.]*\d|\d)(?: (?:and|to) (?P<more>\d[\d.]*\d|\d))?"
_NOTES: Final = (
    re.compile(
        rf"\(?\bfor (?:[a-z]+ ){{1,4}}[^.;]*?,? see (?:also )?(?:introductory )?notes? "
        rf"{_IDS}\)?\.?",
        re.IGNORECASE,
    ),
    re.compile(rf"\(?\bsee (?:also )?(?:introductory )?notes? {_IDS}\)?\.?", re.IGNORECASE),
    re.compile(
        r"\bsee (?:also )?(?P<ids>(?:appendix|annex) [\w-]+)(?: \([^()]*\))?\.?", re.IGNORECASE
    ),
)  # fmt: skip
_NAMED: Final = (
    ("group", re.compile(
        r"\ba 'group' is regarded as any part of the heading separated from the rest by a "
        r"semicolon\.?", re.IGNORECASE
    )),
    ("all-applicable", re.compile(
        r"\bnote: where more than one product-specific rule is applicable to .+? must satisfy the "
        r"requirements of each applicable product-specific rule\.?", re.IGNORECASE
    )),
    ("predominant-group", re.compile(
        r"\bin the case of the products composed of materials classified within both .+?, this "
        r"restriction only applies to that group of materials which predominates by weight in the "
        r"product\.?", re.IGNORECASE
    )),
)  # fmt: skip


ALTERNATIVE: Final = Note(Pointer.NOTE, "alternative-rules")


def take_notes(text: str) -> tuple[str, tuple[Note, ...]]:
    """Take the notes that a text points to out of it."""
    names: list[str] = []
    for pattern in _NOTES:
        for found in pattern.finditer(text):
            named = found.groupdict()
            names += [n for n in (named["ids"], named.get("more")) if n]
        text = pattern.sub("", text)
    for name, sentence in _NAMED:
        if sentence.search(text):
            names.append(name)
            text = sentence.sub("", text)
    ids = dict.fromkeys(re.sub(r"\s+", "-", name.lower()) for name in names)
    return text.strip(), tuple(Note(Pointer.NOTE, name) for name in ids)


def noted(rule: Rule, notes: tuple[Note, ...]) -> Rule:
    """Attach notes to a rule, inside its selector where it has one."""
    if not notes:
        return rule
    if isinstance(rule, Selected):
        return replace(rule, rule=noted(rule.rule, notes))
    if isinstance(rule, Noted):
        return Noted(rule.rule, tuple(dict.fromkeys(rule.notes + notes)))
    return Noted(rule, notes)


def relieved(rule: Rule, sentence: str) -> Rule | None:
    """Add what a further sentence allows or forbids, or give None where it is not understood."""
    period = period_of(sentence)
    if period:
        return Selected(About.WHEN, period, rule)
    text = _HOWEVER.sub("", sentence.strip(" .;,"), count=1)
    eased = (ease(rule, text) for ease in (_by_either_base, _by_terms, _by_note, _by_amount))
    return next((each for each in eased if each is not None), _by_materials(rule, text))


def _by_either_base(rule: Rule, text: str) -> Rule | None:
    """Read a cap of two bases, `20% of the EXW or 15% of the FOB`: either is enough."""
    found = _EITHER_BASE.search(text)
    if found is None:
        return None
    ways = (
        f"{text[: found.start()]} {found[each]}{text[found.end() :]}" for each in ("one", "two")
    )
    eased = tuple(_by_materials(rule, re.sub(r" {2,}", " ", way)) for way in ways)
    return AnyOf(tuple(each for each in eased if each)) if all(eased) else None


def _by_terms(rule: Rule, text: str) -> Rule | None:
    more = _AND_LIMIT.search(text)
    if more:
        eased, limit = relieved(rule, text[: more.start()]), read_conditions(text[more.end() :])
        return limited(eased, limit) if eased and limit else None
    terms = None if _MAY.fullmatch(text) else _ON_TERMS.fullmatch(text)
    items = read_materials(terms["set"]) if terms else None
    named = _if(items, terms["terms"]) if terms and items else None
    return _on_terms(rule, named, forbidden=False, cap=None) if named else None


def _by_note(rule: Rule, text: str) -> Rule | None:
    """Leave to a person what may be used beside a process, or as a backing."""
    backing = _BACKING.fullmatch(text) and not isinstance(rule, MadeFrom)
    if not backing and not (_is_process(rule) and _MAY.fullmatch(text)):
        return None
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return noted(rule, (Note(Pointer.NOTE, name),))


def _is_process(rule: Rule) -> bool:
    members = rule.members if isinstance(rule, AnyOf | AllOf) else (rule,)
    return all(isinstance(member, Process) for member in members)


def _by_amount(rule: Rule, text: str) -> Rule | None:
    cap = read_amount(text)
    if cap is None:
        work = read_conditions(text)
        return limited(rule, work) if isinstance(work, Process) else None
    return limited(rule, cap) if rule != Shift(Level.ANY) else together((rule, cap))


def _by_materials(rule: Rule, text: str) -> Rule | None:
    backing = _BACKING.fullmatch(text)
    if backing:
        kind = described(f"{backing['set']} used as a backing")
        return _on_terms(rule, (kind,), forbidden=False, cap=None) if kind else None
    may, may_not = _MAY.fullmatch(text), _MAY_NOT.fullmatch(text)
    found = may_not or may
    items = _materials(found["set"], rule) if found and percent_is_possible(found) else None
    if items is None:
        return None
    return _on_terms(rule, items, forbidden=bool(may_not), cap=None if may_not else may)


def _if(items: CodeSet, terms: str) -> CodeSet | None:
    """Name materials that are admitted on terms which a person must confirm."""
    named = []
    for item in items:
        within = item.range if isinstance(item, Codes) else item
        if not isinstance(within, HsRange | SameAsGood):
            return None
        named.append(Described(f"materials, if {terms}", within))
    return tuple(named)


def _materials(words: str, rule: Rule) -> CodeSet | None:
    if _SAME_DESCRIPTION.fullmatch(words):
        return (Described(SAME_DESCRIPTION, near("heading")),)
    if _SAME_GROUP.fullmatch(words):
        return (Described(SAME_GROUP, near("heading")),)
    if _THESE.fullmatch(words):
        return rule.exceptions if isinstance(rule, Shift) else None
    which = _WHICH.search(words)
    items = read_materials(words[: which.start()] if which else words)
    if items is None or which is None:
        return items
    named = [described(f"{i.words} {which['words']}") for i in items if isinstance(i, Described)]
    if len(named) < len(items) or not all(named):
        return None
    return tuple(
        Described(one.words, item.within)
        for one, item in zip(named, items, strict=True)
        if one and isinstance(item, Described)
    )


def _on_terms(
    rule: Rule, items: CodeSet, *, forbidden: bool, cap: re.Match[str] | None
) -> Rule | None:
    match rule:
        case Shift():
            return _shift_on_terms(rule, items, forbidden=forbidden, cap=cap)
        case MadeFrom() if forbidden:
            return together((rule, Shift(Level.ANY, exceptions=items)))
        case MadeFrom(items=kinds):
            return _made_from_on_terms(kinds, items, cap)
        case WhollyObtained() if not forbidden and not _is_capped(cap):
            return _wholly_but(rule, items)
        case AllOf(members=members):
            return _inside(members, items, forbidden=forbidden, cap=cap)
        case _:
            return None


def _inside(
    members: tuple[Rule, ...], items: CodeSet, *, forbidden: bool, cap: re.Match[str] | None
) -> Rule | None:
    """Change the one member that the words can be about: the shift, or else the last."""
    shifts = [place for place, member in enumerate(members) if isinstance(member, Shift)]
    if len(shifts) > 1:
        return None
    place = shifts[0] if shifts else len(members) - 1
    eased = _on_terms(members[place], items, forbidden=forbidden, cap=cap)
    return AllOf((*members[:place], eased, *members[place + 1 :])) if eased else None


def _wholly_but(rule: WhollyObtained, items: CodeSet) -> Rule | None:
    """All of a described kind wholly obtained, but for what the words let through."""
    match rule.items:
        case (*others, Described() as last):
            words = f"{last.words} other than {_spoken(items)}"
            return WhollyObtained((*others, Described(words, last.within)))
        case _:
            return None


def _spoken(items: CodeSet) -> str:
    words = (item_text(item).replace('"', "").replace("@", " of ") for item in items)
    return " and ".join(f"materials of {word}" if word[:1].isdigit() else word for word in words)


def _shift_on_terms(
    shift: Shift, items: CodeSet, *, forbidden: bool, cap: re.Match[str] | None
) -> Rule | None:
    if forbidden:
        return replace(shift, exceptions=shift.exceptions + items)
    if not _is_capped(cap):
        return replace(shift, readmitted=shift.readmitted + items)
    base = base_of(cap["base"])
    if base is None or shift.relief is not None:
        return None
    if shift.level is Level.ANY and not set(items) <= set(shift.exceptions):
        shift = replace(shift, exceptions=shift.exceptions + items)
    return replace(shift, relief=Relief(items, percent_of(cap), base))


def _made_from_on_terms(kinds: CodeSet, items: CodeSet, cap: re.Match[str] | None) -> Rule | None:
    widened = MadeFrom(tuple(dict.fromkeys(kinds + items)))
    if not _is_capped(cap):
        return widened
    base = base_of(cap["base"])
    return together((widened, ValueCap(percent_of(cap), base, items)))


def _is_capped(cap: re.Match[str] | None) -> TypeGuard[re.Match[str]]:
    return cap is not None and bool(cap.groupdict().get("cap"))
