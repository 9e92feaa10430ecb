"""Register companies and find them."""

from __future__ import annotations

from dataclasses import replace

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import Flaw, MissingError, UnfitError
from ooms.exporters.model import Exporter
from ooms.exporters.repository import ExporterRows


class Exporters:
    """The desk of companies."""

    def register(self, work: Work, exporter: Exporter, *, by: User) -> Exporter:
        """Register a company; the desk gives it its key.

        Raises:
            UnfitError: its tax number is registered already.

        """
        rows = ExporterRows(work.transaction)
        if rows.is_registered(country=exporter.country, tax_id=exporter.tax_id):
            raise UnfitError(Flaw("/tax_id", f"{exporter.tax_id} is registered already"))
        registered = replace(exporter, id=work.new_id(), registered_at=work.now)
        rows.add(registered)
        record(work, who=by.login, what="exporter.registered", subject=f"exporter/{registered.id}")
        return registered

    def get(self, work: Work, exporter_id: str, *, by: User) -> Exporter:
        """Return a company that the caller may see.

        Raises:
            MissingError: there is none.

        """
        by.require_sight(exporter_id, what="exporter", id=exporter_id)
        found = ExporterRows(work.transaction).find(exporter_id)
        if found is None:
            raise MissingError(what="exporter", id=exporter_id)
        return found

    def page(self, work: Work, window: Window, *, by: User) -> tuple[Exporter, ...]:
        """Return the companies that the caller may see."""
        return ExporterRows(work.transaction).page(window, company=by.company)
