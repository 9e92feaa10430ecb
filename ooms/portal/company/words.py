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
    "NUMBER": N_("Quantity"),
    "NET_WEIGHT": N_("Net weight"),
    "LENGTH": N_("Length"),
    "AREA": N_("Area"),
    "VOLUME": N_("Volume"),
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
