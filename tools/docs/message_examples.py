"""One body of every message type, telling one certificate's story."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from eodes.domain.certificate import (
    Certificate,
    CertificateReference,
    CertificateState,
    ExportDeclarationLink,
    IssuanceKind,
    Relation,
)
from eodes.domain.message import CertificateId, MessageType
from eodes.domain.partner import AcceptedForm, Algorithm, TransitProof
from eodes.domain.record import read
from eodes.messages.ack_business import AcknowledgementBusiness, Warned
from eodes.messages.ack_technical import AcknowledgementTechnical
from eodes.messages.ack_transport import AcknowledgementTransport
from eodes.messages.capability import Capability, SpokenDialect
from eodes.messages.co_annul import AnnulmentReason, CertificateAnnulment
from eodes.messages.co_cancel import CertificateCancellation
from eodes.messages.co_cancel_reply import CancellationOutcome, CertificateCancellationReply
from eodes.messages.co_correct import CertificateCorrection
from eodes.messages.co_issue import CertificateIssue
from eodes.messages.co_query import CertificateQuery
from eodes.messages.co_record import CertificateRecord, QueryOutcome
from eodes.messages.co_retransmit import CertificateRetransmission, ChannelRange
from eodes.messages.co_use import CertificateUse, UseDecision, UsedQuantity, UseOutcome
from eodes.messages.error import Error, ErrorRefusal
from eodes.messages.export_link import ExportLink
from eodes.messages.recon_diff import (
    ReconciliationDifference,
    ReconciliationEntry,
    ReconciliationOutcome,
)
from eodes.messages.recon_digest import ReconciliationDigest
from eodes.messages.service_notice import NoticeKind, ServiceNotice
from eodes.messages.transit_evidence import TransitEvidence
from tools.docs import verification_examples

EXAMPLES_FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference" / "examples" / "KCFTA"
DIGEST = "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b"
RUN_ID = "0199f6a2-3c00-7000-8000-00000000000a"
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)


def example_certificate() -> Certificate:
    """Return the first example certificate of the China-Korea agreement."""
    file = min(EXAMPLES_FOLDER.glob("*.json"))
    return read(Certificate, json.loads(file.read_text("utf-8")))


def bodies() -> Mapping[MessageType, object]:
    """Return one body for each type of the catalogue."""
    certificate = example_certificate()
    named = CertificateId(
        certificate.export_country,
        certificate.agreement,
        certificate.number_raw,
        issued_on=certificate.issued_on,
    )
    return (
        _about_certificates(certificate, named)
        | _answers()
        | _between_systems(certificate)
        | verification_examples.bodies(certificate, named)
    )


def _about_certificates(
    certificate: Certificate, named: CertificateId
) -> dict[MessageType, object]:
    corrected = replace(
        certificate,
        number_raw=f"{certificate.number_raw}A",
        number_key="",
        issuance_kind=IssuanceKind.CORRECTION,
        lineage_position=1,
        references=(
            CertificateReference(
                Relation.REPLACES,
                certificate.number_raw,
                certificate.export_country,
                issued_on=certificate.issued_on,
            ),
        ),
    )
    used = UsedQuantity(Decimal(200), "C62")
    return {
        MessageType.CO_ISSUE: CertificateIssue(certificate),
        MessageType.CO_CORRECT: CertificateCorrection(
            corrected, named, "WRONG_CONSIGNEE", "The consignee was misspelled"
        ),
        MessageType.CO_CANCEL: CertificateCancellation(
            named, "NOT_SHIPPED", "The goods were not shipped"
        ),
        MessageType.CO_CANCEL_REPLY: CertificateCancellationReply(
            named, CancellationOutcome.REFUSED_UTILISED, "020260117000001"
        ),
        MessageType.CO_ANNUL: CertificateAnnulment(
            named, AnnulmentReason.VERIFICATION, "The producer kept no records", DAY
        ),
        MessageType.CO_USE: CertificateUse(
            named,
            "020260117000001",
            DAY,
            "Shanghai Customs",
            (UseDecision(1, UseOutcome.PARTLY, used, "1", "850440"),),
        ),
        MessageType.CO_QUERY: CertificateQuery(
            certificate.number_raw, certificate.issued_on, agreement=certificate.agreement
        ),
        MessageType.CO_RECORD: CertificateRecord(
            QueryOutcome.FOUND, CertificateState.ISSUED, certificate
        ),
        MessageType.EXPORT_LINK: ExportLink(
            named, (ExportDeclarationLink("41234-26-112233X", "1", DAY, DAY),)
        ),
        MessageType.TRANSIT_EVIDENCE: TransitEvidence(
            named,
            TransitProof.NON_MANIPULATION,
            "NM-2026-0042",
            "HK",
            DAY,
            date(2026, 11, 17),
            date(2026, 11, 19),
            "Customs and Excise Department",
            "HKHKG",
        ),
    }


def _answers() -> dict[MessageType, object]:
    refusal = ErrorRefusal(
        "SCH-INVALID",
        "HSCode: 4 digits; 6 to 12 are expected",
        retryable=False,
        path="/Message/Body/CertificateIssue/OriginCertificate/Goods/HSCode",
        box="9",
    )
    warning = Warned("RUL-TRANSLITERATED", "A trade mark was written in Latin letters")
    return {
        MessageType.ACK_TRANSPORT: AcknowledgementTransport(DIGEST, AT),
        MessageType.ACK_TECHNICAL: AcknowledgementTechnical(
            DIGEST, AT, held=True, note="Waits for K001-26-1234567, which it replaces"
        ),
        MessageType.ACK_BUSINESS: AcknowledgementBusiness(DIGEST, AT, "AVAILABLE", (warning,)),
        MessageType.ERROR: Error(DIGEST, (refusal,)),
    }


def _between_systems(certificate: Certificate) -> dict[MessageType, object]:
    entry = ReconciliationEntry(
        certificate.number_key,
        certificate.agreement,
        certificate.export_country,
        0,
        DIGEST,
        "AVAILABLE",
    )
    return {
        MessageType.CO_RETRANSMIT: CertificateRetransmission(channel=ChannelRange(117, 121)),
        MessageType.CAPABILITY: Capability(
            tuple(MessageType),
            (SpokenDialect("eodes", "1.0"), SpokenDialect("gacc", "1.0")),
            (Algorithm.ECDSA_SHA256,),
            2_000_000,
            (AcceptedForm("KCFTA", "KCFTA"), AcceptedForm("APTA", "APTA")),
        ),
        MessageType.SERVICE_NOTICE: ServiceNotice(
            NoticeKind.PLANNED_OUTAGE,
            AT,
            "New release; paper is taken meanwhile",
            datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
        ),
        MessageType.RECON_DIGEST: ReconciliationDigest(RUN_ID, DAY, DAY, 1, DIGEST, "KCFTA"),
        MessageType.RECON_DIFF: ReconciliationDifference(
            RUN_ID, ReconciliationOutcome.DIFF, (entry,)
        ),
    }
