"""SERVICE_NOTICE: the partner announces an outage or its end."""

from __future__ import annotations

from datetime import timedelta

from eodes.exchange.effects.case import Case
from eodes.messages.service_notice import NoticeKind, ServiceNotice

#: An outage without an announced end is looked at again after this long.
OPEN_END = timedelta(hours=24)

_PAUSES = frozenset({NoticeKind.PLANNED_OUTAGE, NoticeKind.UNPLANNED_OUTAGE})


def settle(case: Case[ServiceNotice]) -> None:
    """Hold sending back during an outage that has begun, take it up again when it ends.

    An outage that is still to come is kept as news: the delivery meets it when it is there.
    """
    body = case.body
    register = case.unit.trust_register
    if body.kind is NoticeKind.RESUMED:
        register.suspend(case.message.partner, until=None, reason="")
    elif body.kind in _PAUSES and body.starts_at <= case.now:
        until = body.ends_at or case.now + OPEN_END
        register.suspend(case.message.partner, until=until, reason=body.text)
    case.tell(
        "partner.notice",
        {
            "kind": body.kind.value,
            "starts_at": body.starts_at.isoformat(),
            "ends_at": body.ends_at.isoformat() if body.ends_at else None,
            "text": body.text,
        },
    )
