"""Which goods an agreement's rate reaches in a country: excluded, covered, or within a quota.

The rows are data: what ships was read from a text, and an administration has lists of its own.
No quantity of a quota is kept here: whoever administers it allots it, and the importer shows the
reference of his licence or allotment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ooms.kernel.hs import CHAPTER_DIGITS


class Listing(StrEnum):
    """What a row says of its goods."""

    EXCLUDED = "EXCLUDED"
    COVERED = "COVERED"
    QUOTA = "QUOTA"
    #: No proof of origin is asked for these.
    NO_PROOF = "NO_PROOF"


#: What is excluded and what is covered make one list; a quota stands for itself.
REACHED = frozenset({Listing.EXCLUDED, Listing.COVERED})


@dataclass(frozen=True, slots=True)
class Listed:
    """Goods by the first digits of their code, as a country lets them in under an agreement.

    No digits mean every code.  `part` says which goods of the code are meant where it is not all
    of them; `origin` names the only Party whose goods are meant; the days are the first and the
    last on which it holds.
    """

    agreement: str
    country: str
    listing: Listing
    hs: str
    name: str
    source: str
    verified: bool
    part: str = ""
    origin: str = ""
    since: date | None = None
    until: date | None = None

    def holds(self, *, origin: str, on: date) -> bool:
        """Tell whether it speaks of goods of an origin on a day."""
        is_meant = not self.origin or self.origin == origin
        has_begun = self.since is None or self.since <= on
        return is_meant and has_begun and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Reach:
    """What the lists say of goods: whether the rate reaches them, and within which quota.

    `finer` is a row of a longer code than the one declared that says otherwise: then only the
    national line decides.  `unproved` names the list by which no proof of origin is asked for.
    """

    standing: Listed | None = None
    finer: Listed | None = None
    quota: Listed | None = None
    unproved: Listed | None = None


#: Agreement, country, chapter; rows of every code stand under no chapter.
_Shelf = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class GoodsLists:
    """Every list; of several rows on the same goods that of the longest code counts."""

    shelves: Mapping[_Shelf, tuple[Listed, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Listed]) -> GoodsLists:
        """Put rows together."""
        found: dict[_Shelf, list[Listed]] = {}
        for one in rows:
            shelf = one.agreement, one.country, one.hs[:CHAPTER_DIGITS]
            found.setdefault(shelf, []).append(one)
        return cls({shelf: tuple(rows) for shelf, rows in found.items()})

    def every(self) -> Iterator[Listed]:
        """Yield every row, in the order of their codes."""
        for _, rows in sorted(self.shelves.items()):
            yield from sorted(rows, key=lambda one: (one.hs, one.listing))

    def with_own(self, own: GoodsLists) -> GoodsLists:
        """Put an administration's lists in the place of those that ship.

        Of an agreement and a country its rows replace all: those of excluded and covered goods
        together, and each other list for itself.
        """
        told = {_list_of(one) for one in own.every()}
        kept = (one for one in self.every() if _list_of(one) not in told)
        return GoodsLists.of((*kept, *own.every()))

    def reach(self, *, agreement: str, country: str, origin: str, hs: str, on: date) -> Reach:
        """Say what holds on a day for goods of an origin under the code that is declared."""
        shelves = ((agreement, country, chapter) for chapter in (hs[:CHAPTER_DIGITS], ""))
        rows = (one for shelf in shelves for one in self.shelves.get(shelf, ()))
        holding = [one for one in rows if one.holds(origin=origin, on=on)]
        above = [one for one in holding if hs.startswith(one.hs)]
        standing = _longest(one for one in above if one.listing in REACHED)
        said = standing.listing if standing else Listing.COVERED
        finer = (
            one
            for one in holding
            if one.hs != hs and one.hs.startswith(hs) and one.listing in REACHED - {said}
        )
        quota = _longest(one for one in above if one.listing is Listing.QUOTA)
        unproved = _longest(one for one in above if one.listing is Listing.NO_PROOF)
        return Reach(standing, next(finer, None), quota, unproved)


def _longest(rows: Iterable[Listed]) -> Listed | None:
    return max(rows, key=lambda one: len(one.hs), default=None)


def _list_of(row: Listed) -> tuple[str, str, str]:
    return row.agreement, row.country, "" if row.listing in REACHED else row.listing
