"""Codes of the rules that a certificate must meet: of its form, and of the partner."""

from __future__ import annotations

from eodes.domain.refusals.meaning import Meaning, Mender

_FORM = "the form, see docs/reference/forms.md"

CONSTRAINTS: tuple[Meaning, ...] = (
    Meaning(
        "RUL-C01-RETROACTIVE",
        Mender.SENDER,
        "The mark 'issued retroactively' contradicts the dates of shipment and issue.",
        "Set the mark exactly when the issue is later than the form's window.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C02-VALIDITY",
        Mender.SENDER,
        "The last day of validity is not the one that the form's rule computes.",
        "State the day that is named.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C03-GROSS-WEIGHT",
        Mender.EXPORTER,
        "The items weigh more than the stated total.",
        "Correct the weights, or the total.",
    ),
    Meaning(
        "RUL-C04-PERCENT",
        Mender.EXPORTER,
        "A percentage is missing, has no meaning, or lies outside the form's limits.",
        "State the share that the criterion asks for.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C05-FOB",
        Mender.EXPORTER,
        "A free-on-board value is missing, or stands where the form has no place for it.",
        "Add the value or leave it out, as the form says.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C06-HS",
        Mender.EXPORTER,
        "The tariff code has the wrong digits, side or edition for the form.",
        "Write the code in the digits and the edition that the form takes.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C07-THIRD-COUNTRY",
        Mender.EXPORTER,
        "Third-country invoicing is ticked without such an invoice, or the other way round.",
        "Tick it exactly when an operator outside the parties invoices.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C08-BACK-TO-BACK",
        Mender.SENDER,
        "The back-to-back certificate lacks its originals, is late, or takes more than they hold.",
        "Name the originals and what is taken of each item, within their validity.",
        source="ATIGA Annex 8, rule 11(1)",
    ),
    Meaning(
        "RUL-C09-ITEM-CAP",
        Mender.EXPORTER,
        "The certificate has more items than the form allows on the day of issue.",
        "Split the goods over several certificates.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C10-COUNTRY",
        Mender.SENDER,
        "A country is no party to the agreement, or exporter and issuer are of two countries.",
        "Correct the country, or use the form of another agreement.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C11-ISSUER",
        Mender.SENDER,
        "The officer did not sign for the issuing body on the day of certification.",
        "Have an officer sign who is in the register on that day.",
    ),
    Meaning(
        "RUL-C12-CHARSET",
        Mender.EXPORTER,
        "A text holds characters that the partner's character set cannot carry.",
        "Write it in characters that the partner takes.",
    ),
    Meaning(
        "RUL-C13-BOX",
        Mender.EXPORTER,
        "A box that the form makes mandatory is empty.",
        "Fill the box that is named.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C14-CRITERION",
        Mender.EXPORTER,
        "The printed criterion is none of the form, or means something else than is structured.",
        "Print a criterion of the form for the rule that the goods meet.",
        source=_FORM,
    ),
    Meaning(
        "RUL-C15-REPLACEMENT",
        Mender.SENDER,
        "The certificate does not name the one that it stands for, or changes what must stay.",
        "Name the original and keep the facts that are named.",
    ),
    Meaning(
        "RUL-C16-ORIGINAL-DATE",
        Mender.SENDER,
        "The certificate stands for another one and does not bear its date of issue.",
        "State the original's date of issue.",
        source=_FORM,
    ),
    Meaning(
        "RUL-F01-NUMBER-KEY",
        Mender.SENDER,
        "The key of a number is not the one that follows from the number.",
        "Make the key by NFKC, upper case, letters A to Z and digits only.",
    ),
    Meaning(
        "RUL-F02-REMARK",
        Mender.EXPORTER,
        "A remark lacks the data that it brings with it.",
        "Add the operator, exhibition, reason or original that is named.",
        source=_FORM,
    ),
    Meaning(
        "RUL-F03-INVOICE",
        Mender.EXPORTER,
        "An invoice of an operator outside the parties does not name it and its country.",
        "Add name and country of who issued the invoice.",
    ),
    Meaning(
        "RUL-F04-MARKS",
        Mender.EXPORTER,
        "An item has marks in words and by a code.",
        "Keep one of the two.",
    ),
    Meaning(
        "RUL-F05-PACKAGES",
        Mender.EXPORTER,
        "An item is in bulk and in packages.",
        "Keep one of the two.",
    ),
    Meaning(
        "RUL-F06-ITEM-NUMBERS",
        Mender.EXPORTER,
        "Item numbers repeat or leave gaps.",
        "Number the items one by one.",
    ),
    Meaning(
        "RUL-F07-PLACES",
        Mender.EXPORTER,
        "An item refers to an invoice or producer that is not there.",
        "Add it, or correct the reference.",
    ),
    Meaning(
        "RUL-F08-TEXT",
        Mender.EXPORTER,
        "A text carries control characters, or is not in its normal form.",
        "Remove control characters; the normal form (NFC, trimmed) is made by itself.",
    ),
    Meaning(
        "RUL-F09-DATES",
        Mender.SENDER,
        "Dates contradict each other, or the edition of the form was not in use.",
        "Correct the date that is named.",
        source=_FORM,
    ),
    Meaning(
        "RUL-F10-KIND",
        Mender.SENDER,
        "The form knows no such kind of issue, or it came after its time limit.",
        "Use a kind of issue that the form knows.",
        source=_FORM,
    ),
)

