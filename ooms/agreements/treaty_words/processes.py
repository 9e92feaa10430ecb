"""Reads the processes that a rule asks for, as keys that serve every agreement."""

from __future__ import annotations

import re
from itertools import product
from typing import Final

from ooms.agreements.rule import AllOf, AnyOf, Process, Rule, Statement

_HEADS: Final = (
    r"(?:change in particle size|change from the (?:wet|dry) state|production of|"
    r"[a-z-]+ing|[a-z-]+(?:ation|ition|ction|usion|ision|"
    r"ysis|olysis|osion)|removal|treatment|"
    r"assembly|growth|cut|processing|synthesis|crystal growth|needle punching|"
    r"non-?woven (?:techniques?|process))"
)
_NOT_A_PROCESS: Final = re.compile(
    r"%|not exceed|\bvalue\b|provided|however|originating|wholly|materials of any|any heading|"
    r"column|tariff|any other|no change|required|whether or not there|"
    r"^manufacture|\b(?:or|and) (?:manufacture|production|from)\b|"
    r"^production (?!of)|\bchange (?:to|of)\b|^change in (?:chapter|heading)|other than that|"
    r"may (?:not )?be used|\bRVC|\bCTH\b|\bCTSH\b|\bCC\b|:|;",
    re.IGNORECASE,
)
_COUNTS: Final = {"one": 1, "two": 2, "three": 3}
_FINISHING: Final = re.compile(
    r"at least (?P<count>one|two|three) (?:other )?(?:main )?(?:preparatory (?:or|and)?\s?/?)?\s?"
    r"(?:finishing )?operations?",
)
_ASIDE: Final = re.compile(
    r" ?\((?:such as|including|in particular|as standalone|as a standalone|for example|"
    r"e\.g\.)[^()]*\)"
)
_CUTTING: Final = re.compile(r"(making-up),? including (?:the )?cutting(?: of (?:the )?fabrics?)?")
_AFTER: Final = r"(?:accompanied|combined|carried out together)"
_CONNECTOR: Final = re.compile(rf",? (?:in each case )?{_AFTER} (?:with|by) |,? in addition to ")
_PRECEDED: Final = re.compile(r",? preceded by ")
_FOLLOWED: Final = re.compile(r",? followed by ")
_BEGINS: Final = re.compile(
    rf"(?:fin\d|(?:an? )?(?:(?:non-?woven )?fabric |yarn |wool |hand-|re|chemical |isomer |"
    rf"biotechnological |mechanical |thermal )?{_HEADS}\b(?! fabrics?\b| yarns?\b))"
)
# At most four words that qualify a process stand before it: `electrolytic or thermal separation`.
_OPENING: Final = re.compile(
    rf"(?:(?!(?:of|in|for|that|is|are|from|with|materials?|goods?|products?)\b)[\w/'-]+,? "
    rf"(?:or |and )?){{0,4}}?(?P<head>{_HEADS})\b"
)
_NO_WORK: Final = frozenset(
    {"according", "being", "clothing", "containing", "during", "existing", "following", "having",
     "heading", "including", "nothing", "originating", "remaining", "resulting", "string",
     "subheading", "within"}
)  # fmt: skip
_TOGETHER: Final = r" and (?:with |by )?"
_MAX_KEY: Final = 48


def read_process(words: str) -> Rule | None:
    """Read a process, a chain of processes, or alternatives of them."""
    text = words.strip(" ,.")
    text = text[:1].lower() + text[1:]
    text = text.replace("and/or", "or").replace("non-originating ", "").replace(" / ", "/")
    text = _FINISHING.sub(lambda found: f"fin{_COUNTS[found['count']]}", text)
    text = _CUTTING.sub(r"\1", _ASIDE.sub("", re.sub(r"(?<=ing)/(?=[a-z])", " or ", text)))
    if not text or _NOT_A_PROCESS.search(text):
        return None
    parts = _apart(text)
    chains = [] if _runs_together(parts) else [_chain(part) for part in parts]
    if chains and all(chains):
        found = tuple(dict.fromkeys(one for chain in chains for one in chain))
        return found[0] if len(found) == 1 else AnyOf(found)
    if _begins_with_process(text):
        return Statement(text)
    return None


def key_of(words: str) -> str:
    """Turn the name of a process into its key."""
    words = re.sub(r"^(?:the |an? |any )+", "", words.strip().lower())
    return re.sub(r"[^a-z0-9]+", "_", words).strip("_")


def _begins_with_process(text: str) -> bool:
    found = _OPENING.match(text)
    return found is not None and found["head"] not in _NO_WORK


