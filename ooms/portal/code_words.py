"""Codes of the interface in words, where companies and officers both read them."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

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

#: What a partner wants it for.
PURPOSES: Mapping[str, str] = {
    "VERIFICATION_CASE": N_("A verification by this partner"),
    "EVIDENCE_BUNDLE": N_("Evidence about a certificate"),
}

#: What counts as an error of an application.
ERRORS: Mapping[str, str] = {
    "COMPLETION": N_("Completion was asked for"),
    "CORRECTED": N_("Corrected by the exporter's fault"),
    "REFUSED": N_("Refused"),
    "RETURNED": N_("Returned"),
}

#: The lists of applicants.
LISTS: Mapping[str, str] = {
    "ON_SITE": N_("List for checks on site"),
    "REVIEW_WAIVER": N_("List of waived reviews"),
}

#: Why a company stands on a list.
GROUNDS: Mapping[str, str] = {
    "AEO": N_("Authorized operator"),
    "CLEAN_VERIFICATION": N_("A verification found nothing amiss"),
    "COMPANY_APPROVAL": N_("Approved exporter"),
    "CONVICTIONS": N_("Convictions"),
    "ERROR_RATE": N_("Share of applications with an error"),
    "ITEM_APPROVAL": N_("Approved exporter of these goods"),
    "JUDGMENT": N_("Judgment of the issuing office"),
}
