"""RECON_DIFF: answers RECON_DIGEST: the same, or the list of what this side holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from eodes.domain.certificate import AgreementCode, Country
from eodes.domain.message import Digest, MessageId, MessageType
from eodes.domain.number import MAX_NUMBER_LENGTH
from eodes.domain.record import Count, Text, Whole
from eodes.messages.spec import message


class ReconciliationOutcome(StrEnum):
    """Whether both sides hold the same."""

    MATCH = "MATCH"
    DIFF = "DIFF"


@dataclass(frozen=True, slots=True)
class ReconciliationEntry:
    """One certificate as this side holds it."""

    number_key: Annotated[str, Text(MAX_NUMBER_LENGTH, 1, "[0-9A-Z]+")]
    agreement: AgreementCode
    issuing_country: Country
    position: Annotated[int, Whole(0, 99)]
    body_digest: Digest
    state: Annotated[str, Text(30, 1, "[A-Z][A-Z_]*")]


@dataclass(frozen=True, slots=True)
class ReconciliationDifference:
    """The outcome of a run, with entries where it is DIFF."""

    run_id: MessageId
    outcome: ReconciliationOutcome
    entries: Annotated[tuple[ReconciliationEntry, ...], Count(0, 10_000)] = ()


SPEC = message(MessageType.RECON_DIFF, ReconciliationDifference, direction="either side")
