"""Codes of verifications: what cannot belong to a case, and what a message of one must hold."""

from __future__ import annotations

from eodes.domain.refusals.meaning import Meaning, Mender

VERIFICATION: tuple[Meaning, ...] = (
    Meaning(
        "DUP-VERIF",
        Mender.SENDER,
        "The case has a request or proposal under the same round or visit with other content.",
        "Ask again under the next round, propose under the next number, or open another case.",
    ),
    Meaning(
        "DUP-VERIF-AGAIN",
        Mender.SENDER,
        "The same request or proposal came before; this is a warning and nothing changed.",
        "Nothing; send it in one message only.",
    ),
    Meaning(
        "ENV-CONVERSATION",
        Mender.SENDER,
        "The header names another conversation than the case of the body.",
        "Copy the body's CaseID into ConversationID.",
    ),
    Meaning(
        "LIN-VERIF-SIDE",
        Mender.SENDER,
        "The message is for the other side of the case to send.",
        "Who asked sends requests, proposals, findings and decisions; who was asked the rest.",
    ),
    Meaning(
        "LIN-VERIF-STATE",
        Mender.SENDER,
        "The case, its round or its visit does not stand where the message could follow.",
        "See where it stands; after a determination only a revision follows, or another case.",
    ),
    Meaning(
        "LIN-VERIF-UNKNOWN",
        Mender.SENDER,
        "No such case is open between the two administrations.",
        "Use the case id of the request; the side that asks opens the case.",
    ),
    Meaning(
        "REF-ANNEX-DIGEST",
        Mender.SENDER,
        "The bytes of a paper are not those that its digest and size name.",
        "Send the paper again with the digest and size of its bytes.",
    ),
    Meaning(
        "REF-VERIF-CERTIFICATE",
        Mender.SENDER,
        "The certificate is not of the other side's issue, not sent to who asks, or not asked for.",
        "Ask its own issuer; say PAPER of a certificate that did not come by message.",
    ),
    Meaning(
        "RUL-ANNEX-SIZE",
        Mender.SENDER,
        "A paper inside the message is larger than the receiver takes.",
        "Leave its content out and send it beside; its digest tells that it is the same.",
    ),
    Meaning(
        "RUL-VERIF-CONSENT",
        Mender.SENDER,
        "A proof or a confidential paper is to leave without the consent of who submitted it.",
        "Obtain the consent and name it, or leave the paper out.",
        source="Korea, Enforcement Decree of the FTA Customs Special Act 13(2), 50(6)",
    ),
    Meaning(
        "RUL-VERIF-INCOMPLETE",
        Mender.SENDER,
        "The message lacks what belongs to what it says: reasons, a copy, days, a ground.",
        "Add what is named.",
        source="Korea-Viet Nam FTA 3.21; China-Korea FTA 3.23",
    ),
)
