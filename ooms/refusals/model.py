"""A refusal as every issuing office sees it, and the warning that it gives later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Good:
    """Goods as one application's refusal tells them again in another: code and maker."""

    agreement: str
    hs6: str
    maker: str

    @classmethod
    def of(cls, *, agreement: str, hs: str, maker: str) -> Good:
        """Reduce a line's goods to what survives another spelling of the maker's name."""
        return cls(agreement, hs[:6], " ".join(maker.casefold().split())[:256])


@dataclass(frozen=True, slots=True)
class Refusal:
    """Whom an office refused a certificate, for which goods and why; two people say so."""

    id: str
    application_id: str
    exporter_id: str
    goods: frozenset[Good]
    reason_code: str
    reason: str
    office: str
    proposed_by: str
    confirmed_by: str
    refused_at: datetime


class Because(StrEnum):
    """What a later application shares with a refused one."""

    SAME_EXPORTER = "SAME_EXPORTER"
    SAME_GOODS = "SAME_GOODS"


@dataclass(frozen=True, slots=True)
class Warned:
    """An earlier refusal that an officer should know of, and what it has to do with his case."""

    refusal: Refusal
    because: frozenset[Because]


def warning(refusal: Refusal, *, exporter_id: str, goods: frozenset[Good]) -> Warned:
    """Say what an application shares with an earlier refusal."""
    shared = {
        Because.SAME_EXPORTER: refusal.exporter_id == exporter_id,
        Because.SAME_GOODS: bool(refusal.goods & goods),
    }
    return Warned(refusal, frozenset(because for because, holds in shared.items() if holds))
