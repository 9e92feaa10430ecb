"""Words of a company's figures, by the codes of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

ERRORS: Mapping[str, str] = {
    "COMPLETION": N_("Completion was asked for"),
    "CORRECTED": N_("Corrected by the exporter's fault"),
    "REFUSED": N_("Refused"),
    "RETURNED": N_("Returned"),
}
LISTS: Mapping[str, str] = {
    "ON_SITE": N_("List for checks on site"),
    "REVIEW_WAIVER": N_("List of waived reviews"),
}
GROUNDS: Mapping[str, str] = {
    "AEO": N_("Authorized operator"),
    "CLEAN_VERIFICATION": N_("A verification found nothing amiss"),
    "COMPANY_APPROVAL": N_("Approved exporter"),
    "CONVICTIONS": N_("Convictions"),
    "ERROR_RATE": N_("Share of applications with an error"),
    "ITEM_APPROVAL": N_("Approved exporter of these goods"),
    "JUDGMENT": N_("Judgment of the issuing office"),
}
SAID: Mapping[str, str] = {
    "YES": N_("Yes"),
    "NO": N_("No, not yet"),
    "NOT_APPLICABLE": N_("Does not apply"),
}
