"""Codes of documents that cannot be read: envelope, schema and code lists."""

from __future__ import annotations

from eodes.domain.refusals.meaning import Meaning, Mender

ENVELOPE: tuple[Meaning, ...] = (
    Meaning(
        "ENV-ADDRESS",
        Mender.SENDER,
        "Nothing is served at this address, or not by this HTTP method.",
        "Post messages to /partner/v1/messages of the endpoint on the partner's card.",
    ),
    Meaning(
        "ENV-BODY-DIGEST",
        Mender.SENDER,
        "The digest in the header is not that of the payload.",
        "Compute SHA-256 over the payload's exclusive canonical form and send a new message.",
    ),
    Meaning(
        "ENV-CAUSATION",
        Mender.SENDER,
        "The answer names a message that was not sent, or another one than it answers.",
        "Copy the answered message's MessageID into CausationID.",
    ),
    Meaning(
        "ENV-CLOCK",
        Mender.SENDER,
        "The message was made later than the receiver's clock allows.",
        "Set the clock and send a new message; the receiver's profile states the tolerance.",
    ),
    Meaning(
        "ENV-CONTENT-ENCODING",
        Mender.SENDER,
        "The HTTP body is compressed in a way that was not agreed, or does not inflate.",
        "Send the document as it is, or in gzip where the receiver's profile takes it.",
        source="RFC 9110, 8.4",
    ),
    Meaning(
        "ENV-DIGEST",
        Mender.SENDER,
        "The answer is about other bytes than those that were sent.",
        "Answer with the digest of the document that was received.",
    ),
    Meaning(
        "ENV-DTD",
        Mender.SENDER,
        "The document has a DOCTYPE.",
        "Remove it; none is ever read.",
    ),
    Meaning(
        "ENV-ENCODING",
        Mender.SENDER,
        "The document is not UTF-8, or declares another encoding.",
        "Send UTF-8, with a declaration of UTF-8 or none.",
    ),
    Meaning(
        "ENV-EXPIRED",
        Mender.SENDER,
        "The message came after the instant until which its sender meant it.",
        "Send a new message if its content still holds.",
    ),
    Meaning(
        "ENV-FORBIDDEN-ATTRIBUTE",
        Mender.SENDER,
        "The document uses xml: or xsi: names, which change how a reader understands it.",
        "Leave them out.",
    ),
    Meaning(
        "ENV-FORBIDDEN-NODE",
        Mender.SENDER,
        "The document holds a comment, a processing instruction or an entity.",
        "Remove it; signed messages hold elements, attributes and text only.",
    ),
    Meaning(
        "ENV-HEADER",
        Mender.SENDER,
        "An element of the header is missing, unknown, repeated, out of order or wrongly spelled.",
        "Write the header as the message schema has it.",
    ),
    Meaning(
        "ENV-MALFORMED",
        Mender.SENDER,
        "The document is not well-formed XML.",
        "Correct it at the line and column named.",
        source="XML 1.0, fifth edition",
    ),
    Meaning(
        "ENV-MEDIA-TYPE",
        Mender.SENDER,
        "The HTTP body is not declared as XML.",
        "Send one document as application/xml.",
    ),
    Meaning(
        "ENV-NAMESPACE",
        Mender.SENDER,
        "A namespace name is relative, too many are declared, or the prefix ds is misused.",
        "Declare absolute namespace names, only those in use, and ds for XML Signature only.",
    ),
    Meaning(
        "ENV-NO-SIGNAL",
        Mender.SENDER,
        "The answer to a call is a business message where a signal belongs.",
        "Answer with ACK_TRANSPORT, ACK_TECHNICAL, ACK_BUSINESS or ERROR.",
    ),
    Meaning(
        "ENV-PAYLOAD",
        Mender.SENDER,
        "The body holds nothing, several elements, or an element of another namespace.",
        "Put exactly one payload of the message namespace into Body.",
    ),
    Meaning(
        "ENV-ROOT",
        Mender.SENDER,
        "The document is no Message of Header, Body and Signature in this order.",
        "Wrap the payload in the envelope of the message schema.",
    ),
    Meaning(
        "ENV-SEQUENCE",
        Mender.SENDER,
        "A message has no place in the channel, or a signal has one.",
        "Give every message but a signal its place and the digest of the message before it.",
    ),
    Meaning(
        "ENV-TEST",
        Mender.SENDER,
        "A test message came to a production node, or the other way round.",
        "Send it to the address of its own world.",
    ),
    Meaning(
        "ENV-TOO-COMPLEX",
        Mender.SENDER,
        "The document has too many elements, attributes or levels.",
        "Send a simpler document, or split the content over several messages.",
    ),
    Meaning(
        "ENV-TOO-LARGE",
        Mender.SENDER,
        "The document has more bytes than the receiver's profile allows.",
        "Split the content over several messages.",
    ),
    Meaning(
        "ENV-TYPE-AND-BODY",
        Mender.SENDER,
        "The header names one type and the body holds another.",
        "Make them agree.",
    ),
    Meaning(
        "ENV-UNKNOWN-TYPE",
        Mender.SENDER,
        "The header names a type that is in no message catalogue.",
        "Use a type of the catalogue.",
    ),
    Meaning(
        "ENV-VERSION",
        Mender.SENDER,
        "The document is not XML 1.0.",
        "Declare version 1.0 or leave the declaration out.",
    ),
    Meaning(
        "ENV-WRONG-RECEIVER",
        Mender.SENDER,
        "The message is for another administration.",
        "Send it to its own receiver's address.",
    ),
)

CONTENT: tuple[Meaning, ...] = (
    Meaning(
        "REF-CODE",
        Mender.SENDER,
        "A code is in no list that both sides know, or the partner has no code for a value.",
        "Use a code of the dialect's list, or state the datum in words where the form allows.",
    ),
    Meaning(
        "REF-PLACE",
        Mender.SENDER,
        "An item refers to an invoice or producer that the certificate does not hold.",
        "Refer by a number that stands on the same certificate.",
    ),
    Meaning(
        "SCH-CARD",
        Mender.SENDER,
        "The file is no partner card of this version.",
        "Ask the partner for a card made by `eodes node card`.",
    ),
    Meaning(
        "SCH-INCOMPLETE",
        Mender.SENDER,
        "A group of the certificate lacks a datum that no certificate can do without.",
        "Add it and send a new message.",
    ),
    Meaning(
        "SCH-INVALID",
        Mender.SENDER,
        "The document breaks its schema.",
        "Correct what `eodes message verify` explains, with its path and its box of the form.",
        source="the schemas under xsd/",
    ),
)
