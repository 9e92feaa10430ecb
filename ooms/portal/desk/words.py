"""The words of the desk: codes as officers read them."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

#: Where an application of the queue may stand, in the order of its way.
IN_QUEUE = (
    "SUBMITTED",
    "UNDER_REVIEW",
    "COMPLETION_REQUESTED",
    "ON_SITE_CHECK",
    "REFUSAL_PROPOSED",
    "APPROVED",
)
KINDS: Mapping[str, str] = {
    "NEW": N_("New certificate"),
    "REISSUE": N_("Certified copy"),
    "CORRECTION": N_("Correction"),
    "REPLACEMENT": N_("Replacement"),
    "BACK_TO_BACK": N_("Back-to-back certificate"),
    "CANCELLATION": N_("Cancellation"),
}
#: The five checks before issue.
CHECKS: Mapping[str, str] = {
    "STANDING": N_("Is the applicant entitled?"),
    "IN_TIME": N_("Was it applied for in time?"),
    "ORIGIN": N_("Do the goods originate?"),
    "FORM": N_("Is the form filled in as it must be?"),
    "PAPERS": N_("Are the papers there, and do they agree?"),
}
FINDINGS: Mapping[str, str] = {
    "PASSED": N_("Passed"),
    "FAILED": N_("Failed"),
    "OPEN": N_("Open: you decide"),
}
#: What became of an application, as its history tells it.
MOVES: Mapping[str, str] = {
    "drafted": N_("Draft begun"),
    "submitted": N_("Handed in"),
    "taken": N_("Taken for review"),
    "released": N_("Given back to the queue"),
    "assigned": N_("Assigned"),
    "completion_requested": N_("Completion asked for"),
    "site_check": N_("Visit announced"),
    "postponement_asked": N_("Later visit asked for"),
    "site_check_reported": N_("Visit reported"),
    "approved": N_("Approved"),
    "refusal_proposed": N_("Refusal proposed"),
    "refusal_sent_back": N_("Proposed refusal returned to its officer"),
    "refused": N_("Refused"),
    "returned": N_("Returned: not completed in time"),
    "withdrawn": N_("Withdrawn by the exporter"),
    "ground_withdrawn": N_("A ground of a line was taken back"),
    "issued": N_("Certificate issued"),
}
VERDICTS: Mapping[str, str] = {
    "originating": N_("Originating"),
    "non_originating": N_("Not originating"),
    "needs_fact": N_("A fact is missing"),
}
#: Why a determination does not stand any more.
STALE: Mapping[str, str] = {
    "BILL": N_("the bill of materials has a newer version"),
    "EDITION": N_("the goods are classified otherwise"),
    "PERIOD": N_("the producer's cost statement has ended"),
    "PRICE": N_("the goods are sold below the lowest price at which the rule is met"),
    "PROOF": N_("a supplier's declaration expired or was revoked"),
    "RULES": N_("the rules changed"),
    "WITHDRAWN": N_("the producer took his cost statement back"),
}
#: What an earlier refusal shares with an application.
SHARED: Mapping[str, str] = {
    "SAME_EXPORTER": N_("the same exporter"),
    "SAME_GOODS": N_("the same goods"),
}
REGISTERS: Mapping[str, str] = {
    "APPROVED_EXPORTER": N_("Approved exporters"),
    "BUSINESS_REGISTRY": N_("Business registry"),
    "EXPORT_DECLARATION": N_("Export declarations"),
    "RECALLED_GOODS": N_("Recalled or unsafe goods"),
    "RESTRICTED_PARTIES": N_("Restricted parties"),
    "STRATEGIC_GOODS": N_("Permits for strategic goods"),
}
#: What an answer of a register does to the issue.
POLICIES: Mapping[str, str] = {
    "SOFT": N_("the deciding officer may let it pass"),
    "HARD": N_("only a supervisor may let it pass"),
}
ANSWERS: Mapping[str, str] = {
    "CLEAR": N_("Nothing against it"),
    "HIT": N_("A hit"),
    "UNKNOWN": N_("No answer"),
}
SEVERITIES: Mapping[str, str] = {
    "REFUSE": N_("Stops the issue"),
    "WARN": N_("Look at it"),
}
OUTCOMES: Mapping[str, str] = {
    "OPEN": N_("Waits for the exporter"),
    "ANSWERED": N_("Answered"),
    "LAPSED": N_("Not answered in time"),
    "WITHDRAWN": N_("Withdrawn"),
}
VISITS: Mapping[str, str] = {
    "SCHEDULED": N_("Visit announced"),
    "POSTPONEMENT_ASKED": N_("A later day is asked for"),
    "DONE": N_("Visit held"),
}
VISIT_OUTCOMES: Mapping[str, str] = {
    "CONFORM": N_("What was stated holds"),
    "NOT_CONFORM": N_("What was stated does not hold"),
    "VISIT_REFUSED": N_("The visit was refused"),
}
ACCOUNTS: Mapping[str, str] = {
    "APPLIED": N_("Applied, not yet verified"),
    "VERIFIED": N_("Verified"),
    "ACTIVE": N_("Active"),
    "SUSPENDED": N_("Suspended"),
    "CLOSED": N_("Closed"),
}
#: What the form of a company's number says.
IDENTIFIERS: Mapping[str, str] = {
    "VALID": N_("As the numbers of its country are"),
    "INVALID": N_("Not as the numbers of its country are"),
    "UNKNOWN_SCHEME": N_("Not checked: the scheme of its country is not known here"),
}
#: What happened to a company at this office.
EVENTS: Mapping[str, str] = {
    "account_moved": N_("Account moved"),
    "delegated": N_("A broker may act for it"),
    "delegation_revoked": N_("A broker acts for it no more"),
    "registered": N_("Registered"),
    "signatory_added": N_("Signature card kept"),
    "signatory_changed": N_("Somebody else signs for it"),
    "signatory_revoked": N_("Signature card revoked"),
    "site_added": N_("Site added"),
    "site_closed": N_("Site closed"),
}
#: What a company lets a broker do for it.
SCOPES: Mapping[str, str] = {
    "GOODS": N_("goods and origin"),
    "CERTIFICATES": N_("certificates"),
    "APPROVALS": N_("approval as exporter"),
}
#: What an officer states about an applicant.
FACTS: Mapping[str, str] = {
    "CONVICTION": N_("Conviction"),
    "JUDGMENT": N_("Judgment of the issuing office"),
    "AEO": N_("Authorized operator"),
    "CLEAN_VERIFICATION": N_("A verification found nothing amiss"),
}
#: Where an edition of a list of applicants stands.
EDITIONS: Mapping[str, str] = {
    "PROPOSED": N_("Proposed"),
    "PUBLISHED": N_("Fixed"),
    "DROPPED": N_("Dropped for a newer proposal"),
}
#: What became of a number that was set aside.
FATES: Mapping[str, str] = {
    "OPEN": N_("Not accounted for yet"),
    "REGISTERED": N_("Registered"),
    "SPOILED": N_("Spoiled"),
    "UNUSED": N_("Never used"),
}
MEASURES: Mapping[str, str] = {
    "GROSS_WEIGHT": N_("Gross weight"),
    "NET_WEIGHT": N_("Net weight"),
    "NUMBER": N_("Quantity"),
    "LENGTH": N_("Length"),
    "AREA": N_("Area"),
    "VOLUME": N_("Volume"),
}
#: What stands on the list of a day.
ACTS: Mapping[str, str] = {
    "issued": N_("Issued"),
    "corrected": N_("Corrected"),
    "reissued": N_("Certified copy made"),
    "cancellation_requested": N_("Cancellation asked for"),
    "cancelled": N_("Cancelled"),
    "cancellation_refused": N_("Cancellation refused by the partner"),
    "export_linked": N_("Export declaration named"),
    "refused": N_("Refused"),
}
#: Where a verification stands that a partner asked for.
CASES: Mapping[str, str] = {
    "RECEIVED": N_("Received"),
    "ASSIGNED": N_("Taken on"),
    "EXPORTER_INQUIRY": N_("The companies are asked"),
    "VISIT": N_("Visit"),
    "RESULT_DRAFTED": N_("Result drafted"),
    "CONSENT_FILTERED": N_("Papers sorted by consent: waits for approval"),
    "HQ_APPROVED": N_("Approved: ready to reply"),
    "REPLIED": N_("Replied"),
    "ACKED": N_("The partner has the reply"),
    "CLOSED": N_("Closed"),
}
INQUIRIES: Mapping[str, str] = {
    "NOTICED": N_("Notified"),
    "PROLONGED": N_("More time given"),
    "ANSWERED": N_("Answered"),
    "LAPSED": N_("Not answered in time"),
}
ROLES: Mapping[str, str] = {
    "EXPORTER": N_("Exporter"),
    "PRODUCER": N_("Producer"),
}
DOUBTS: Mapping[str, str] = {
    "RANDOM": N_("Picked at random"),
    "MODEL": N_("Picked by a risk model"),
    "TIP": N_("A tip"),
    "SEAL": N_("Seal or signature look wrong"),
    "CRITERION": N_("The origin criterion is in doubt"),
    "TRANSPORT": N_("The transport is in doubt"),
    "QUANTITY": N_("The quantity is in doubt"),
    "RESULT_INCOMPLETE": N_("The earlier result was incomplete"),
}
ANSWERED: Mapping[str, str] = {
    "YES": N_("Yes"),
    "NO": N_("No"),
    "UNDETERMINED": N_("Could not be found out"),
}
METHODS: Mapping[str, str] = {
    "DOCUMENTS": N_("By papers"),
    "ON_SITE": N_("On site"),
}
EXTENSIONS: Mapping[str, str] = {
    "FORCE_MAJEURE": N_("Force majeure"),
    "APPEAL_PENDING": N_("An appeal is pending"),
    "ASKING_SIDE": N_("For a reason of the asking side"),
    "INVESTIGATION": N_("The investigation takes longer"),
}
CLASSES: Mapping[str, str] = {
    "PRODUCTION_COST": N_("Costs of production"),
    "PRODUCTION_PROCESS": N_("Process of production"),
    "TRADING_PARTNERS": N_("Trading partners"),
    "PARTNER_DOCUMENTS": N_("Papers of partners' customs"),
    "OTHER": N_("Otherwise confidential"),
}
VISIT_ANSWERS: Mapping[str, str] = {
    "CONSENTED": N_("We consent"),
    "REFUSED": N_("We refuse"),
    "POSTPONED": N_("We ask for other days"),
}
CHANNELS: Mapping[str, str] = {
    "EMS": N_("Express mail"),
    "EMS_AND_EMAIL": N_("Express mail and e-mail"),
    "EMAIL": N_("E-mail"),
    "COURIER": N_("Courier"),
    "BY_HAND": N_("By hand"),
}
#: Whether something may be released under a consent today.
CONSENTS: Mapping[str, str] = {
    "HOLDS": N_("Holds"),
    "TO_COME": N_("Does not hold yet"),
    "OVER": N_("Has ended"),
    "TAKEN_BACK": N_("Taken back"),
}
#: What a certificate shares with one that is wrong.
LINKS: Mapping[str, str] = {
    "DETERMINATION": N_("the same determination"),
    "BILL": N_("the same bill of materials"),
    "DECLARATION": N_("the same supplier's declaration"),
}
#: Where an application for approval as exporter stands.
APPROVALS: Mapping[str, str] = {
    "APPLIED": N_("Applied for"),
    "COMPLETION": N_("To be completed"),
    "ON_SITE": N_("On-site check"),
    "APPROVED": N_("Approved"),
    "REFUSED": N_("Refused"),
    "RETURNED": N_("Returned"),
    "WITHDRAWN": N_("Withdrawn"),
}
LEVELS: Mapping[str, str] = {
    "COMPANY": N_("For all goods of the company"),
    "ITEM": N_("For one item"),
}
#: What a company says to a question of its self-check.
SAID: Mapping[str, str] = {
    "YES": N_("Yes"),
    "NO": N_("No, not yet"),
    "NOT_APPLICABLE": N_("Does not apply"),
}
#: Where an approval stands.
APPROVED: Mapping[str, str] = {
    "APPROVED": N_("In force"),
    "CORRECTIVE_ORDER": N_("In force, something is to be set right"),
    "HEARING": N_("In force, its cancellation is proposed"),
    "CANCELLED": N_("Cancelled"),
    "LAPSED": N_("Lost its effect"),
    "EXPIRED": N_("Expired"),
}
REPLIES: Mapping[str, str] = {
    "CLEAN": N_("Nothing amiss"),
    "COMPLETION": N_("To be completed"),
    "LOOK_AGAIN": N_("To be inspected again"),
}
HEARING_ENDS: Mapping[str, str] = {
    "CANCELLED": N_("Cancel the approval"),
    "NOT_PROVEN": N_("Nothing was proven: it stays"),
    "KEPT": N_("It stays, although something was proven"),
}
