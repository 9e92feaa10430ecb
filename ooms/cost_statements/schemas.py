"""Producers' cost statements on the wire: whole, or what an exporter needs to cite one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.confidentiality import ONLY_OWNER_AND_HOLDER, Sight, Withheld
from ooms.access.schemas import Body, Country, Reason, WithheldOut
from ooms.cost_statements.model import Judged, Named
from ooms.cost_statements.service import Filing
from ooms.determinations.schemas import DeterminationIn, DeterminationOut
from ooms.products.schemas import DescriptionBody, ProductIn


class ExporterBody(Body):
    """The exporter who may cite the statement, by the number it is registered under."""

    country: Country
    tax_id: Annotated[str, Field(min_length=1, max_length=35)]


class CostStatementIn(Body):
    """For whom, of which product with its bill, and under which agreement at which price."""

    exporter: ExporterBody
    product: ProductIn
    origin: DeterminationIn
    #: The first day on which it holds no more.
    valid_until: date | None = None

    def value(self, *, today: date) -> Filing:
        """Return the filing."""
        return Filing(
            named=Named(self.exporter.country, self.exporter.tax_id),
            product=self.product.value(),
            request=self.origin.value(today=today),
            valid_until=self.valid_until,
        )


class WithdrawalIn(Body):
    """Why the statement is taken back; only the producer and the officer read it."""

    reason: Reason


class FiledOut(Body):
    """What the producer and the deciding officer see."""

    producer_id: str
    exporter_id: str
    filed_by: str
    filed_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str
    determination: DeterminationOut


class CostStatementOut(Body):
    """A statement by its reference: lines cite it as `determination_id`."""

    reference: str
    product: DescriptionBody
    agreement: str
    importing_party: str
    verdict: str
    criterion: str | None
    valid_from: date
    valid_until: date | None
    state: str
    #: Why it stands no more as it was judged, in the words of the determinations.
    stale: tuple[str, ...]
    filed: FiledOut | None
    withheld: WithheldOut | None = None

    @classmethod
    def of(cls, judged: Judged, words: Mapping[str, str], *, seen: Sight, on: date) -> Self:
        """Show a statement as far as the reader may see it."""
        statement, determined = judged.statement, judged.determined
        is_named = seen is Sight.NAMED
        return cls(
            reference=statement.id,
            product=DescriptionBody(
                description=judged.product.description,
                hs=judged.product.hs,
                hs_edition=judged.product.hs_edition,
                model=judged.product.model,
                trademark=judged.product.trademark,
            ),
            agreement=determined.agreement,
            importing_party=determined.importing_party,
            verdict=determined.verdict,
            criterion=determined.criterion,
            valid_from=statement.valid_from,
            valid_until=statement.valid_until,
            state=statement.state(on),
            stale=tuple(sorted(determined.stale_reasons)),
            filed=None if is_named else _filed(judged, words, seen=seen),
            withheld=(
                WithheldOut.of(Withheld(("filed",), ONLY_OWNER_AND_HOLDER)) if is_named else None
            ),
        )


def _filed(judged: Judged, words: Mapping[str, str], *, seen: Sight) -> FiledOut:
    statement = judged.statement
    return FiledOut(
        producer_id=statement.producer_id,
        exporter_id=statement.exporter_id,
        filed_by=statement.filed_by,
        filed_at=statement.filed_at,
        withdrawn_at=statement.withdrawn_at,
        withdrawn_because=statement.withdrawn_because,
        determination=DeterminationOut.of(judged.determined, words, seen=seen),
    )
