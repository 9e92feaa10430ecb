"""Words of the company's pages, by the codes of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

#: What was done to an application, as its history tells it.
MOVES: Mapping[str, str] = {
    "drafted": N_("Draft begun"),
    "submitted": N_("Handed in"),
    "taken": N_("Taken for review"),
    "released": N_("Given back to the queue"),
    "assigned": N_("Assigned to an officer"),
    "approved": N_("Approved"),
    "refusal_proposed": N_("Refusal proposed"),
    "refusal_sent_back": N_("Proposed refusal sent back"),
    "refused": N_("Refused"),
    "completion_requested": N_("Completion asked for"),
    "ground_withdrawn": N_("A determination was withdrawn"),
    "returned": N_("Returned: it was not completed in time"),
    "withdrawn": N_("Withdrawn"),
    "site_check": N_("On-site check scheduled"),
    "postponement_asked": N_("Later day for the on-site check asked for"),
    "site_check_reported": N_("On-site check reported"),
}

#: Who did it.
ROLES: Mapping[str, str] = {
    "EXPORTER": N_("exporter"),
    "BROKER": N_("broker"),
    "OFFICER": N_("officer"),
    "SUPERVISOR": N_("supervisor"),
}

#: What an application asks for.
KINDS: Mapping[str, str] = {
    "NEW": N_("New certificate"),
    "REISSUE": N_("Certified true copy"),
    "CORRECTION": N_("Correction"),
    "REPLACEMENT": N_("Replacement"),
    "BACK_TO_BACK": N_("Back-to-back certificate"),
    "CANCELLATION": N_("Cancellation"),
}

#: What a quantity measures.
MEASURES: Mapping[str, str] = {
    "GROSS_WEIGHT": N_("Gross weight"),
    "NUMBER": N_("Number"),
    "NET_WEIGHT": N_("Net weight"),
    "LENGTH": N_("Length"),
    "AREA": N_("Area"),
    "VOLUME": N_("Volume"),
}

#: UN/ECE Recommendation 21.
PACKAGES: Mapping[str, str] = {
    "CT": N_("cartons"),
    "BX": N_("boxes"),
    "CS": N_("cases"),
    "CR": N_("crates"),
    "PX": N_("pallets"),
    "PK": N_("packages"),
    "BG": N_("bags"),
    "DR": N_("drums"),
    "RO": N_("rolls"),
    "BE": N_("bundles"),
    "NE": N_("unpacked"),
}

#: UN/ECE Recommendation 19.
TRANSPORT_MODES: Mapping[str, str] = {
    "1": N_("Sea"),
    "2": N_("Rail"),
    "3": N_("Road"),
    "4": N_("Air"),
    "5": N_("Mail"),
    "6": N_("Several modes"),
    "7": N_("Pipeline or cable"),
    "8": N_("Inland water"),
    "0": N_("Not specified"),
}

#: Whether the certificate names who made the goods.
DISCLOSURES: Mapping[str, str] = {
    "DISCLOSED": N_("Name the producer on the certificate"),
    "AVAILABLE_UPON_REQUEST": N_("Available to customs upon request"),
    "CONFIDENTIAL": N_("Confidential"),
}

#: What lint says, in two words.
SEVERITIES: Mapping[str, str] = {
    "REFUSE": N_("To be mended"),
    "WARN": N_("Look at this"),
}

#: Where an error in a certificate comes from.
CAUSES: Mapping[str, str] = {
    "CLERICAL": N_("A slip in this certificate alone"),
    "DETERMINATION": N_("The determination: every certificate that cites it is wrong"),
    "BILL": N_("The bill of materials: every certificate that rests on it is wrong"),
    "DECLARATION": N_("A supplier's declaration: every certificate that rests on it is wrong"),
}

#: What follows from an error.
REMEDIES: Mapping[str, str] = {
    "CORRECTION": N_("A corrected certificate"),
    "CANCELLATION": N_("Cancellation: the goods are not covered"),
}

#: Where a notice of error stands.
NOTICES: Mapping[str, str] = {
    "DRAFT": N_("Draft: not given yet"),
    "FILED": N_("Given"),
    "ACKNOWLEDGED": N_("Received by customs"),
    "PASSED_ON": N_("Partners were told"),
    "CLOSED": N_("Closed"),
    "WITHDRAWN": N_("Withdrawn"),
}

#: Where an inquiry stands.
INQUIRIES: Mapping[str, str] = {
    "NOTICED": N_("To be answered"),
    "PROLONGED": N_("To be answered, with more time"),
    "ANSWERED": N_("Answered"),
    "LAPSED": N_("Not answered in time; an answer is still taken"),
}

#: What is confidential without anybody's asking.
CLASSES: Mapping[str, str] = {
    "PRODUCTION_COST": N_("Production cost"),
    "PRODUCTION_PROCESS": N_("Production process"),
    "TRADING_PARTNERS": N_("Trading partners: names, addresses, amounts"),
    "PARTNER_DOCUMENTS": N_("Proofs that a partner's customs handed over"),
    "OTHER": N_("Other confidential matters"),
}

#: What a partner wants it for.
PURPOSES: Mapping[str, str] = {
    "VERIFICATION_CASE": N_("A verification by this partner"),
    "EVIDENCE_BUNDLE": N_("Evidence about a certificate"),
}

#: The kinds of papers that go with an answer.
PAPER_KINDS: Mapping[str, str] = {
    "INVOICE": N_("Invoice"),
    "TRANSPORT": N_("Transport document"),
    "EXPORT_DECLARATION": N_("Export declaration"),
    "PRODUCTION_RECORD": N_("Production record"),
    "COST_STATEMENT": N_("Cost statement"),
    "CONSENT": N_("Consent"),
    "OTHER": N_("Other"),
}

#: Why approval as exporter is applied for.
APPROVAL_KINDS: Mapping[str, str] = {
    "FIRST": N_("First approval"),
    "SECOND_AGREEMENT": N_("A second agreement for the same goods"),
    "RENEWAL": N_("Renewal"),
    "LIGHT_RENEWAL": N_("Renewal by a pledge"),
}