def _apart(text: str) -> list[str]:
    """Part alternatives that each name a whole chain: `A with B or C with D`."""
    first, *rest = re.split(r"(,? or )(?!with |by )", text)
    parts = [first]
    for joiner, piece in zip(rest[::2], rest[1::2], strict=True):
        whole = _is_chained(piece) or " of " in piece
        if _is_chained(parts[-1]) and whole:
            parts.append(piece)
        else:
            parts[-1] += joiner + piece
    return parts


def _runs_together(parts: list[str]) -> bool:
    """Tell whether a chain has another process before it that may stand alone.

    `spinning, extrusion combined with spinning, or twisting combined with weaving` does not say
    whether spinning is combined with anything; with one chain its list shares what follows.
    """
    before = (_CONNECTOR.split(part)[0] for part in parts)
    return len(parts) > 1 and any(len(_regrouped(first, r", ")) > 1 for first in before)


def _is_chained(text: str) -> bool:
    return any(joiner.search(text) for joiner in (_CONNECTOR, _PRECEDED, _FOLLOWED))


def _chain(text: str) -> tuple[Rule, ...]:
    """Read one chain: each choice of what comes first with each choice of what follows."""
    before, after = _PRECEDED.split(text), _FOLLOWED.split(text)
    if len(before) > 1 and len(after) > 1:
        return ()
    if len(before) > 1:
        return _combined([_together(part) for part in reversed(before)], ordered=True)
    if len(after) > 1:
        return _combined([_together(part) for part in after], ordered=True)
    return _combined([_together(text)], ordered=False)


def _together(text: str) -> list[tuple[str, ...]]:
    steps = [_choices(part) for part in _CONNECTOR.split(text)]
    if not all(steps):
        return []
    return [tuple(key for group in chosen for key in group) for chosen in product(*steps)]


def _combined(steps: list[list[tuple[str, ...]]], *, ordered: bool) -> tuple[Rule, ...]:
    if not all(steps):
        return ()
    return tuple(_process(chosen, ordered=ordered) for chosen in product(*steps))


def _process(chosen: tuple[tuple[str, ...], ...], *, ordered: bool) -> Rule:
    keys = tuple(dict.fromkeys(key for group in chosen for key in group))
    if not ordered or len(keys) == 1:
        return Process(keys)
    if all(len(group) == 1 for group in chosen):
        return Process(keys, ordered=True)
    firsts = tuple(group[0] for group in chosen)
    return AllOf((Process(keys), Process(firsts, ordered=True)))


def _choices(words: str) -> list[tuple[str, ...]]:
    """Give the ways to do one step; each way is processes done together.

    A comma stands for the connector that closes its list: `a, b and c`, `a, b or c`.
    """
    words = words.strip(" ,")
    either = _regrouped(words, r",? or (?:with |by )?")
    listed = _regrouped(words, r", (?:and |or )?(?:with |by )?")
    if len(either) == 1 and len(listed) > 1:
        if " or " in listed[-1]:
            return []  # its commas may stand for the `or` of words that name no known process
        return _ways([words], r",? and (?:with |by )?|, (?:with |by )?")
    mixed = any(len(_regrouped(p, r" or ")) > 1 < len(_regrouped(p, " and ")) for p in listed)
    if mixed and len(listed) > 1:
        return []
    if len(either) > 1 and len(listed) == 1 and " and " in words:
        return _shared(either)
    ways = [way for part in either for way in _regrouped(part, r", (?:with |by )?")]
    return _ways(ways, _TOGETHER)


def _shared(either: list[str]) -> list[tuple[str, ...]]:
    """Read `weaving or knitting and making-up`: whichever it is, the good is made up.

    Else it is not said which of them go together.
    """
    *before, last = _regrouped(either[-1], _TOGETHER)
    if len(before) != 1 or key_of(last) != "making_up" or any(" and " in e for e in either[:-1]):
        return []
    return _ways([f"{way} and {last}" for way in (*either[:-1], *before)], _TOGETHER)


def _ways(ways: list[str], together: str) -> list[tuple[str, ...]]:
    read = [tuple(_step(step) for step in _regrouped(way, together)) for way in ways]
    return read if all(all(steps) for steps in read) else []


def _regrouped(words: str, connector: str) -> list[str]:
    """Split at a connector, but keep together what does not begin a process of its own."""
    parts: list[str] = []
    place = 0
    for found in re.finditer(connector, words):
        if _BEGINS.match(words[found.end() :]):
            parts.append(words[place : found.start()])
            place = found.end()
    return [*parts, words[place:]]


def _step(words: str) -> str:
    words = words.strip(" ,")
    if re.fullmatch(r"fin\d", words):
        return words
    key = key_of(words)
    words = re.sub(r"^(?:the |an? |any )+", "", words)
    named = re.match(rf"(?:(?!materials?\b)[a-z-]+ ){{0,2}}(?!(?:sub)?heading\b){_HEADS}\b", words)
    return key if named and key[:1].isalpha() and len(key) <= _MAX_KEY else ""
