"""Asks the desk of advance rulings whether the goods of a line were ruled on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ooms.claims.facts import Ruling
from ooms.claims.ports import Asked, Place
from ooms.crosschecks.likeness import key_of
from ooms.db import Work
from ooms.rulings.model import Goods, Grade
from ooms.rulings.service import Rulings

_SUBHEADING = 6
_LONGEST_KEY = 120


class RegisterOfRulings:
    """The rulings of our own office; only those on the same goods bind."""

    def __init__(self, rulings: Rulings) -> None:
        """Find rulings at a desk."""
        self._rulings = rulings

    def rulings(self, work: Work, asked: Sequence[Asked]) -> Mapping[Place, Ruling]:
        """Find the ruling that was made on the same goods, by the place of the line."""
        wanted = {
            one.place: (ruled_goods(one), one.declaration.declared_on, _importer(one))
            for one in asked
        }
        found = self._rulings.fitting(work, wanted)
        return {
            place: Ruling(one.number, self._rulings.office, one.answer.origin)
            for place, one in found.items()
            if one.match.grade is Grade.SAME
        }


def ruled_goods(asked: Asked) -> Goods:
    """Return the facts of a line that a ruling may rest on, as far as a claim states them."""
    line, held = asked.line, asked.held
    item = held.item(line.item_no) if held else None
    return Goods(
        holder=key_of(held.exporter if held else line.exporter or "")[:_LONGEST_KEY],
        agreement=line.agreement or (held.agreement if held else ""),
        hs6=line.hs[:_SUBHEADING],
        description=line.description or (item.description if item else ""),
        partner=held.issuing_country if held else line.origin,
        hs_edition=line.hs_edition,
    )


def _importer(asked: Asked) -> str:
    importer = asked.declaration.about.importer
    return key_of(importer.name)[:_LONGEST_KEY] if importer else ""
