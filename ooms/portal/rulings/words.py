"""The words of advance rulings."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

STATES: Mapping[str, str] = {
    "RECEIVED": N_("To be ruled on"),
    "COMPLETION_REQUESTED": N_("To be completed by the applicant"),
    "RETURNED": N_("Returned"),
    "WITHDRAWN": N_("Withdrawn"),
    "IN_FORCE": N_("In force"),
    "REVOKED": N_("Revoked"),
}
COLORS: Mapping[str, str] = {
    "RECEIVED": "govuk-tag--blue",
    "COMPLETION_REQUESTED": "govuk-tag--yellow",
    "RETURNED": "govuk-tag--red",
    "IN_FORCE": "govuk-tag--green",
    "REVOKED": "govuk-tag--red",
}
STANDINGS: Mapping[str, str] = {
    "IMPORTER": N_("Importer"),
    "EXPORTER": N_("Exporter"),
    "PRODUCER": N_("Producer"),
    "AGENT": N_("Agent of one of them"),
}
#: What may be asked; an administration's own codes are told in its own words.
SUBJECTS: Mapping[str, str] = {
    "ORIGIN": N_("Origin of the goods or of their materials"),
    "CLASSIFICATION_OR_VALUE": N_("Classification, price or cost"),
    "ADDED_VALUE": N_("Value added in production"),
    "DRAWBACK_OR_RELIEF": N_("Drawback or relief of duty"),
    "MARKING": N_("Marking of origin"),
    "TIERED_QUOTA": N_("Rates that differ by quantity"),
    "AGREEMENT_MATTER": N_("What an agreement makes a matter of rulings"),
    "OTHER": N_("Another matter that preference rests on"),
}
ENDS: Mapping[str, str] = {
    "UPHELD": N_("The ruling stands"),
    "CHANGED": N_("The ruling was changed"),
}
