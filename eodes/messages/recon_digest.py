"""RECON_DIGEST: the number and digest of what one side holds of some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.certificate import AgreementCode
from eodes.domain.message import Digest, MessageId, MessageType
from eodes.domain.record import Whole
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class ReconciliationDigest:
    """One run over the days from `day_from` to `day_to`, both included; no agreement means all."""

    run_id: MessageId
    day_from: date
    day_to: date
    count: Annotated[int, Whole()]
    digest: Digest
    agreement: AgreementCode | None = None


SPEC = message(
    MessageType.RECON_DIGEST,
    ReconciliationDigest,
    direction="either side",
    reply=MessageType.RECON_DIFF,
)
