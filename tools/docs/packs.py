"""The reference page of packs: every table and key, as the code that reads them asks for them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from ooms.agreements import loader, model, notation, pack_reading, policies
from ooms.agreements.pack_reading import Reading, Table
from ooms.agreements.product_table import COLUMNS
from ooms.kernel.quantity import parse_amount
from tools.docs import markdown
from tools.docs.pack_words import CASE_KEYS, EVERYWHERE, MEANINGS, PRODUCT_COLUMNS

_T = TypeVar("_T")
_SOURCE = "`ooms/agreements/loader.py`, `ooms/agreements/policies.py` and the words beside them"
_HEAD = ("key", "needed", "holds", "means")
_NEEDED, _OPTIONAL, _REPEATED = "needed", "may be left out", "any number"

_OPENING = """\
An agreement is a folder of four files:

| file | holds |
| --- | --- |
| `agreement.toml` | who, when, and every policy |
| `product_rules.csv` | the product rules; another name, or several, as the rule sets name them |
| `cases.toml` | worked cases that prove the pack |
| `NOTES.md` | what was read where, and what was not |

The shipped ones are the folders of `ooms/agreements/data/`; an office's own take their place:
[Load the rules of an agreement](../how-to/load-rules.md).

A pack is loaded whole or not at all.
Every problem is told with file, row and key; a key that this page does not name is one.
A policy that is left out means the stricter course: no tolerance, no cumulation, no set, no stock.
`ooms rules check AGREEMENT` loads a pack and judges its cases.
The tables `transport`, `proof`, `clock` and `provision` are data for people and other programs:
a determination does not judge them.

Ranges of codes are written `8504`, `850440`, `c85`, `7208..7217` or `c50..c63`.
Percentages and amounts are texts or whole numbers, never binary fractions: `"7.5"`.\
"""

#: The class whose docstring explains a table; the keys of `agreement.toml` itself need none.
_CLASSES: Mapping[str, type] = {
    "rule_set": model.RuleSet,
    "rule_set.general": model.GeneralRule,
    "rule_set.named": model.NamedRule,
    "rule_set.value": policies.ValuePolicy,
    "rule_set.tolerance": policies.Tolerance,
    "rule_set.tolerance.any_of": policies.ToleranceTest,
    "rule_set.tolerance.within": policies.Within,
    "rule_set.cumulation": policies.Cumulation,
    "rule_set.absorption": policies.Absorption,
    "rule_set.sets": policies.SetPolicy,
    "rule_set.fungible": policies.Fungible,
    "rule_set.exclusive_materials": policies.ExclusiveMaterials,
    "rule_set.minimal_operations": policies.MinimalOperations,
    "rule_set.treatment": policies.Treatment,
    "rule_set.transport": policies.Transport,
    "rule_set.outward": policies.OutwardProcessing,
    "rule_set.proof": policies.Proof,
    "rule_set.clock": policies.Clock,
    "rule_set.criterion": policies.PrintedCriterion,
    "rule_set.provision": policies.Provision,
}

_HOLDS: Mapping[object, str] = {
    notation.read: "a rule in [the notation](rule-notation.md)",
    pack_reading.boolean: "`true` or `false`",
    pack_reading.countries: "a list of country codes",
    pack_reading.edition: "2002, 2007, 2012, 2017 or 2022",
    pack_reading.hs_range: "a range of codes",
    pack_reading.period: '`{ from = "2021-01-01", until = "2026-01-01" }`',
    pack_reading.template: "text with blanks",
    pack_reading.text: "text",
    pack_reading.whole: "a whole number",
    parse_amount: "an amount",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One key of a table: whether it must be there, and what reads it."""

    key: str
    needed: bool
    read: object


@dataclass(slots=True)
class Inquiry:
    """Every table that was asked for, with its keys and how often it may stand."""

    keys: dict[str, dict[str, Asked]] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)


