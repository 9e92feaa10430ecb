"""The words of the border: codes as its officers read them."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

#: What stands on a line of a claim.
DECISIONS: Mapping[str, str] = {
    "REFERRED": N_("An officer decides"),
    "AWAITING": N_("Waits for the certificate"),
    "GRANTED": N_("Preference granted"),
    "PARTLY": N_("Granted in part"),
    "DENIED": N_("Preference denied"),
    "SUSPENDED": N_("Suspended during a verification"),
    "SECURED": N_("Released against security"),
    "WITHDRAWN": N_("Withdrawn by a later declaration"),
}
#: What an officer may decide.
VERDICTS: Mapping[str, str] = {
    "GRANTED": N_("Grant preference"),
    "PARTLY": N_("Grant a part of the quantity"),
    "DENIED": N_("Deny preference"),
    "SUSPENDED": N_("Suspend until a verification has ended"),
    "SECURED": N_("Release the goods against security"),
}
CAUSES: Mapping[str, str] = {
    "RULE": N_("by the rules"),
    "OFFICER": N_("by an officer"),
    "VERIFICATION": N_("after a verification"),
    "OBJECTION": N_("after an objection"),
    "NEW_VERSION": N_("by a new version of the declaration"),
}
CLAIM_TYPES: Mapping[str, str] = {
    "AT_IMPORT": N_("At import"),
    "LATE": N_("After release"),
    "RECLASSIFIED": N_("After a reclassification"),
}
CHANNELS: Mapping[str, str] = {
    "GREEN": N_("Green: nobody needs to look"),
    "YELLOW": N_("Yellow: somebody looks at the documents"),
    "RED": N_("Red: somebody reviews it before release"),
}
SELECTIONS: Mapping[str, str] = {
    "MODEL": N_("the table of points"),
    "SAMPLE": N_("the random sample"),
    "TIP": N_("a tip or the watch list"),
}
OUTCOMES: Mapping[str, str] = {
    "PASS": N_("Passed"),
    "QUERY": N_("An officer decides"),
    "FAIL": N_("Denied by the rules"),
    "ROUTE": N_("Somebody is to look"),
    "ACCEPT": N_("Settled before"),
    "WAIT": N_("Not there yet"),
}
#: The checks of a claim, in their order.
CHECKS: Mapping[str, str] = {
    "late_claim": N_("Is it claimed in time?"),
    "found": N_("Did the certificate arrive, and does it stand?"),
    "authenticity": N_(
        "Is it by whom and of the day that is stated, and numbered as its country does?"
    ),
    "agreement": N_("Are origin and both ends of the trade Parties?"),
    "validity": N_("Was it valid on the day of the declaration?"),
    "issue_timing": N_("Does it bear the mark of a late issue, and only when it is late?"),
    "classification": N_("Is the subheading the certified one?"),
    "description": N_("Are description, model, marks and packages the certified ones?"),
    "quantity": N_("Is enough of the item left?"),
    "invoice": N_("Is the invoice on the certificate?"),
    "parties": N_("Are exporter, producer and consignee the certified ones?"),
    "criterion": N_("Is the criterion one that the rules admit?"),
    "transport": N_("Did the goods come directly, or are the papers of the way held?"),
    "back_to_back": N_("Does a back-to-back certificate stand on its first certificates?"),
    "duplicate": N_("Is item or invoice not used by others?"),
    "waiver": N_("May a claim do without a proof?"),
    "restrictions": N_("Does a register ask to look at the persons?"),
    "plausibility": N_("Does the selection of risks ask to look?"),
    "advance_ruling": N_("Was origin ruled on before?"),
}
#: What is compared between a line and its item, in the order of the page.
COMPARED: Mapping[str, str] = {
    "hs": N_("Subheading"),
    "description": N_("Description"),
    "model": N_("Model"),
    "marks": N_("Marks"),
    "packages": N_("Packages"),
    "quantity": N_("Quantity"),
    "value": N_("Value"),
    "criterion": N_("Origin criterion"),
    "invoice": N_("Invoices"),
    "exporter": N_("Exporter"),
    "producer": N_("Producer"),
    "consignee": N_("Importer, consignee"),
    "origin": N_("Origin"),
    "validity": N_("Day of declaration, validity"),
}
MARKS: Mapping[str, str] = {
    "SAME": N_("The same"),
    "LIKE": N_("The same, written otherwise"),
    "WITHIN": N_("Within what is certified"),
    "DIFFERS": N_("Differs"),
    "NOT_COMPARED": N_("Not compared"),
}
#: How a received certificate stands.
STANDS: Mapping[str, str] = {
    "AVAILABLE": N_("Stands"),
    "HELD": N_("Waits for the certificate that it replaces"),
    "SUPERSEDED": N_("Replaced"),
    "CANCELLED": N_("Cancelled"),
    "ANNULLED": N_("Declared void"),
}
COMPLETIONS: Mapping[str, str] = {
    "OPEN": N_("Asked for, no answer yet"),
    "ANSWERED": N_("Answered, to be judged"),
    "ACCEPTED": N_("Completed"),
    "REFUSED": N_("What was handed over does not do"),
    "LAPSED": N_("The period ended without an answer"),
}
PRIOR_NOTICES: Mapping[str, str] = {
    "SENT": N_("Sent, no answer yet"),
    "ANSWERED": N_("Answered"),
    "FOLLOWED": N_("Decided as announced"),
    "DROPPED": N_("Nothing follows from it"),
}
#: How a denial stands with the issuing authority.
DENIALS: Mapping[str, str] = {
    "DUE": N_("To be told by letter"),
    "TOLD": N_("Told"),
    "EXPLAINED": N_("Explained, to be decided"),
    "ACCEPTED": N_("Explanation accepted"),
    "DISMISSED": N_("Explanation not accepted"),
    "DROPPED": N_("Counts no more"),
}
OVERDUE = N_("To be told, and overdue")
WAYS: Mapping[str, str] = {
    "MESSAGE": N_("by message"),
    "LETTER": N_("by letter"),
}
OBJECTIONS: Mapping[str, str] = {
    "RECEIVED": N_("To be decided"),
    "UPHELD": N_("The decision stands"),
    "REVERSED": N_("Decided anew"),
    "INADMISSIBLE": N_("Came too late"),
}
AMOUNTS: Mapping[str, str] = {
    "REFUND": N_("Pay back"),
    "RELEASE_SECURITY": N_("Release the security"),
    "CALL_SECURITY": N_("Call the security"),
}
AMOUNT_STATES: Mapping[str, str] = {
    "DUE": N_("The clearance system is to be told"),
    "TOLD": N_("Told, not confirmed yet"),
    "CONFIRMED": N_("Confirmed"),
}
REMEDIES: Mapping[str, str] = {
    "OBJECTION": N_("Objection"),
    "LATE_CLAIM": N_("Claim after release"),
}
DRAWS: Mapping[str, str] = {
    "DRAWN": N_("Used"),
    "RETURNED": N_("Given back"),
    "RESERVED": N_("Set aside"),
    "RELEASED": N_("No longer set aside"),
    "ADJUSTED": N_("Corrected by hand"),
}
SOURCES: Mapping[str, str] = {
    "CLAIM": N_("a claim"),
    "CERTIFICATE": N_("a certificate of ours that passes goods on"),
    "OFFICER": N_("an officer, by hand"),
}
#: What several offices or importers use.
TWICE: Mapping[str, str] = {
    "ITEM": N_("Item of a certificate"),
    "INVOICE": N_("Invoice"),
    "DECLARATION": N_("Declaration"),
}
#: What tables of points look at.
FEATURES: Mapping[str, str] = {
    "capacity_used": N_("Part of the exporter's stated capacity"),
    "exporter_denied": N_("Denied lines of the exporter in a year"),
    "goods_denied": N_("Denied lines of such goods in a year"),
    "hs_shift": N_("Sudden rise of the heading"),
    "importer_denied": N_("Denied lines of the importer in a year"),
    "months_known": N_("Months since the exporter is known here"),
    "months_since_clean": N_("Months since a proof was verified and right"),
    "negative_verifications": N_("Verifications that ended badly"),
    "price_distance": N_("Distance of the price from usual ones"),
    "transit_countries": N_("Countries on the way"),
    "watch_hits": N_("Entries of the watch list"),
    "score": N_("All points together"),
}
DRIFTS: Mapping[str, str] = {
    "STABLE": N_("As before"),
    "WATCH": N_("Moved: watch it"),
    "DRIFTED": N_("Moved far: train the table anew"),
    "TOO_FEW": N_("Too few lines to tell"),
}
MODEL_STATES: Mapping[str, str] = {
    "CANDIDATE": N_("Brought, adopted by nobody"),
    "CHALLENGER": N_("Challenger: asked beside, routes nothing"),
    "CHAMPION": N_("Champion: routes"),
    "RETIRED": N_("Retired"),
}
RESULTS: Mapping[str, str] = {
    "RIGHT": N_("Nothing was wrong"),
    "WRONG": N_("Something was wrong"),
    "OPEN": N_("It was not found out"),
}
OUTCOME_KINDS: Mapping[str, str] = {
    "DECISION": N_("by the decision on the line"),
    "VERIFICATION": N_("by a verification"),
}
#: What a paper is compared by.
PRINTED: Mapping[str, str] = {
    "number": N_("Number"),
    "issuing_side": N_("Issued by"),
    "issued_on": N_("Issued on"),
    "valid_until": N_("Valid until"),
    "import_country": N_("Made out for"),
    "exporter": N_("Exporter"),
    "item_count": N_("Number of items"),
    "hs": N_("Subheading"),
    "criterion": N_("Origin criterion"),
}
ANSWERS: Mapping[str, str] = {
    "YES": N_("Yes"),
    "NO": N_("No"),
    "UNKNOWN": N_("Cannot be known from the paper"),
}
NOTHING_SHOWN = N_("Photograph the paper, choose a file, or type its number")
ROLES: Mapping[str, str] = {
    "EXPORTER": N_("Exporter"),
    "PRODUCER": N_("Producer"),
    "IMPORTER": N_("Importer"),
}
SUBJECTS: Mapping[str, str] = {
    "EXPORTER": N_("Exporter"),
    "IMPORTER": N_("Importer"),
    "HS": N_("Tariff code"),
    "CERTIFICATE": N_("Certificate"),
    "COUNTRY": N_("Country"),
}
TIP_KINDS: Mapping[str, str] = {
    "FALSE_PROOF": N_("A proof of origin is false or altered"),
    "OTHER_ORIGIN": N_("The goods were made in another country"),
    "SIMPLE_TRANSIT": N_("The goods only passed through the country of origin"),
    "WRONG_CODE": N_("The goods are declared under a wrong code"),
    "WRONG_VALUE": N_("Value or content is stated falsely"),
    "WRONG_IDENTITY": N_("Somebody else than the one named made or sold the goods"),
}
TIPS: Mapping[str, str] = {
    "OPEN": N_("To be decided"),
    "PLANNED": N_("An investigation is planned"),
    "TRANSFERRED": N_("Handed over"),
    "CLOSED": N_("Closed"),
}
