"""The words of verification cases: codes as their officers read them."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

STATES: Mapping[str, str] = {
    "SELECTED": N_("Selected"),
    "SELF_CHECK": N_("The importer looks himself"),
    "IMPORTER_INQUIRY": N_("The importer is asked"),
    "UNRESOLVED": N_("The importer's papers did not settle it"),
    "CLOSED_OK": N_("Closed: the importer's papers settled it"),
    "CORRECTED": N_("Closed: the importer looked himself and put it right"),
    "CORRECTED_BY_IMPORTER": N_("Closed: the importer was asked and put it right"),
    "DRAFT": N_("Drafted, to be approved"),
    "HQ_APPROVED": N_("Approved, to be sent"),
    "REQUESTED": N_("The partner is asked"),
    "ACKED": N_("The partner has the request"),
    "IN_PROGRESS": N_("The partner looks into it"),
    "EXTENDED": N_("The partner has more time"),
    "NO_REPLY": N_("The period ended without a reply"),
    "RESULT_RECEIVED": N_("The partner replied"),
    "MORE_INFO": N_("The partner is asked again"),
    "STOPPED": N_("The period stands still"),
    "PRELIMINARY": N_("Determined for comments"),
    "DETERMINED": N_("Determined"),
    "OBJECTED": N_("Objected to"),
    "CLOSED": N_("Closed"),
}
#: The board: who has the turn, and in which states.
PHASES: Mapping[str, tuple[str, ...]] = {
    N_("To be determined"): ("RESULT_RECEIVED", "NO_REPLY", "PRELIMINARY", "OBJECTED"),
    N_("With the partner"): (
        *("REQUESTED", "ACKED", "IN_PROGRESS", "EXTENDED", "MORE_INFO", "STOPPED"),
    ),
    N_("To be written, approved or sent"): ("UNRESOLVED", "DRAFT", "HQ_APPROVED"),
    N_("With the importer"): ("SELECTED", "SELF_CHECK", "IMPORTER_INQUIRY"),
    N_("Determined, the importer may object"): ("DETERMINED",),
    N_("Over"): ("CLOSED", "CLOSED_OK", "CORRECTED", "CORRECTED_BY_IMPORTER"),
}
#: States that need nobody's attention any more.
GOOD: tuple[str, ...] = ("CLOSED", "CLOSED_OK", "CORRECTED", "CORRECTED_BY_IMPORTER", "DETERMINED")
SELF_CHECK_GROUNDS: Mapping[str, str] = {
    "AEO": N_("He is an authorized economic operator"),
    "COMPANY_AUDIT": N_("His company is being audited"),
    "SMALL_AND_HONEST": N_("He is a small, conscientious business"),
    "APPROVED_EXPORTER": N_("He is an approved exporter as a company"),
    "CAN_CURE_IT": N_("He can find and mend the error himself"),
}
SELF_CHECK_ENDS: Mapping[str, str] = {
    "NOTHING_WRONG": N_("Nothing is wrong"),
    "CORRECTED": N_("The importer handed his declaration in anew"),
}
REASONS: Mapping[str, str] = {
    "CLAIM_CHECK": N_("The check of a claim"),
    "MODEL": N_("The selection of risks"),
    "RANDOM": N_("The random sample"),
    "TIP": N_("A tip"),
    "PARTNER": N_("A word of the partner"),
}
DOUBTS: Mapping[str, str] = {
    "RANDOM": N_("At random"),
    "MODEL": N_("Selection of risks"),
    "TIP": N_("Tip"),
    "SEAL": N_("Seal or signature"),
    "CRITERION": N_("Origin criterion"),
    "TRANSPORT": N_("Transport"),
    "QUANTITY": N_("Quantity"),
    "RESULT_INCOMPLETE": N_("The result is incomplete"),
}
EXTENSIONS: Mapping[str, str] = {
    "FORCE_MAJEURE": N_("Force majeure"),
    "APPEAL_PENDING": N_("An appeal is pending"),
    "ASKING_SIDE": N_("We asked for it"),
    "INVESTIGATION": N_("The investigation takes longer"),
}
RESULTS: Mapping[str, str] = {
    "ORIGINATING": N_("Originating"),
    "NOT_ORIGINATING": N_("Not originating"),
    "NOT_VERIFIABLE": N_("Cannot be verified"),
    "NO_REPLY": N_("No reply came"),
}
ANSWERS: Mapping[str, str] = {
    "YES": N_("Yes"),
    "NO": N_("No"),
    "UNDETERMINED": N_("Could not be found out"),
}
TELLINGS: Mapping[str, str] = {
    "REQUEST": N_("the partner was asked"),
    "EXTENSION": N_("more time was given"),
    "REPLY": N_("the partner replied"),
    "DECISION": N_("the determination"),
    "SUSPENSION": N_("preference is suspended"),
    "OBJECTION": N_("the objection is decided"),
}
CHANNELS: Mapping[str, str] = {
    "EMS": N_("Express mail"),
    "EMS_AND_EMAIL": N_("Express mail and e-mail"),
    "EMAIL": N_("E-mail"),
    "COURIER": N_("Courier"),
    "BY_HAND": N_("By hand"),
}
VISITS: Mapping[str, str] = {
    "PROPOSED": N_("Proposed"),
    "CONSENTED": N_("Consented to"),
    "REFUSED": N_("Refused"),
    "NO_ANSWER": N_("No answer came"),
    "POSTPONED": N_("Postponed"),
    "HELD": N_("Held"),
    "DRAFT_DETERMINATION": N_("The draft is with who was visited"),
    "COMMENTS": N_("Commented on"),
    "FINAL": N_("Determined"),
}
PLACES: Mapping[str, str] = {"PRODUCER": N_("Producer"), "EXPORTER": N_("Exporter")}
