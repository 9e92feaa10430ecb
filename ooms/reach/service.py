"""Follow a determination, a bill or a declaration to everything that rests on it."""

from __future__ import annotations

from collections.abc import Iterable

from ooms.access.model import User
from ooms.db import Work
from ooms.determinations.impact import Impact
from ooms.determinations.model import Determined
from ooms.determinations.service import Determinations
from ooms.reach.model import Link, Reached
from ooms.reach.repository import ReachRows

Links = dict[str, tuple[Link, ...]]

_ALL = frozenset(Link)


class Reach:
    """The desk that knows what rests on what."""

    def __init__(self, determinations: Determinations) -> None:
        """Follow the determinations of that desk."""
        self._determinations = determinations

    def of_declaration(
        self, work: Work, declaration_id: str, *, by: User
    ) -> tuple[tuple[tuple[Determined, Impact | None], ...], Reached]:
        """Return what rests on a declaration: determinations, and what rests on those.

        Raises:
            MissingError: there is no such declaration that the caller may see.

        """
        resting = self._determinations.impacts(work, declaration_id, by=by)
        links: Links = {one.id: (Link.DECLARATION,) for one, _ in resting}
        return resting, _reached(work, links)

    def of_determination(
        self, work: Work, determination_id: str, *, by: User, by_way_of: Iterable[Link] = _ALL
    ) -> Reached:
        """Return what shares a determination, its version of the bill, or its declarations.

        Raises:
            MissingError: there is no such determination that the caller may see.

        """
        start = self._determinations.cited(work, determination_id, by=by)
        rows, ways = ReachRows(work.transaction), frozenset(by_way_of)
        if by.company not in (None, start.exporter_id):
            # A producer's bill and declarations lead to what he makes for others.
            ways = frozenset()
        found: dict[Link, tuple[str, ...]] = {Link.DETERMINATION: (start.id,)}
        if Link.BILL in ways:
            found[Link.BILL] = rows.of_bill(start.product_id, start.bill_version)
        if Link.DECLARATION in ways:
            found[Link.DECLARATION] = rows.of_declarations(rows.declarations_of(start.id))
        links: Links = {}
        for link, keys in found.items():
            for key in keys:
                links[key] = (*links.get(key, ()), link)
        return _reached(work, links)

    def count(self, work: Work, determinations: Iterable[str]) -> dict[str, str]:
        """Count what rests on determinations, as facts of an entry in the trail."""
        keys, rows = tuple(determinations), ReachRows(work.transaction)
        return {
            "applications": str(len(rows.applications(keys))),
            "certificates": str(len(rows.certificates(keys))),
        }


def _reached(work: Work, links: Links) -> Reached:
    rows = ReachRows(work.transaction)
    return Reached(links, rows.applications(links), rows.certificates(links))