class AskingTable(Table):
    """A table that holds nothing and notes what the readers of packs ask it for."""

    __slots__ = ("inquiry",)

    def __init__(self, path: str, inquiry: Inquiry) -> None:
        super().__init__({}, path, Reading("", ""))
        self.inquiry = inquiry
        inquiry.keys.setdefault(path, {})

    def get(self, key: str, read: Callable[[Any], _T], default: _T) -> _T:
        """Note a key that must be there."""
        return self._note(Asked(key, needed=True, read=read), default)

    def maybe(self, key: str, read: Callable[[Any], _T], default: _T) -> _T:
        """Note a key that may be left out."""
        return self._note(Asked(key, needed=False, read=read), default)

    def maybe_one(self, key: str, read: Callable[[Table], _T]) -> _T:
        """Note a table that may be left out, and what it is asked for."""
        return read(self._inner(key, _OPTIONAL))

    def one(self, key: str, read: Callable[[Table], _T]) -> _T:
        """Note a table that must be there, and what it is asked for."""
        return read(self._inner(key, _NEEDED))

    def tables(self, key: str) -> Iterator[Table]:
        """Note an array of tables, and what each is asked for."""
        yield self._inner(key, _REPEATED)

    def _note(self, asked: Asked, default: _T) -> _T:
        self.inquiry.keys[self.path][asked.key] = asked
        return default

    def _inner(self, key: str, standing: str) -> AskingTable:
        path = f"{self.path}.{key}" if self.path else key
        self.inquiry.standing[path] = standing
        return AskingTable(path, self.inquiry)


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    return {"agreement-pack.md": markdown.page("The pack of an agreement", _SOURCE, _lines())}


def inquire() -> Inquiry:
    """Ask the readers of packs for every key they know."""
    inquiry = Inquiry()
    loader.read_agreement(AskingTable("", inquiry), lambda _name: "")
    return inquiry


def _lines() -> Iterator[str]:
    inquiry = inquire()
    yield _OPENING
    yield from markdown.section("agreement.toml")
    yield "The keys before the first table."
    yield ""
    yield from _keys("", inquiry)
    for path in inquiry.keys:
        if path:
            yield from _table(path, inquiry)
    yield from markdown.section("product_rules.csv")
    yield "UTF-8, commas, with this header; a pack without described goods may leave `goods` out."
    yield ""
    yield from markdown.table(
        ("column", "holds"), ((markdown.code(name), PRODUCT_COLUMNS[name]) for name in COLUMNS)
    )
    yield ""
    yield "The narrowest range that holds a good's code wins: 8403.10 before 8403 before 84."
    yield "The same codes may stand again only with other `goods`."
    yield 'A clause that nobody has read is `P("...")`: a question to a person, never a guess.'
    yield from _cases()


def _table(path: str, inquiry: Inquiry) -> Iterator[str]:
    standing = inquiry.standing[path]
    written = f"[[{path}]]" if standing == _REPEATED else f"[{path}]"
    yield from markdown.section(f"`{written}`", level=3)
    yield f"*{standing[0].upper()}{standing[1:]}.*"
    yield inspect.cleandoc(_CLASSES[path].__doc__ or "")
    yield ""
    yield from _keys(path, inquiry)


def _keys(path: str, inquiry: Inquiry) -> Iterator[str]:
    asked = inquiry.keys[path]
    yield from markdown.table(
        _HEAD,
        (
            (markdown.code(one.key), one.needed, holds(one.read), _meaning(path, one.key))
            for one in asked.values()
        ),
    )


def _meaning(path: str, key: str) -> str:
    return MEANINGS[path].get(key) or EVERYWHERE[key]


def holds(read: object) -> str:
    """Say what a value must be, from the function that reads it."""
    if isinstance(read, type) and issubclass(read, Enum):
        return f"one of {markdown.codes(_members(read))}"
    if getattr(read, "__name__", "") == "read_all":
        item = inspect.getclosurevars(read).nonlocals["read"]  # type: ignore[arg-type] # a function
        if isinstance(item, type) and issubclass(item, Enum):
            return f"a list of {markdown.codes(_members(item))}"
        return "ranges of codes" if item is pack_reading.hs_range else "a list of texts"
    return _HOLDS[read]


def _members(kind: type[Enum]) -> list[str]:
    return [str(one.value) or '""' for one in kind]


def _cases() -> Iterator[str]:
    yield from markdown.section("cases.toml")
    yield "Each `[[case]]` is a good and the verdict that this pack must give it."
    yield ""
    yield from markdown.table(
        ("key", "holds"), ((markdown.code(key), means) for key, means in CASE_KEYS.items())
    )
