"""A company that exports, and the person who signs its declarations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the company, and where."""

    name: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Exporter:
    """A company as it stands on certificates."""

    id: str
    name: str
    address: str
    city: str
    country: str
    tax_id: str
    signatory: Signatory
    registered_at: datetime
    telephone: str | None = None
    fax: str | None = None
    email: str | None = None
