"""What verifications put in the way of a claim, in the words of the desk of claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ooms.claims.facts import Limit, LimitKind
from ooms.claims.ports import Asked, Place
from ooms.db import Work
from ooms.verifications.suspending import Suspending


class ClaimLimits:
    """Tells of open verifications and suspended preference, by the place of the line."""

    def __init__(self, suspending: Suspending) -> None:
        """Ask the desk of suspensions."""
        self._suspending = suspending

    def limits(self, work: Work, asked: Sequence[Asked]) -> Mapping[Place, tuple[Limit, ...]]:
        """Say what stands against goods and persons, by the place of the line."""
        found: dict[Place, tuple[Limit, ...]] = {}
        for one in asked:
            limit = self._limit(work, one)
            if limit is not None:
                found[one.place] = (limit,)
        return found

    def _limit(self, work: Work, asked: Asked) -> Limit | None:
        said = asked.declaration.about
        exporter = asked.line.exporter or (said.exporter.name if said.exporter else "")
        if not exporter and asked.held is not None:
            exporter = asked.held.exporter
        if said.importer is None or not exporter:
            return None
        standing = self._suspending.standing(
            work,
            importer=said.importer.name,
            exporter=exporter,
            hs6=asked.line.hs[:6],
            on=asked.declaration.declared_on,
        )
        if standing.verification_id is None or standing.is_released:
            return None
        kind = LimitKind.SUSPENDED if standing.is_suspended else LimitKind.OPEN_VERIFICATION
        return Limit(kind, standing.because, standing.verification_id)
