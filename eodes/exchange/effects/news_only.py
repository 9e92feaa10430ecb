"""Messages that change nothing here by themselves: the office is told and decides."""

from __future__ import annotations

from eodes.domain import record
from eodes.exchange.effects.case import Case


def settle(case: Case[object]) -> None:
    """Tell the office what the message says."""
    kind = case.message.type.value.lower().replace("_", ".", 1)
    facts = record.write(case.body)
    case.tell(kind, {"said": facts, "answers": case.header.causation_id})
