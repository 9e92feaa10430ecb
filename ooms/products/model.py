"""A product with its HS code, and its bill of materials by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: One line of a bill, in the format of a determination case.
Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Bill:
    """What one unit is made of, and how; frozen once a determination rests on it."""

    version: int
    materials: tuple[Line, ...]
    processes: tuple[str, ...]
    frozen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What a company makes, classified in an edition of the Harmonized System."""

    id: str
    exporter_id: str
    description: str
    hs: str
    hs_edition: int
    described_at: datetime
    bill: Bill
    model: str | None = None
    trademark: str | None = None
    weight: str | None = None
