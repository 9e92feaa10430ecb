"""VERIF_* and VISIT_*: followed when they were recorded; here the office is told all they say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eodes.domain import record
from eodes.exchange.effects.case import Case
from eodes.exchange.verification_rules import VerificationBody, documents_of
from eodes.messages.verif_request import VerificationRequest
from eodes.messages.visit_proposal import VisitProposal
from eodes.store.records import Facts


def settle(case: Case[VerificationBody]) -> None:
    """Tell the office what was said in a case, under the kind of its type: `verif.request`.

    The bytes of papers stay in the archive, where `Gateway.annex` finds them by their digest.
    A request that came twice was told with the first.
    """
    body = case.body
    known = case.unit.verifications.lock(case.message.partner, body.case_id)
    place = _place(body)
    opened = known.opened_by.get(place) if known and place else None
    if opened is not None and opened.message_id != case.message.message_id:
        return
    case.tell(
        case.message.type.value.lower().replace("_", ".", 1),
        {
            "case_id": body.case_id,
            "asker": known.asker if known else None,
            "received_at": case.message.received_at.isoformat(),
            "annexes_inside": [one.sha256 for one in documents_of(body) if one.content],
            "said": said(body),
        },
    )


def said(body: VerificationBody) -> Facts:
    """Return a body as facts, its papers without their bytes."""
    papers = tuple(replace(one, content=None) for one in documents_of(body))
    whole: Any = body  # not every body has papers; one that has some has the field
    facts: Facts = record.write(replace(whole, documents=papers) if papers else whole)
    return facts


def _place(body: VerificationBody) -> str:
    match body:
        case VerificationRequest():
            return f"request/{body.round}"
        case VisitProposal():
            return f"visit/{body.visit_no}"
        case _:
            return ""
