"""The message catalogue: every type that travels, one line each, alphabetical."""

from collections.abc import Mapping
from typing import Any

from eodes.domain.message import MessageType
from eodes.messages import (
    ack_business,
    ack_technical,
    ack_transport,
    capability,
    co_annul,
    co_cancel,
    co_cancel_reply,
    co_correct,
    co_issue,
    co_query,
    co_record,
    co_retransmit,
    co_use,
    error,
    export_link,
    recon_diff,
    recon_digest,
    service_notice,
    transit_evidence,
    verif_ack,
    verif_determine,
    verif_extend,
    verif_request,
    verif_result,
    visit_answer,
    visit_comments,
    visit_final,
    visit_findings,
    visit_proposal,
)
from eodes.messages.spec import MessageSpec

#: Bodies differ from type to type; a caller takes the one its type names.
AnySpec = MessageSpec[Any]

_SPECS: tuple[AnySpec, ...] = (
    ack_business.SPEC,
    ack_technical.SPEC,
    ack_transport.SPEC,
    capability.SPEC,
    co_annul.SPEC,
    co_cancel.SPEC,
    co_cancel_reply.SPEC,
    co_correct.SPEC,
    co_issue.SPEC,
    co_query.SPEC,
    co_record.SPEC,
    co_retransmit.SPEC,
    co_use.SPEC,
    error.SPEC,
    export_link.SPEC,
    recon_diff.SPEC,
    recon_digest.SPEC,
    service_notice.SPEC,
    transit_evidence.SPEC,
    verif_ack.SPEC,
    verif_determine.SPEC,
    verif_extend.SPEC,
    verif_request.SPEC,
    verif_result.SPEC,
    visit_answer.SPEC,
    visit_comments.SPEC,
    visit_final.SPEC,
    visit_findings.SPEC,
    visit_proposal.SPEC,
)

CATALOGUE: Mapping[MessageType, AnySpec] = {spec.type: spec for spec in _SPECS}