TOWARDS_A_PARTNER: tuple[Meaning, ...] = (
    Meaning(
        "RUL-CHARSET",
        Mender.EXPORTER,
        "A text holds characters that the partner does not take.",
        "Write it in characters that the partner takes.",
    ),
    Meaning(
        "RUL-DISCLOSURE",
        Mender.EXPORTER,
        "The partner does not take this way of withholding the producer.",
        "Disclose the producer, or withhold it in a way that the partner takes.",
    ),
    Meaning(
        "RUL-FORBIDDEN",
        Mender.EXPORTER,
        "The certificate holds a datum that the partner has no place for.",
        "Leave it out.",
    ),
    Meaning(
        "RUL-FORM",
        Mender.SENDER,
        "The partner does not take this form, or no edition of it is in use on the day of issue.",
        "Use paper, or agree on the form first.",
    ),
    Meaning(
        "RUL-HS-DIGITS",
        Mender.EXPORTER,
        "A tariff code has more digits than the partner reads.",
        "Write the code in fewer digits.",
    ),
    Meaning(
        "RUL-HS-EDITION",
        Mender.EXPORTER,
        "The partner does not read this edition of the Harmonized System.",
        "Classify in an edition that the partner reads.",
    ),
    Meaning(
        "RUL-ITEM-CAP",
        Mender.EXPORTER,
        "The certificate has more items than the partner takes.",
        "Split the goods over several certificates.",
    ),
    Meaning(
        "RUL-LENGTH",
        Mender.EXPORTER,
        "A text is longer than the partner takes.",
        "Shorten it.",
    ),
    Meaning(
        "RUL-MISSING",
        Mender.EXPORTER,
        "The partner wants a datum that the certificate does not hold.",
        "Add it.",
    ),
    Meaning(
        "RUL-NOT-CARRIED",
        Mender.EXPORTER,
        "The dialect has no place for a datum, and without it the meaning would change.",
        "Leave it out if it is not needed, else use paper.",
    ),
    Meaning(
        "RUL-NOT-FOR-US",
        Mender.SENDER,
        "The goods go to another country, or the receiver exchanges no such form.",
        "Send it to the administration of the importing country, or agree on the form first.",
    ),
    Meaning(
        "RUL-NUMBER",
        Mender.SENDER,
        "The certificate number does not fit how the partner writes numbers.",
        "Issue under a number of the agreed pattern.",
    ),
    Meaning(
        "RUL-REFERENCE",
        Mender.EXPORTER,
        "An item refers to an invoice or producer in a way that the partner cannot follow.",
        "Give each invoice and producer a number of its own.",
    ),
    Meaning(
        "RUL-TRANSLITERATED",
        Mender.EXPORTER,
        "A text is sent in the letters that the partner takes; this is a warning.",
        "Check the spelling, or write it in these letters yourself.",
    ),
)
