"""Asks the desk of risk where lines go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from ooms.claims.declaration import Journey, Line, Person
from ooms.claims.facts import Routed
from ooms.claims.held import Held
from ooms.claims.ports import Asked, Place
from ooms.claims.terms import Terms
from ooms.crosschecks.likeness import key_of
from ooms.db import Work
from ooms.risk.model import Goods
from ooms.risk.service import Risk

_SUBHEADING = 6
_LONGEST_KEY = 120
#: A kilogram in UN/ECE Recommendation 20.
_KILOGRAM = "KGM"
_WHOLE = Fraction(1)


class RiskRouting:
    """The routing of claims by the desk of risk; it only ever says who looks."""

    def __init__(self, risk: Risk, *, terms: Terms) -> None:
        """Route by a desk, which compares goods by the kilogram."""
        self._risk = risk
        self._terms = terms

    def routes(self, work: Work, asked: Sequence[Asked], *, is_dry: bool) -> Mapping[Place, Routed]:
        """Say which lines somebody is to look at, and why; a dry run leaves no trace."""
        goods = tuple(goods_of(one, terms=self._terms) for one in asked)
        decisions = self._risk.foresee(work, goods) if is_dry else self._risk.route(work, goods)
        return {
            (one.goods.line_no, one.goods.spec_no): Routed(
                one.channel, one.reasons, is_picked=one.is_picked
            )
            for one in decisions
        }


def goods_of(asked: Asked, *, terms: Terms) -> Goods:
    """Return what of a line its risk depends on."""
    declaration, line, held = asked.declaration, asked.line, asked.held
    about = declaration.about
    return Goods(
        declaration=declaration.number,
        line_no=line.line_no,
        spec_no=line.spec_no,
        version=declaration.version,
        declared_on=declaration.declared_on,
        agreement=line.agreement or (held.agreement if held else ""),
        hs6=line.hs[:_SUBHEADING],
        origin=line.origin or (held.issuing_country if held else ""),
        exporter=_exporter(line, about.exporter, held),
        importer=_key(about.importer),
        certificate=key_of(line.certificate_number)[:_LONGEST_KEY],
        value=line.value,
        currency=line.currency,
        net_kg=_kilograms(line, held, terms),
        transit=_transit(about.journey, held),
    )


def _exporter(line: Line, declared: Person | None, held: Held | None) -> str:
    # The certificate names the exporter as a partner knows him; a declaration may only repeat it.
    if held is not None:
        return key_of(held.exporter)[:_LONGEST_KEY]
    return key_of(line.exporter or "")[:_LONGEST_KEY] or _key(declared)


def _key(person: Person | None) -> str:
    return key_of(person.identifier or person.name)[:_LONGEST_KEY] if person else ""


def _kilograms(line: Line, held: Held | None, terms: Terms) -> Decimal | None:
    """Weigh what is declared, or its share of the item's certified weight."""
    unit = terms.unit(line.unit)
    weighed = terms.units.amount({unit: line.quantity}, _WHOLE, unit=_KILOGRAM)
    item = held.item(line.item_no) if held else None
    if weighed is not None or item is None:
        return weighed
    share = terms.share(line.quantity, line.unit, lot=item.quantities)
    return None if share is None else terms.units.amount(item.quantities, share, unit=_KILOGRAM)


def _transit(journey: Journey, held: Held | None) -> tuple[str, ...]:
    ends = {journey.export_country, *((held.issuing_country, held.import_country) if held else ())}
    named = (one.country for one in journey.transshipments)
    return tuple(dict.fromkeys(one for one in named if one and one not in ends))
