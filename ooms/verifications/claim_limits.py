"""What verifications put in the way of a claim, in the words of the desk of claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ooms.claims.declaration import bare
from ooms.claims.facts import Limit, LimitKind
from ooms.claims.ports import Asked, Place
from ooms.db import Work
from ooms.verifications.against import look
from ooms.verifications.doubting import Doubted
from ooms.verifications.suspending import standing_of
from ooms.verifications.suspension import Goods, Standing


class ClaimLimits:
    """Tells of verifications, suspended preference and doubted certificates, by place of line."""

    def limits(self, work: Work, asked: Sequence[Asked]) -> Mapping[Place, tuple[Limit, ...]]:
        """Say what stands against goods, persons and certificates, by the place of the line."""
        goods = {one.place: about for one in asked if (about := goods_of(one)) is not None}
        certificates = {one.place: key for one in asked if (key := _certificate(one))}
        wanted = tuple(dict.fromkeys(goods.values()))
        against = look(work.transaction, wanted, certificates=set(certificates.values()))
        standings = {
            one: standing_of(one, against, on=asked[0].declaration.declared_on) for one in wanted
        }
        found = {
            one.place: (
                *(_of_goods(standings[goods[one.place]]) if one.place in goods else ()),
                *_of_certificate(against.doubts(certificates.get(one.place, ""))),
            )
            for one in asked
        }
        return {place: limits for place, limits in found.items() if limits}


def goods_of(asked: Asked) -> Goods | None:
    """Return the goods of a line as verifications name them; None where nobody is named."""
    said = asked.declaration.about
    exporter = asked.line.exporter or (said.exporter.name if said.exporter else "")
    if not exporter and asked.held is not None:
        exporter = asked.held.exporter
    if said.importer is None or not exporter:
        return None
    return Goods(said.importer.name, exporter, asked.line.hs[:6])


def _certificate(asked: Asked) -> str:
    return bare(asked.held.number if asked.held else asked.line.certificate_number)


def _of_goods(standing: Standing) -> Iterator[Limit]:
    if standing.verification_id is None or standing.is_released:
        return
    if standing.is_suspended:
        kind = LimitKind.SUSPENDED
    else:
        kind = LimitKind.NEGATIVE_RESULT if standing.is_adverse else LimitKind.OPEN_VERIFICATION
    yield Limit(kind, standing.because, standing.verification_id)


def _of_certificate(doubted: tuple[Doubted, ...]) -> Iterator[Limit]:
    for one in doubted:
        yield Limit(LimitKind.DOUBTED_CERTIFICATE, one.detail, one.verification_id)
