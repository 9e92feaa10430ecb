"""Share refusals, and warn whoever handles a later application of the same kind."""

from __future__ import annotations

from ooms.db import Window, Work
from ooms.refusals.model import Good, Refusal, Warned, warning
from ooms.refusals.repository import RefusalRows


class Refusals:
    """The register that all issuing offices read: nobody shops for another issuer."""

    def share(self, work: Work, refusal: Refusal) -> None:
        """Keep a refusal; it warns every office from this transaction on."""
        RefusalRows(work.transaction).add(refusal)

    def warnings(
        self, work: Work, *, exporter_id: str, goods: frozenset[Good]
    ) -> tuple[Warned, ...]:
        """Return earlier refusals that an application of such goods calls to mind."""
        found = RefusalRows(work.transaction).alike(exporter_id=exporter_id, goods=goods)
        return tuple(warning(one, exporter_id=exporter_id, goods=goods) for one in found)

    def page(self, work: Work, window: Window) -> tuple[Refusal, ...]:
        """Return the newest refusals of all offices."""
        return RefusalRows(work.transaction).page(window)
