"""What the office's own refusal codes mean; the gateway's are in its catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from eodes.domain.refusals.catalogue import CATALOGUE
from ooms.claims.loader import load_terms

Words = tuple[str, str, str]


def _of_claims() -> dict[str, Words]:
    """Take the findings of the checks of a claim from where their weight is written down."""
    return {
        one.code: (one.means, one.who, one.then)
        for one in load_terms().severities.values()
        if one.code not in CATALOGUE
    }


#: Code: what it means, who mends it, what to do next.
OFFICE_CODES: Mapping[str, Words] = _of_claims() | {
    "AUT-COMPANY": (
        "The company's account is not active.",
        "caller",
        "Ask the office about the account.",
    ),
    "AUT-CONSENT": (
        "The company did not consent to this release, or no longer does.",
        "the desk that releases",
        "Ask the company for its consent, and release afterwards.",
    ),
    "AUT-DELEGATION": (
        "No delegation of the company covers this today.",
        "caller",
        "Ask the company to delegate it.",
    ),
    "AUT-LINK": (
        "A supplier's link is unknown, used, or past its day.",
        "supplier",
        "Ask the buyer for a fresh link.",
    ),
    "AUT-PASSWORD": (
        "The password is too easy to guess.",
        "caller",
        "Choose a longer one, of several unrelated words.",
    ),
    "AUT-ROLE": (
        "The caller's role lacks the right.",
        "caller",
        "Ask somebody with the right, or for the right.",
    ),
    "AUT-SECOND-FACTOR": (
        "The password is right; the one-time code is missing, wrong or used.",
        "caller",
        "Send the newest code of the authenticator app.",
    ),
    "AUT-SECOND-FACTOR-DUE": (
        "The office asks this role for a second factor, and the session has none.",
        "caller",
        "Set up a second factor on the own account, then log in with it.",
    ),
    "AUT-SESSION": ("Nobody is logged in, or no longer.", "caller", "Open a session."),
    "AUT-THROTTLED": (
        "Too many log-ins failed for the account or from the address.",
        "caller",
        "Wait as long as Retry-After says.",
    ),
    "AUT-SECOND-EYES": (
        "The caller agreed to this list before; one person cannot agree twice.",
        "supervisor",
        "Let a second supervisor look at the list.",
    ),
    "DUP-BLOCK-NUMBER": (
        "The number of a block is accounted for already.",
        "officer",
        "Read the block's numbers; a paper is registered once.",
    ),
    "AUT-SIGN-ON": (
        "The log-in at an identity provider does not stand; the detail says why.",
        "caller",
        "Begin again at `/oidc/{provider}/start`.",
    ),
    "AUT-UNLINKED": (
        "The identity provider knows the person; no user of the office is linked to the account.",
        "operator",
        "Link the user to the subject that the detail names.",
    ),
    "AUT-WITHHELD": (
        "It rests on a bill that only its owner and the deciding officer see.",
        "officer",
        "Take an application that cites it first.",
    ),
    "DUP-IDEMPOTENCY-KEY": (
        "An idempotency key came back with another request.",
        "caller",
        "Use a fresh key for another request.",
    ),
    "ENV-HTTP": (
        "The request breaks HTTP in a way that the detail names.",
        "caller",
        "Correct the request.",
    ),
    "ENV-IDEMPOTENCY-KEY": (
        "A POST came without an idempotency key.",
        "caller",
        "Send a fresh Idempotency-Key with every POST.",
    ),
    "LED-EXCEEDED": (
        "More is claimed than is left of the item.",
        "importer",
        "Claim what is left, or bring another certificate.",
    ),
    "LED-FIRST-EXCEEDED": (
        "More is passed on than is left of a first certificate's item; the detail says how much.",
        "exporter",
        "Take what is left, or name another first certificate.",
    ),
    "LED-FIRST-UNIT": (
        "A line measures otherwise than its first certificate, or shows more than it takes.",
        "exporter",
        "State the quantities on the scales that the detail names.",
    ),
    "LED-UNIT": (
        "The item is not measured in the declared unit.",
        "importer",
        "Declare in a unit that stands on the certificate.",
    ),
    "LIN-AMBIGUOUS": (
        "Several certificates have this number.",
        "importer",
        "Say under which agreement.",
    ),
    "LIN-HELD": (
        "The certificate waits for the one that it replaces.",
        "officer",
        "Wait for it, or ask the issuing administration.",
    ),
    "LIN-ITEM": ("The certificate has no such item.", "importer", "Correct the item number."),
    "LIN-LOOKALIKE": (
        "Only a certificate whose number differs by letters read as digits was found.",
        "officer",
        "Compare with the number as printed.",
    ),
    "LIN-UNKNOWN": (
        "No certificate of this number was received.",
        "importer",
        "Check the number, or show the paper.",
    ),
    "REF-CODE": (
        "A code stands in no list of this administration's procedure.",
        "caller",
        "Take a code from `GET /procedure`.",
    ),
    "REF-EXPORTER": (
        "The declared exporter is not the certified one.",
        "officer",
        "Ask the importer; spellings differ.",
    ),
    "REF-HS": (
        "The declared tariff code is not the certified one.",
        "officer",
        "Ask the importer; classification may differ in good faith.",
    ),
    "REF-HS-EDITION": (
        "The edition of the Harmonized System has no such code, or its tables lead elsewhere.",
        "exporter",
        "Name one of the candidates, or classify the product anew.",
    ),
    "REF-IDENTIFIER": (
        "The number cannot be one of a company in that country.",
        "caller",
        "Correct the number or the country.",
    ),
    "REF-INVOICE": (
        "The declared invoice does not stand on the certificate.",
        "officer",
        "Ask the importer for it.",
    ),
    "REF-LAYOUT": (
        "The form has no paper layout.",
        "operator",
        "Add one under `ooms/documents/layout`.",
    ),
    "REF-METHOD": ("The route does not take this method.", "caller", "Read the OpenAPI document."),
    "REF-ERASED": (
        "The certificate's content was deleted after its period; number and dates remain.",
        "caller",
        "See the record of the deletion under `/retention/lists`.",
    ),
    "REF-PAPER": (
        "No company handed in such a paper here.",
        "officer",
        "Name a paper of an inquiry of this case.",
    ),
    "REF-ROUTE": ("There is no such route.", "caller", "Read the OpenAPI document."),
    "REF-SCHEME-CODE": (
        "A code stands in no list of this administration's scheme of approved exporters.",
        "caller",
        "Take a code from `GET /approved-exporters/scheme`.",
    ),
    "REF-TERM": (
        "Nobody wrote down such a period of the agreement.",
        "administration",
        "Add it to the data of verifications, with its article.",
    ),
    "REF-UNKNOWN": (
        "There is no such thing, or none that the caller may see.",
        "caller",
        "Check the id.",
    ),
    "RUL-BILL": (
        "No bill of materials holds on the day, or several plants have one.",
        "exporter",
        "Write a bill for the day, or name the plant.",
    ),
    "RUL-DATE-AHEAD": (
        "A date on the application is still to come; this is a warning.",
        "exporter",
        "Correct the date, or state the shipment as intended.",
    ),
    "RUL-CROSSCHECK": (
        "Another register was not asked, says something against the issue, or could not say.",
        "officer",
        "Read `GET /applications/{id}/crosschecks`; each obstacle says what to do.",
    ),
    "RUL-DETERMINATION": (
        "A line of the application has no determination that carries it.",
        "exporter",
        "Have the origin of the product determined first.",
    ),
    "RUL-EXPIRED": ("The certificate is no longer valid.", "importer", "Bring a valid one."),
    "RUL-FINDING": (
        "A finding is missing, is one too many, or does not fit what came.",
        "officer",
        "Give one finding for each item that is asked about.",
    ),
    "RUL-LATE-CLAIM": (
        "Preference was claimed later after release than the law allows.",
        "importer",
        "Object, if the day it was counted from is another; the notice names the last day.",
    ),
    "RUL-NOT-SENDABLE": (
        "The partner could not take the certificate; nothing was issued.",
        "exporter",
        "Mend the flaws at the boxes that are named.",
    ),
    "RUL-NOT-YET-VALID": (
        "The certificate is not valid yet on the day of the claim.",
        "officer",
        "Wait for the day, or ask the issuing administration.",
    ),
    "RUL-GOING-STALE": (
        "A determination rests on a supplier's declaration that ends soon; this is a warning.",
        "exporter",
        "Ask the supplier for the next declaration, then determine the product again.",
    ),
    "RUL-INVOICE-TOTAL": (
        "The values of the lines sum to more than their invoice; this is a warning.",
        "exporter",
        "Compare the lines with the invoice.",
    ),
    "RUL-LEAST-PRICE": (
        "Goods are sold below the lowest price at which they originate; this is a warning.",
        "exporter",
        "Check the price; at this one, determine the product again.",
    ),
    "RUL-NET-WEIGHT": (
        "A net weight is more than the gross weight; this is a warning.",
        "exporter",
        "Correct one of the two weights.",
    ),
    "RUL-OPERATOR-COUNTRY": (
        "An operator of a third country is of none, or is the buyer; this is a warning.",
        "exporter",
        "Name who invoices from a third country, or leave the operator out.",
    ),
    "RUL-STALE": (
        "A cited determination no longer stands as it was made; this is a warning.",
        "exporter",
        "Determine the product again, then cite the new determination.",
    ),
    "RUL-TWO-DATES": (
        "The date of shipment and the departure date differ; this is a warning.",
        "exporter",
        "State the date of the transport document in both places.",
    ),
    "RUL-ON-PAPER": (
        "No partner takes this form electronically; this is a warning.",
        "officer",
        "Issue on paper.",
    ),
    "RUL-CHECK": (
        "One of the checks before issue failed, or waits for the officer.",
        "officer",
        "Read `GET /applications/{id}/checks`; confirm what is open, or refuse.",
    ),
    "RUL-BLOCK-NUMBER": (
        "The number is none of the block's numbers.",
        "officer",
        "Register it in the block that it was taken from.",
    ),
    "RUL-BLOCK-SERIES": (
        "The number is of another office's or agreement's series than the application.",
        "officer",
        "Take a number of the application's own office and agreement.",
    ),
    "RUL-CHECKS": (
        "Not every check before issue has passed; the errors name those that have not.",
        "officer",
        "Read `GET /applications/{id}/checks`; confirm what is open, or refuse.",
    ),
    "RUL-COMPETENCE": (
        "The case lies outside the officer's post.",
        "officer",
        "Leave it to a colleague, or ask a supervisor for another post.",
    ),
    "RUL-FIRST-CERTIFICATE": (
        "A first certificate is unknown here, has ended or expired, or does not cover the goods.",
        "exporter",
        "Name one that stands, or state what its original on paper says.",
    ),
    "RUL-KIND": (
        "What the application asks for does not exist under the agreement, or not so.",
        "exporter",
        "Look at `GET /procedure` for the kinds, or apply about the certificate that stands.",
    ),
    "RUL-RULED-ALIKE": (
        "An advance ruling was made on goods that are alike; it binds nobody here.",
        "nobody",
        "Read it, and apply for a ruling where doubt remains.",
    ),
    "RUL-PERIOD": (
        "A period lies outside the bounds that the law sets.",
        "officer",
        "Choose a length within the bounds that `GET /procedure` shows.",
    ),
    "RUL-PERIOD-ENDED": (
        "The period in which it could be done has ended.",
        "exporter",
        "Apply anew.",
    ),
    "RUL-PROOF": (
        "A line of the bill cites no declaration of the company's, or one about other goods.",
        "exporter",
        "Cite a declaration that the company asked for, about the material of the line.",
    ),
    "RUL-NO-SCHEME": (
        "This administration approves no exporters: no scheme of its own is written down.",
        "caller",
        "Apply for each certificate, or ask the operator to add the country's scheme.",
    ),
    "RUL-SPAN": (
        "A day or period lies outside what the scheme of approved exporters gives.",
        "caller",
        "Choose a day that the detail names.",
    ),
    "RUL-STOCK": (
        "A line is taken from stock, and what is kept of the material does not answer the case.",
        "exporter",
        "Record or state what the detail names, then determine again.",
    ),
    "RUL-STATE": (
        "The thing stands elsewhere than the caller believes.",
        "caller",
        "Look again, then decide.",
    ),
    "SCH-BODY": ("The request cannot be taken.", "caller", "Mend every flaw that is named."),
    "SCH-CELL": (
        "A cell of an imported sheet is wrong; file, row and column are named.",
        "caller",
        "Correct the cell and import the sheet again.",
    ),
    "SCH-FIELD": ("A field of the request is wrong.", "caller", "Correct the field named."),
    "SCH-SHEET": (
        "The sheet cannot be imported; nothing of it was.",
        "caller",
        "Mend every cell that is named, and import the sheet again.",
    ),
    "SYS-AUDIT": (
        "The audit trail does not hang together.",
        "operator",
        "Stop and investigate: somebody changed what was recorded.",
    ),
    "SYS-LAW": (
        "A file of grounds or periods around claims is wrong.",
        "operator",
        "Correct the file that is named; nothing was decided by it.",
    ),
    "SYS-LEDGER-DATA": (
        "A file of units or tolerances cannot be read.",
        "operator",
        "Correct the file that is named.",
    ),
    "SYS-OFFICE": (
        "The office cannot do this; the detail says why.",
        "operator",
        "Read the detail.",
    ),
    "SYS-OUTSIDE": (
        "Somebody outside whom the office needs did not answer.",
        "operator",
        "Ask again after the time that Retry-After names.",
    ),
    "SYS-PROCEDURE": (
        "A file of a procedure lacks something or says what nobody knows.",
        "operator",
        "Correct the file that the error names.",
    ),
    "SYS-SCHEME": (
        "A file of a scheme of approved exporters lacks something or says what nobody knows.",
        "operator",
        "Correct the file that the error names.",
    ),
    "SYS-PROVIDER": (
        "An identity provider did not answer, or not as its own description promises.",
        "operator",
        "Try again later; if it stays so, compare the settings with the provider's description.",
    ),
    "SYS-SECRETS-KEY": (
        "The file of the secrets' keys cannot be used, or lacks the key of a secret.",
        "operator",
        "Bring the file back from the backup, or take the second factor away.",
    ),
    "SYS-SETTINGS": (
        "A setting of the office is unknown or wrong.",
        "operator",
        "Correct the file or the variable named.",
    ),
    "SCH-FILE": (
        "A file of declarations cannot be read at all.",
        "caller",
        "Correct what the detail names, and hand the file in again.",
    ),
    "SCH-JSON": (
        "A row of a file is no JSON object.",
        "caller",
        "Write one declaration on each line.",
    ),
    "SYS-CLAIM-TERMS": (
        "A file of the terms of the checks lacks something.",
        "operator",
        "Correct the file that the error names.",
    ),
    "SYS-TERMS": (
        "A file of periods or grounds of verifications is wrong.",
        "administration",
        "Correct the file that is named.",
    ),
    "SYS-TIMESTAMP": (
        "The timestamp authority gave no token; no document was made.",
        "operator",
        "Ask for the document again later; if it stays so, look after the authority.",
    ),
    "SYS-TRUST": (
        "A file of the trust folder holds no certificate.",
        "operator",
        "Correct or remove the file that is named.",
    ),
}
