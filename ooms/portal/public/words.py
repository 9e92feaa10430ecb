"""Words of the public pages: answers about a certificate, and what was checked."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

ANSWERS: Mapping[str, str] = {
    "YES": N_("Yes."),
    "NO": N_("No."),
    "UNKNOWN": N_("This cannot be told from it alone."),
}
#: The checks of a document, by the interface's names for them.
CHECKS: Mapping[str, str] = {
    "code found": N_("A sealed code is on it"),
    "dates": N_("Its dates"),
    "one certificate": N_("It is one certificate"),
    "printed code": N_("The printed code"),
    "readable": N_("It can be read"),
    "seal of the code": N_("The seal of the code"),
    "seal of the file": N_("The seal of the file"),
    "signature of the XML": N_("The signature of the data in it"),
}
#: The families of codes, by their first letters.
FAMILIES: Mapping[str, str] = {
    "AUT": N_("Not allowed"),
    "DUP": N_("Sent before"),
    "ENV": N_("The form of a request or message"),
    "LED": N_("Quantities and balances"),
    "LIN": N_("Which certificate follows which"),
    "REF": N_("References and code lists"),
    "RUL": N_("Rules of law"),
    "SCH": N_("Structure of a message"),
    "SIG": N_("Signatures and keys"),
    "SYS": N_("Systems"),
}
#: Who can mend it.
MENDERS: Mapping[str, str] = {
    "administration": N_("the administration"),
    "caller": N_("whoever asked"),
    "caller, and the operator who reads the trail": N_(
        "whoever asked, and the operator who reads the trail"
    ),
    "exporter": N_("the exporter"),
    "importer": N_("the importer"),
    "nobody": N_("nobody needs to"),
    "officer": N_("the officer"),
    "operator": N_("whoever runs the system"),
    "receiver": N_("the administration that received the message"),
    "sender": N_("the administration that sent the message"),
    "supervisor": N_("the supervisor"),
    "supplier": N_("the supplier"),
    "the desk that releases": N_("the desk that releases"),
}
REMEDIES: Mapping[str, str] = {
    "OBJECTION": N_("an objection"),
    "LATE_CLAIM": N_("a claim after release, with a good proof"),
}
KINDS: Mapping[str, str] = {
    "REISSUE": N_("A duplicate"),
    "CORRECTION": N_("A correction"),
    "REPLACEMENT": N_("A replacement"),
    "CANCELLATION": N_("A cancellation"),
}
#: The parts of the formula of the lists.
CRITERIA: Mapping[str, str] = {
    "ERROR_RATE": N_("Share of applications with an error, in percent, above which one is listed"),
    "COUNTED": N_("What counts as an error"),
    "CONVICTIONS": N_("Convictions in a year, from which on one is listed"),
    "JUDGMENT": N_("The judgment of the issuing office"),
    "MONTHS": N_("Months for which review is waived, and grades that earn it"),
    "SAMPLE": N_("Share of waived issues that are looked at later, in percent"),
}
