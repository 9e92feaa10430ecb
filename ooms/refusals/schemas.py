"""Refusals on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from ooms.access.schemas import Body
from ooms.refusals.model import Refusal, Warned


class GoodOut(Body):
    """Goods as they are known again."""

    agreement: str
    hs6: str
    maker: str


class RefusalOut(Body):
    """A refusal as every issuing office sees it."""

    id: str
    application_id: str
    exporter_id: str
    goods: tuple[GoodOut, ...]
    reason_code: str
    reason: str
    office: str
    proposed_by: str
    confirmed_by: str
    refused_at: datetime

    @classmethod
    def of(cls, refusal: Refusal) -> Self:
        """Show a refusal."""
        names = set(cls.model_fields) - {"goods"}
        goods = sorted(refusal.goods, key=lambda one: (one.agreement, one.hs6, one.maker))
        return cls.model_validate(
            {name: getattr(refusal, name) for name in names}
            | {
                "goods": tuple(
                    GoodOut(agreement=one.agreement, hs6=one.hs6, maker=one.maker) for one in goods
                )
            }
        )


class WarningOut(Body):
    """An earlier refusal, and what this application shares with it."""

    because: tuple[str, ...]
    refusal: RefusalOut

    @classmethod
    def of(cls, warned: Warned) -> Self:
        """Show a warning."""
        return cls(because=tuple(sorted(warned.because)), refusal=RefusalOut.of(warned.refusal))


class WarningsOut(Body):
    """Every earlier refusal that an application calls to mind."""

    items: tuple[WarningOut, ...]
