"""SERVICE_NOTICE: a system goes, comes back, or its paper fallback begins or ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eodes.domain.certificate import FreeText
from eodes.domain.message import MessageType
from eodes.messages.spec import message


class NoticeKind(StrEnum):
    """What changes."""

    PLANNED_OUTAGE = "PLANNED_OUTAGE"
    UNPLANNED_OUTAGE = "UNPLANNED_OUTAGE"
    RESUMED = "RESUMED"
    FALLBACK_ON = "FALLBACK_ON"
    FALLBACK_OFF = "FALLBACK_OFF"


@dataclass(frozen=True, slots=True)
class ServiceNotice:
    """The change, when it begins, when it is thought to end, and words for the officers."""

    kind: NoticeKind
    starts_at: datetime
    text: FreeText
    ends_at: datetime | None = None


SPEC = message(MessageType.SERVICE_NOTICE, ServiceNotice, direction="either side")
