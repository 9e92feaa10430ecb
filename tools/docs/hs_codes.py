"""The reference page of the HS editions: which ship, and how far one leads to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import permutations

from ooms.agreements.edition_tables import load_editions
from ooms.agreements.nomenclature import EDITIONS, Nomenclature
from ooms.kernel.hs import HsCode
from tools.docs import markdown

_NONE, _OWN, _OTHER, _SEVERAL = "none", "its own", "another", "several"

_OPENING = """\
An agreement's rules are written in one edition of the HS; a good may be classified in another.
The codes of five editions and their correlations ship with the product as digits, without wording.
`ooms/agreements/data/hs/SOURCES.md` names the sources and the known gaps.

A code of one edition has *candidates* in another: every code that its goods may have there.

- One candidate is taken.
- Several are judged each.
  Where the verdicts differ, the determination is `needs_fact` and asks for the code.
  Their order only suggests: the conversion of the source's own table first; on the way to a newer
  edition the code's own number first, then the codes that convert to it.
- None is asked for, and the same number is never taken over.
  `300219` of HS 2017 leads to no code of HS 2022, `291636` of HS 2007 to none of HS 2012.
- A code that its own edition does not have is asked for too: "850499 is not a code of HS 2022".
- A line of more than six digits has the candidates of its subheading.
  Whether an administration has that very line is not known here.
- A heading or chapter has the headings or chapters that its subheadings lead to.
  It has one alone only if all of them lead there: heading 8504 of HS 2022 leads to 8504 of HS 2017
  alone, and on the way back to 8504, 8524, 8529, 8541 and 8549.

An answer to `hs:product` or `hs:materials[0]` is a code of the edition of the rules.
One that this edition does not have leaves the question open.

HS 2022 put the waste of electronic goods under heading 8549, whatever the goods were.
So every code of chapters 84, 85, 90, 91 and 95 of HS 2017 has several candidates there.
Where the rules are in HS 2022, state the good's code of HS 2022.

`ooms hs show 850440 --edition 2017 --to 2022` shows what became of a code.\
"""

_IMPORTING = """\
The wording of the nomenclature is not part of the product.
An office loads its own tariff, with its own lines of up to twelve digits:
`ooms hs import tariff.csv --edition 2022 --language en`.

The file is CSV in UTF-8.
Its header names `code` and `description`, and may name `parent`; other columns are passed over.

| column | what must hold |
| --- | --- |
| `code` | two to twelve digits in pairs, with or without dots; of the edition; once in the file |
| `description` | not empty, at most 2,048 printable characters, one line |
| `parent` | empty, or a shorter code that this one begins with |

Every wrong row is named with file, row and column, the header being row 1; nothing is loaded then.
A tariff takes the place of the one of its edition and language, in one transaction.
The audit trail says so.
The same tariff again changes nothing.
"""


def pages() -> dict[str, str]:
    """Return the page by its path below docs/reference."""
    source = "`ooms/agreements/data/hs/`"
    return {"hs-editions.md": markdown.page("Editions of the HS", source, _lines())}


def _lines() -> Iterator[str]:
    yield _OPENING
    yield from markdown.section("What ships")
    yield from markdown.table(
        ("edition", "chapters", "headings", "subheadings"),
        ((edition, *_counts(edition)) for edition in EDITIONS),
    )
    yield from markdown.section("How many candidates a subheading has")
    yield from markdown.table(
        ("from", "to", _OWN, _OTHER, _SEVERAL, _NONE, "most"),
        ((source, target, *_crossing(source, target)) for source, target in _pairs()),
    )
    yield from markdown.section("Load a tariff")
    yield _IMPORTING.rstrip()


def _counts(edition: int) -> tuple[int, int, int]:
    known = Nomenclature.of(edition)
    return len(known.chapters), len(known.headings), len(known)


def _pairs() -> Iterator[tuple[int, int]]:
    yield from permutations(EDITIONS, 2)


def _crossing(source: int, target: int) -> tuple[int, ...]:
    editions, kinds, most = load_editions(), Counter[str](), 0
    for digits in Nomenclature.of(source).codes:
        found = editions.candidates(HsCode(digits), source, target)
        assert isinstance(found, tuple)  # the code exists, and every edition leads to every other
        most = max(most, len(found))
        kinds[_kind(HsCode(digits), found)] += 1
    return kinds[_OWN], kinds[_OTHER], kinds[_SEVERAL], kinds[_NONE], most


def _kind(code: HsCode, found: tuple[HsCode, ...]) -> str:
    if len(found) != 1:
        return _SEVERAL if found else _NONE
    return _OWN if found == (code,) else _OTHER
