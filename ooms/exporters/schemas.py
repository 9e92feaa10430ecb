"""Companies on the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body, Country, Name
from ooms.exporters.model import Exporter, Signatory

_UNREGISTERED = datetime.min.replace(tzinfo=UTC)


class SignatoryBody(Body):
    """Who signs for the company."""

    name: Name
    title: Annotated[str, Field(max_length=70)] = ""
    place: Annotated[str, Field(min_length=1, max_length=70)]


class ExporterIn(Body):
    """A company to register."""

    name: Name
    address: Annotated[str, Field(min_length=1, max_length=256)]
    city: Annotated[str, Field(min_length=1, max_length=50)]
    country: Country
    tax_id: Annotated[str, Field(min_length=1, max_length=35)]
    signatory: SignatoryBody
    telephone: Annotated[str, Field(max_length=25)] | None = None
    fax: Annotated[str, Field(max_length=25)] | None = None
    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")] | None = None

    def value(self) -> Exporter:
        """Return the company, still without its key."""
        return Exporter(
            id="",
            name=self.name,
            address=self.address,
            city=self.city,
            country=self.country,
            tax_id=self.tax_id,
            signatory=Signatory(**self.signatory.model_dump()),
            registered_at=_UNREGISTERED,
            telephone=self.telephone,
            fax=self.fax,
            email=self.email,
        )


class ExporterOut(ExporterIn):
    """A registered company."""

    id: str
    registered_at: datetime

    @classmethod
    def of(cls, exporter: Exporter) -> Self:
        """Show a company."""
        return cls.model_validate(exporter, from_attributes=True)
