"""What lint finds, by code: what it means and what to do; and how it says where.

The words of the gateway's own codes are those of its catalogue of refusals.
"""

from __future__ import annotations

from collections.abc import Mapping

FINDINGS: Mapping[str, str] = {
    "finding.led_exceeded.do": "State the whole quantity of the shipment.",
    "finding.led_exceeded.means": "More was claimed than was left of the item.",
    "finding.led_unit.do": "State the quantity in the unit that the importer declares in.",
    "finding.led_unit.means": "The item was not measured in the declared unit.",
    "finding.lin_state.do": "Tell the importer the number of the certificate that counts.",
    "finding.lin_state.means": "The certificate could not be used any more: it was replaced, "
    "cancelled or annulled.",
    "finding.officer.do": "Ask the importer for the officer's reason.",
    "finding.officer.means": "An import officer decided so after looking at the papers.",
    "finding.other.do": "Correct what the details name, or ask the issuing office.",
    "finding.other.means": "Something stands in the way; the details say what.",
    "finding.ref_code.do": "Use a code of the dialect's list, or state the datum in words where "
    "the form allows.",
    "finding.ref_code.means": "A code is in no list that both sides know, or the partner has no "
    "code for a value.",
    "finding.ref_exporter.do": "Write the company's name as it stands on the invoice.",
    "finding.ref_exporter.means": "The declared exporter differs from the certificate's.",
    "finding.ref_hs.do": "Agree on the classification with the importer before applying.",
    "finding.ref_hs.means": "The declared tariff code differs from the certificate's.",
    "finding.ref_invoice.do": "Name the invoice under which the importer will declare the goods.",
    "finding.ref_invoice.means": "The declared invoice is none of the certificate's.",
    "finding.rul_c01_retroactive.do": "Set the mark exactly when the issue is later than the "
    "form's window.",
    "finding.rul_c01_retroactive.means": "The mark 'issued retroactively' contradicts the dates of "
    "shipment and issue.",
    "finding.rul_c02_validity.do": "State the day that is named.",
    "finding.rul_c02_validity.means": "The last day of validity is not the one that the form's "
    "rule computes.",
    "finding.rul_c03_gross_weight.do": "Correct the weights, or the total.",
    "finding.rul_c03_gross_weight.means": "The items weigh more than the stated total.",
    "finding.rul_c04_percent.do": "State the share that the criterion asks for.",
    "finding.rul_c04_percent.means": "A percentage is missing, has no meaning, or lies outside the "
    "form's limits.",
    "finding.rul_c05_fob.do": "Add the value or leave it out, as the form says.",
    "finding.rul_c05_fob.means": "A free-on-board value is missing, or stands where the form has "
    "no place for it.",
    "finding.rul_c06_hs.do": "Write the code in the digits and the edition that the form takes.",
    "finding.rul_c06_hs.means": "The tariff code has the wrong digits, side or edition for the "
    "form.",
    "finding.rul_c07_third_country.do": "Tick it exactly when an operator outside the parties "
    "invoices.",
    "finding.rul_c07_third_country.means": "Third-country invoicing is ticked without such an "
    "invoice, or the other way round.",
    "finding.rul_c09_item_cap.do": "Split the goods over several certificates.",
    "finding.rul_c09_item_cap.means": "The certificate has more items than the form allows on the "
    "day of issue.",
    "finding.rul_c10_country.do": "Correct the country, or use the form of another agreement.",
    "finding.rul_c10_country.means": "A country is no party to the agreement, or exporter and "
    "issuer are of two countries.",
    "finding.rul_c12_charset.do": "Write it in characters that the partner takes.",
    "finding.rul_c12_charset.means": "A text holds characters that the partner's character set "
    "cannot carry.",
    "finding.rul_c13_box.do": "Fill the box that is named.",
    "finding.rul_c13_box.means": "A box that the form makes mandatory is empty.",
    "finding.rul_c14_criterion.do": "Print a criterion of the form for the rule that the goods "
    "meet.",
    "finding.rul_c14_criterion.means": "The printed criterion is none of the form, or means "
    "something else than is structured.",
    "finding.rul_charset.do": "Write it in characters that the partner takes.",
    "finding.rul_charset.means": "A text holds characters that the partner does not take.",
    "finding.rul_date_ahead.do": "Correct the date, or state the shipment as intended.",
    "finding.rul_date_ahead.means": "A date is still to come.",
    "finding.rul_determination.do": "Cite a determination of these goods, under this agreement and "
    "for this country.",
    "finding.rul_determination.means": "The line does not stand on the determination that it "
    "cites.",
    "finding.rul_disclosure.do": "Disclose the producer, or withhold it in a way that the partner "
    "takes.",
    "finding.rul_disclosure.means": "The partner does not take this way of withholding the "
    "producer.",
    "finding.rul_expired.do": "Ship early enough, and tell the importer the last day.",
    "finding.rul_expired.means": "The certificate was no longer valid when preference was claimed.",
    "finding.rul_f02_remark.do": "Add the operator, exhibition, reason or original that is named.",
    "finding.rul_f02_remark.means": "A remark lacks the data that it brings with it.",
    "finding.rul_f03_invoice.do": "Add name and country of who issued the invoice.",
    "finding.rul_f03_invoice.means": "An invoice of an operator outside the parties does not name "
    "it and its country.",
    "finding.rul_f04_marks.do": "Keep one of the two.",
    "finding.rul_f04_marks.means": "An item has marks in words and by a code.",
    "finding.rul_f05_packages.do": "Keep one of the two.",
    "finding.rul_f05_packages.means": "An item is in bulk and in packages.",
    "finding.rul_f06_item_numbers.do": "Number the items one by one.",
    "finding.rul_f06_item_numbers.means": "Item numbers repeat or leave gaps.",
    "finding.rul_f07_places.do": "Add it, or correct the reference.",
    "finding.rul_f07_places.means": "An item refers to an invoice or producer that is not there.",
    "finding.rul_f08_text.do": "Remove control characters; the normal form (NFC, trimmed) is made "
    "by itself.",
    "finding.rul_f08_text.means": "A text carries control characters, or is not in its normal "
    "form.",
    "finding.rul_f09_dates.do": "Correct the date that is named.",
    "finding.rul_f09_dates.means": "Dates contradict each other, or the edition of the form was "
    "not in use.",
    "finding.rul_forbidden.do": "Leave it out.",
    "finding.rul_forbidden.means": "The certificate holds a datum that the partner has no place "
    "for.",
    "finding.rul_form.do": "Use paper, or agree on the form first.",
    "finding.rul_form.means": "The partner does not take this form, or no edition of it is in use "
    "on the day of issue.",
    "finding.rul_hs_digits.do": "Write the code in fewer digits.",
    "finding.rul_hs_digits.means": "A tariff code has more digits than the partner reads.",
    "finding.rul_hs_edition.do": "Classify in an edition that the partner reads.",
    "finding.rul_hs_edition.means": "The partner does not read this edition of the Harmonized "
    "System.",
    "finding.rul_invoice_total.do": "Compare the lines with the invoice and correct what is wrong.",
    "finding.rul_invoice_total.means": "The values of the lines sum to more than their invoice.",
    "finding.rul_item_cap.do": "Split the goods over several certificates.",
    "finding.rul_item_cap.means": "The certificate has more items than the partner takes.",
    "finding.rul_least_price.do": "Check the price; at this one, determine the product again.",
    "finding.rul_least_price.means": "The goods are sold below the lowest price at which they meet "
    "the rule of origin.",
    "finding.rul_length.do": "Shorten it.",
    "finding.rul_length.means": "A text is longer than the partner takes.",
    "finding.rul_missing.do": "Add it.",
    "finding.rul_missing.means": "The partner wants a datum that the certificate does not hold.",
    "finding.rul_net_weight.do": "Correct one of the two weights.",
    "finding.rul_net_weight.means": "The net weight is more than the gross weight.",
    "finding.rul_not_carried.do": "Leave it out if it is not needed, else use paper.",
    "finding.rul_not_carried.means": "The dialect has no place for a datum, and without it the "
    "meaning would change.",
    "finding.rul_not_for_us.do": "Send it to the administration of the importing country, or agree "
    "on the form first.",
    "finding.rul_not_for_us.means": "The goods go to another country, or the receiver exchanges no "
    "such form.",
    "finding.rul_number.do": "Issue under a number of the agreed pattern.",
    "finding.rul_number.means": "The certificate number does not fit how the partner writes "
    "numbers.",
    "finding.rul_on_paper.do": "Print the certificate and send the paper.",
    "finding.rul_on_paper.means": "No partner takes this form electronically.",
    "finding.rul_operator_country.do": "Name who issued the invoice from a third country, or leave "
    "the operator out.",
    "finding.rul_operator_country.means": "The operator of a third country is of one of the two "
    "countries, or is the buyer.",
    "finding.rul_reference.do": "Give each invoice and producer a number of its own.",
    "finding.rul_reference.means": "An item refers to an invoice or producer in a way that the "
    "partner cannot follow.",
    "finding.rul_ruled.do": "Name the ruling's number where the importer's side asks.",
    "finding.rul_ruled.means": "An advance ruling was made on these goods.",
    "finding.rul_ruled_alike.do": "Read it, and apply for a ruling where doubt remains.",
    "finding.rul_ruled_alike.means": "An advance ruling was made on goods that are alike; it binds "
    "nobody here.",
    "finding.rul_ruled_otherwise.do": "Follow the ruling, or apply for another one where the facts "
    "differ.",
    "finding.rul_ruled_otherwise.means": "An advance ruling on these goods found another origin.",
    "finding.rul_signatory.do": "Have the office keep a valid signature card of who signs.",
    "finding.rul_signatory.means": "Who signs for the company holds no valid signature card.",
    "finding.rul_stale.do": "Determine the product again, then cite the new determination.",
    "finding.rul_stale.means": "Something has changed since the origin of the goods was "
    "determined.",
    "finding.rul_transliterated.do": "Check the spelling, or write it in these letters yourself.",
    "finding.rul_transliterated.means": "A text is sent in the letters that the partner takes; "
    "this is a warning.",
    "finding.rul_two_dates.do": "State the date of the transport document in both places.",
    "finding.rul_two_dates.means": "The date of shipment and the departure date differ.",
    "finding.sch_incomplete.do": "Add it and send a new message.",
    "finding.sch_incomplete.means": "A group of the certificate lacks a datum that no certificate "
    "can do without.",
    "finding.sch_invalid.do": "Correct what `eodes message verify` explains, with its path and its "
    "box of the form.",
    "finding.sch_invalid.means": "The document breaks its schema.",
    "lint.box": "box {number} ({title})",
    "lint.line": "line {number}",
    "lint.record": "{partner} refused {refused} of {sent} certificates in {days} days",
    "lint.refused": "{partner} refused {refused} of {sent} certificates in {days} days for this",
}
