"""Load the tariff of an administration, and look up its wording."""

from __future__ import annotations

from collections.abc import Iterable

from ooms.audit.service import record
from ooms.db import Work
from ooms.tariffs.model import Loading, Tariff, Wording
from ooms.tariffs.repository import TariffRows


class Tariffs:
    """The desk of tariffs."""

    def load(self, work: Work, tariff: Tariff, *, who: str) -> Loading:
        """Put a tariff in the place of the one of its edition and language, if it differs."""
        rows = TariffRows(work.transaction)
        loaded = rows.digest(tariff.edition, tariff.language)
        if loaded == tariff.digest:
            return Loading.UNCHANGED
        if loaded is None:
            rows.add(tariff, now=work.now)
        else:
            rows.replace(tariff, now=work.now)
        record(
            work,
            who=who,
            what="tariff.loaded",
            subject=f"tariff/{tariff.edition}/{tariff.language}",
            facts={"digest": tariff.digest, "lines": str(len(tariff.lines))},
        )
        return Loading.ADDED if loaded is None else Loading.REPLACED

    def wording(self, work: Work, edition: int, *, codes: Iterable[str]) -> tuple[Wording, ...]:
        """Return what was loaded of some codes, in every language, by language and code."""
        return TariffRows(work.transaction).wording(edition, codes)
