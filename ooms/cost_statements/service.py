"""File a producer's statement, let an exporter cite it unseen, and take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ooms.access.model import User
from ooms.audit.service import record
from ooms.cost_statements.model import Judged, Named, Statement
from ooms.cost_statements.repository import StatementRows
from ooms.db import Window, Work
from ooms.determinations.model import Request
from ooms.determinations.service import Determinations
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.exporters.service import Exporters
from ooms.products.model import Product
from ooms.products.service import Products


@dataclass(frozen=True, slots=True)
class Filing:
    """What a producer files: for whom, of which product, and how it is to be judged."""

    named: Named
    product: Product
    request: Request
    valid_until: date | None = None


class Citers(Protocol):
    """Whoever cites statements and has to know when one is taken back."""

    def statement_withdrawn(self, work: Work, statement_id: str) -> None:
        """Hear that a statement was taken back."""
        ...


class CostStatements:
    """The desk of producers' cost statements."""

    def __init__(
        self, *, determinations: Determinations, exporters: Exporters, products: Products
    ) -> None:
        """Let that desk judge, and find exporters by their numbers."""
        self._determinations = determinations
        self._exporters = exporters
        self._products = products
        self._citers: Citers | None = None

    def connect(self, citers: Citers) -> None:
        """Tell somebody of statements that are taken back."""
        self._citers = citers

    def file(self, work: Work, filing: Filing, *, by: User) -> Judged:
        """Judge what a producer states, and keep it for the exporter whom he names.

        1. Find the exporter by its number; it is another company of the same country.
        2. Describe the product as the producer's own, with its bill.
        3. Determine its origin, so that the exporter may cite what was found.
        4. Keep who stated it for whom.

        Raises:
            UnfitError: no such exporter, or the case cannot be judged as it is written.

        """
        exporter_id = self._exporter(work, filing.named, by=by)  # 1
        product = self._products.describe(work, filing.product, by=by)  # 2
        determined = self._determinations.determine(  # 3
            work, product.id, request=filing.request, by=by, made_for=exporter_id
        )
        statement = Statement(  # 4
            id=determined.id,
            producer_id=determined.exporter_id,
            exporter_id=exporter_id,
            product_id=product.id,
            filed_by=by.id,
            filed_at=work.now,
            valid_from=determined.judged_on,
            valid_until=filing.valid_until,
        )
        if statement.why_ended(statement.valid_from):
            raise UnfitError(Flaw("/valid_until", "must come after the day that is judged"))
        StatementRows(work.transaction).add(statement)
        facts = {"agreement": determined.agreement, "for": exporter_id}
        self._record(work, statement, what="cost_statement.filed", by=by, facts=facts)
        return Judged(statement, product, determined)

    def withdraw(self, work: Work, statement_id: str, *, reason: str, by: User) -> Judged:
        """Take a statement back; what rests on it is stale, and whoever cites it is told.

        Raises:
            MissingError: the caller's company filed no such statement.
            ConflictError: it was taken back before.

        """
        current = self.get(work, statement_id, by=by)
        by.require_sight(current.statement.producer_id, what="cost statement", id=statement_id)
        if not StatementRows(work.transaction).withdraw(statement_id, because=reason, now=work.now):
            raise ConflictError(what="cost statement", current="withdrawn", wanted="withdrawn")
        self._determinations.staleness.refresh(work, (current.determined,))
        if self._citers is not None:
            self._citers.statement_withdrawn(work, statement_id)
        self._record(work, current.statement, what="cost_statement.withdrawn", by=by)
        return self.get(work, statement_id, by=by)

    def get(self, work: Work, statement_id: str, *, by: User) -> Judged:
        """Return a statement that concerns the caller's company, or any to the office.

        Raises:
            MissingError: there is none.

        """
        found = StatementRows(work.transaction).find(statement_id)
        if found is None or not found.is_for(by.company):
            raise MissingError(what="cost statement", id=statement_id)
        return self._judged(work, found, by=by)

    def page(self, work: Work, window: Window, *, by: User) -> tuple[Judged, ...]:
        """Return the statements that concern the caller's company, or all to the office."""
        found = StatementRows(work.transaction).page(window, company=by.company)
        return tuple(self._judged(work, one, by=by) for one in found)

    def ended(self, work: Work, ids: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """Return why statements stand no more, by the determinations made on them."""
        found = StatementRows(work.transaction).these(ids)
        return {one.id: one.why_ended(work.today) for one in found}

    def _exporter(self, work: Work, named: Named, *, by: User) -> str:
        producer = self._exporters.get(work, by.exporter_id or "", by=by)
        if named.country != producer.country:
            problem = f"a producer in {producer.country} states origin for exporters there"
            raise UnfitError(Flaw("/exporter/country", problem))
        exporter_id = self._exporters.numbered(work, country=named.country, tax_id=named.tax_id)
        if exporter_id is None:
            problem = "no company is registered under it; ask the exporter to register first"
            raise UnfitError(Flaw("/exporter/tax_id", problem, code="REF-UNKNOWN"))
        if exporter_id == producer.id:
            problem = "who exports what he makes has its origin determined, and cites that"
            raise UnfitError(Flaw("/exporter/tax_id", problem))
        return exporter_id

    def _judged(self, work: Work, statement: Statement, *, by: User) -> Judged:
        product, _ = self._products.as_it_is(work, statement.product_id)
        determined = self._determinations.cited(work, statement.id, by=by)
        return Judged(statement, product, determined)

    def _record(
        self,
        work: Work,
        statement: Statement,
        *,
        what: str,
        by: User,
        facts: dict[str, str] | None = None,
    ) -> None:
        subject = f"cost_statement/{statement.id}"
        record(work, who=by.login, what=what, subject=subject, facts=facts)
