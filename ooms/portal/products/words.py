"""Codes about goods in words: states, kinds, verdicts, reasons."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.portal.languages import N_

Words = Mapping[str, str]

VERDICTS: Words = {
    "originating": N_("Qualifies"),
    "non_originating": N_("Does not qualify"),
    "needs_fact": N_("A question is open"),
}
NO_RULE = N_("No rule is loaded for this code")
#: Of a finding or a line: yes, no, and what is not known.
MET: Mapping[bool | None, str] = {True: N_("Met"), False: N_("Not met"), None: N_("Not known")}
ORIGINATING: Mapping[bool | None, str] = {
    True: N_("Originating"),
    False: N_("Foreign"),
    None: N_("Not known"),
}
#: Colors of GOV.UK tags; the words beside them say the same.
TAGS: Words = {
    "originating": "green",
    "non_originating": "red",
    "needs_fact": "yellow",
    "CURRENT": "green",
    "STALE": "orange",
    "VALID": "green",
    "EXPIRING": "orange",
    "EXPIRED": "red",
    "REVOKED": "red",
    "DONE": "green",
    "REFUSED": "red",
}
DETERMINATION_STATES: Words = {
    "CURRENT": N_("Stands"),
    "STALE": N_("No longer stands as it was made"),
}
STALE: Words = {
    "BILL": N_("The bill of materials has a newer version"),
    "EDITION": N_("The product is classified elsewhere"),
    "PRICE": N_("The product is sold below the lowest price that qualifies"),
    "PERIOD": N_("The period of the producer's cost statement has ended"),
    "PROOF": N_("A supplier's declaration has ended or was taken back"),
    "RULES": N_("The rules have changed"),
    "WITHDRAWN": N_("The producer took the cost statement back"),
}
BILL_STATES: Words = {
    "DRAFT": N_("Draft"),
    "FROZEN": N_("Frozen"),
    "IN_USE": N_("In use"),
    "RETIRED": N_("Retired"),
}
IMPORT_STATES: Words = {
    "RECEIVED": N_("Waits to be read"),
    "READING": N_("Is being read"),
    "WRITING": N_("Is being written"),
    "DONE": N_("Imported"),
    "REFUSED": N_("Refused: nothing was written"),
}
LINE_KINDS: Words = {
    "material": N_("Material"),
    "retail_packing": N_("Packing for retail sale"),
    "shipping_packing": N_("Packing for shipment"),
    "accessory": N_("Accessory"),
    "indirect": N_("Indirect material"),
}
BASES: Words = {
    "FOB": N_("FOB: free on board"),
    "EXW": N_("EXW: ex works"),
    "AV": N_("Adjusted value"),
    "TV": N_("Transaction value"),
    "NC": N_("Net cost"),
}
#: What a supplier states, by its place in the statement.
STATED: Words = {
    "/agreement": N_("Agreement"),
    "/amounts": N_("Amounts of the supplier"),
    "/amounts/foreign_value": N_("Foreign value"),
    "/amounts/own_value": N_("Own value"),
    "/hs": N_("HS code"),
    "/origin": N_("Country of origin"),
    "/signed_on": N_("Day of signing"),
    "/signer": N_("Name"),
    "/signer_title": N_("Title"),
    "/valid_until": N_("First day on which it counts no more"),
}
DECLARATION_KINDS: Words = {
    "CONFIRMATION": N_("Confirmation of the origin of one supply"),
    "BLANKET": N_("Blanket declaration for repeated supplies, at most 12 months"),
    "DOMESTIC_MANUFACTURE": N_("Confirmation of domestic manufacture"),
    "ACCUMULATION": N_("Accumulation declaration with amounts"),
    "LONG_TERM": N_("Long-term supplier's declaration, at most 24 months"),
    "CUSTOMS_CONFIRMED": N_("Declaration that customs confirms"),
}
DECLARATION_STATES: Words = {
    "REQUESTED": N_("Asked for"),
    "REMINDED": N_("Reminded"),
    "RECEIVED": N_("Answered, with something to mend"),
    "CHECKED": N_("Checked, not yet in force"),
    "VALID": N_("In force"),
    "EXPIRING": N_("Ends soon"),
    "EXPIRED": N_("Ended"),
    "REVOKED": N_("Taken back"),
}
#: What becomes of a determination without a declaration.
EFFECTS: Words = {
    "lost": N_("Would no longer qualify"),
    "gained": N_("Would qualify"),
    "now_needs_fact": N_("Would raise a question"),
    "now_ruled_out": N_("Would be ruled out"),
    "other_criterion": N_("Would qualify by another criterion"),
    "unreadable": N_("Could not be judged any more"),
}
STATEMENT_STATES: Words = {
    "FILED": N_("Filed"),
    "ENDED": N_("Ended"),
    "WITHDRAWN": N_("Taken back"),
}
METHODS: Words = {
    "fifo": N_("First in, first out"),
    "lifo": N_("Last in, first out"),
    "average": N_("Average"),
    "specific": N_("Lots kept apart"),
}
