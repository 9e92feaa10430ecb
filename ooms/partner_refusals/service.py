"""Keep what partners refuse, and tell how often they refused for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ooms.db import Work
from ooms.partner_refusals.model import DAYS, Record, Refusal, reasons_in
from ooms.partner_refusals.repository import PartnerRefusalRows


@dataclass(frozen=True, slots=True)
class Heard:
    """A message in which a partner says something of a certificate of ours, and when."""

    partner: str
    message_id: str
    certificate_id: str
    agreement: str
    at: datetime


def keep(work: Work, heard: Heard, *, facts: Mapping[str, object]) -> None:
    """Keep every reason for which a piece of news, heard for the first time, refuses."""
    PartnerRefusalRows(work.transaction).keep(
        Refusal(
            partner=heard.partner,
            message_id=heard.message_id,
            certificate_id=heard.certificate_id,
            agreement=heard.agreement,
            reason=reason,
            at=heard.at,
        )
        for reason in reasons_in(facts)
    )


def since(work: Work) -> datetime:
    """Tell from when on refusals count."""
    return work.now - timedelta(days=DAYS)


def record_of(work: Work, partner: str, *, agreement: str, sent: int) -> Record:
    """Tell what a partner refused lately of so many certificates of an agreement."""
    rows, start = PartnerRefusalRows(work.transaction), since(work)
    return Record(
        partner=partner,
        days=DAYS,
        sent=sent,
        refused=rows.refused(partner, agreement=agreement, since=start),
        counts=rows.counts(partner, agreement=agreement, since=start),
    )
