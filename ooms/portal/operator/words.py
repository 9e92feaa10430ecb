"""The words of operators: what was found, what to do about it, and who is who."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

#: How something stands: the color is never said without its word.
LIGHTS: Mapping[str, str] = {
    "GREEN": N_("Green: well"),
    "AMBER": N_("Amber: look at it"),
    "RED": N_("Red: act now"),
}
COLORS: Mapping[str, str] = {
    "GREEN": "govuk-tag--green",
    "AMBER": "govuk-tag--yellow",
    "RED": "govuk-tag--red",
}
#: What was found, by its code.
FOUND: Mapping[str, str] = {
    "KEY-MISSING": N_("The partner has no signing key in force: nothing it sends is taken."),
    "KEY-ENDS": N_("The partner's signing key ends in %(figure)s days, on %(at)s."),
    "SET-ASIDE": N_("Messages set aside because they could not be delivered: %(figure)s."),
    "UNANSWERED": N_("Messages without a final answer: %(figure)s, the oldest since %(at)s."),
    "UNTRIGGERED": N_(
        "Certificates that wait for an export declaration or an order: %(figure)s, the oldest "
        "since %(at)s."
    ),
    "SUSPENDED": N_("The partner takes nothing until %(at)s, as it announced."),
    "GAPS": N_("Messages missing in the partner's channel: %(figure)s."),
    "BROKEN-CHAIN": N_("Messages that name another predecessor than we received: %(figure)s."),
    "DIFFERENCES": N_("Differences that nobody has explained: %(figure)s."),
    "DATABASE": N_("The database answers and is up to date (%(subject)s)."),
    "DATABASE-OLD": N_("The database was not brought to this version (%(subject)s)."),
    "CLOCK": N_("The clock of the system says %(at)s."),
    "CLOCK-BACK": N_("The clock went back: %(subject)s ended after now (%(at)s)."),
    "OWN-KEY": N_("Our own signing key is valid for %(figure)s days, until %(at)s."),
    "DISK": N_("Free on the disk: %(figure)s MB."),
    "JOBS": N_("All jobs run in time: %(figure)s."),
    "JOBS-NEVER": N_("No job ever ran: nothing is sent and nothing takes effect."),
    "JOB-FAILED": N_("The job %(subject)s failed when it last ran, on %(at)s."),
    "JOB-LATE": N_("The job %(subject)s last ran on %(at)s."),
    "PARTNER": N_("%(subject)s: things to look at: %(figure)s."),
}
#: What to do about it where it is not well.
MENDING: Mapping[str, str] = {
    "KEY-MISSING": N_("Ask the partner for its new card and add it."),
    "KEY-ENDS": N_("Ask the partner for its new card in time."),
    "SET-ASIDE": N_("See why in the list of messages; the page of a message sends it again."),
    "UNANSWERED": N_("Call the partner if it lasts. We keep repeating the same bytes."),
    "UNTRIGGERED": N_("Tell the issuing officers: each one's page takes the declaration."),
    "SUSPENDED": N_("Nothing: messages wait and go when the time is over."),
    "GAPS": N_("Nothing yet: they were asked for again where the partner can repeat them."),
    "BROKEN-CHAIN": N_("Compare with the partner which message is missing or was replaced."),
    "DIFFERENCES": N_("Look at each below; settle it with the partner, or explain it."),
    "DATABASE-OLD": N_("Run “eodes node upgrade”."),
    "CLOCK-BACK": N_("Set the clock by a time server before anything else is signed."),
    "OWN-KEY": N_("Roll the key over and give partners the new card."),
    "DISK": N_("Free space, or move the database to a larger disk."),
    "JOBS-NEVER": N_("Start “eodes serve” or “eodes worker”."),
    "JOB-FAILED": N_("Look at the log of the system."),
    "JOB-LATE": N_("See whether “eodes serve” or “eodes worker” still runs."),
    "PARTNER": N_("See the page of partners."),
}
WAYS: Mapping[str, str] = {
    "SENT": N_("Sent by us"),
    "HEARD": N_("Received from partners"),
    "REFUSED": N_("Refused by us"),
}
STATES: Mapping[str, str] = {
    "QUEUED": N_("To be sent"),
    "NUMBERED": N_("Has its place in the channel"),
    "SEALED": N_("Signed, to be sent"),
    "SENDING": N_("Being sent"),
    "AWAITING": N_("At the partner, answer awaited"),
    "ACKNOWLEDGED": N_("Answered: taken"),
    "REFUSED": N_("Refused"),
    "FAILED": N_("Set aside: could not be delivered"),
    "CANCELLED": N_("Taken back before it was sent"),
    "ACCEPTED": N_("Taken, takes effect soon"),
    "HELD": N_("Waits for an earlier message"),
    "SETTLED": N_("Taken and settled"),
}
STATE_COLORS: Mapping[str, str] = {
    "ACKNOWLEDGED": "govuk-tag--green",
    "SETTLED": "govuk-tag--green",
    "REFUSED": "govuk-tag--red",
    "FAILED": "govuk-tag--red",
    "HELD": "govuk-tag--yellow",
}
#: The states by which a list is narrowed, by the way of its messages.
STATES_OF: Mapping[str, tuple[str, ...]] = {
    "SENT": ("QUEUED", "SEALED", "AWAITING", "ACKNOWLEDGED", "REFUSED", "FAILED", "CANCELLED"),
    "HEARD": ("ACCEPTED", "HELD", "SETTLED"),
    "REFUSED": (),
}
#: How both sides' lists differ on a certificate.
DIFFERENCES: Mapping[str, str] = {
    "MISSING_THERE": N_("We sent it; the partner does not have it."),
    "MISSING_HERE": N_("The partner lists it; we did not send it, or on another day."),
    "OTHER_CONTENT": N_("Both have it, with different content."),
    "OTHER_STATE": N_("Both have it, and it stands differently on each side."),
}
#: What the comparison did about it by itself; else a person settles it with the partner.
REPAIRS: Mapping[str, str] = {
    "SENT_AGAIN": N_("The same bytes were sent again."),
    "": N_("Nothing was overwritten on either side: settle it with the partner."),
}
KEY_STATES: Mapping[str, str] = {
    "IN_FORCE": N_("In force"),
    "NOT_YET": N_("Not in force yet"),
    "ENDED": N_("Ended"),
    "REVOKED": N_("Revoked"),
}
KEY_COLORS: Mapping[str, str] = {
    "IN_FORCE": "govuk-tag--green",
    "NOT_YET": "govuk-tag--blue",
    "ENDED": "govuk-tag--red",
    "REVOKED": "govuk-tag--red",
}
OFFICE_KINDS: Mapping[str, str] = {
    "CUSTOMS": N_("Customs house"),
    "CHAMBER": N_("Chamber of commerce"),
}
#: Lists of what is due for deletion.
LISTS: Mapping[str, str] = {
    "PROPOSED": N_("Proposed; two supervisors look at it"),
    "SEEN": N_("Agreed to by one supervisor; another has to agree"),
    "DONE": N_("Carried out"),
    "DROPPED": N_("Dropped"),
}
#: What is deleted when its period has ended.
KEPT: Mapping[str, str] = {
    "CERTIFICATE": N_("Certificate"),
    "APPLICATION": N_("Application"),
    "DETERMINATION": N_("Determination of origin"),
    "BILL": N_("Bill of materials"),
    "SUPPLIER_DECLARATION": N_("Supplier's declaration"),
    "ERROR_NOTICE": N_("Notice of an error"),
    "LIST_CONTEST": N_("What a company said against a list"),
    "USER": N_("Person who was shut out"),
}
OPEN_LISTS = frozenset({"PROPOSED", "SEEN"})
MEANS: Mapping[str, str] = {
    "PASSWORD": N_("Password"),
    "PASSWORD_AND_CODE": N_("Password and code"),
    "PASSWORD_AND_PASSKEY": N_("Password and passkey"),
    "PASSKEY": N_("Passkey"),
    "RECOVERY_CODE": N_("Password and recovery code"),
    "OIDC": N_("Identity provider"),
    "OIDC_AND_FACTOR": N_("Identity provider with a second factor"),
}
