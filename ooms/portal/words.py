"""Words that several pages share: what was done, and the states that people see."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

#: What a page tells after something was done, by the name in its address.
DONE: Mapping[str, str] = {
    "signed-out": N_("You are signed out."),
    "password-changed": N_("Your password is changed. Sign in with the new one."),
    "session-ended": N_("The session is ended."),
    "application-taken": N_("You have the application now."),
    "application-released": N_("The application is given back; a colleague may take it."),
    "application-assigned": N_("The application is assigned."),
    "check-kept": N_("Your finding is kept."),
    "application-approved": N_("The application is approved. Issue the certificate when ready."),
    "refusal-proposed": N_("The refusal is proposed. A supervisor confirms or returns it."),
    "refusal-confirmed": N_("The application is refused."),
    "refusal-returned": N_("The proposed refusal went back to its officer."),
    "completion-asked": N_("The exporter is asked to complete the application."),
    "visit-scheduled": N_("The visit is scheduled and its notice given."),
    "postponement-decided": N_("The postponement is decided."),
    "visit-reported": N_("The report of the visit is kept."),
    "registers-asked": N_("The other registers were asked."),
    "answer-released": N_("The answer is let pass, with your reason."),
    "certificate-issued": N_("The certificate is issued."),
    "correction-issued": N_("The corrected certificate is issued under a new number."),
    "cancellation-asked": N_("The cancellation is asked for; the partner's reply decides."),
    "export-linked": N_("The export declaration is named."),
    "case-changed": N_("Done. The case shows where it stands now."),
    "inquiry-sent": N_("The company is notified and asked."),
    "letter-sealed": N_("The letter is printed and sealed."),
    "second-factor-set": N_("Your authenticator app counts from now on."),
}

#: States of applications and certificates as everybody sees them, by their codes.
STATES: Mapping[str, str] = {
    "DRAFT": N_("Draft"),
    "SUBMITTED": N_("Handed in"),
    "UNDER_REVIEW": N_("Under review"),
    "COMPLETION_REQUESTED": N_("To be completed"),
    "ON_SITE_CHECK": N_("On-site check"),
    "REFUSAL_PROPOSED": N_("Refusal proposed"),
    "APPROVED": N_("Approved"),
    "REFUSED": N_("Refused"),
    "RETURNED": N_("Returned"),
    "WITHDRAWN": N_("Withdrawn"),
    "ISSUED": N_("Issued"),
    "REPLACED": N_("Replaced"),
    "CANCELLED": N_("Cancelled"),
}

#: How far a certificate has come with its partner, by codes.
EXCHANGE: Mapping[str, str] = {
    "NOT_EXCHANGEABLE": N_("On paper only"),
    "AWAITING_TRIGGER": N_("Waits for the export declaration"),
    "QUEUED": N_("To be sent"),
    "SUSPENDED": N_("Sending is held back"),
    "SENT": N_("Sent, no answer yet"),
    "UNKNOWN": N_("No answer came in time"),
    "RECEIVED": N_("Received by the partner"),
    "ACCEPTED": N_("Accepted by the partner"),
    "HELD": N_("Waits at the partner for the certificate that it replaces"),
    "REGISTERED": N_("Registered by the partner"),
    "LINKED": N_("Linked to an import declaration"),
    "CANCEL_PENDING": N_("Cancellation asked for"),
    "USED_PARTLY": N_("Used in part"),
    "USED": N_("Used"),
    "DENIED": N_("Preference denied"),
    "CANCELLED": N_("Cancelled by the partner"),
    "SUPERSEDED": N_("Replaced at the partner"),
    "ANNULLED": N_("Declared void"),
    "REJECTED_TECHNICAL": N_("Rejected: the message has a fault"),
    "REJECTED_BUSINESS": N_("Rejected by the partner"),
}
