"""Codes of repeats, lineage and time: what was sent before, and what could not be done now."""

from __future__ import annotations

from eodes.domain.refusals.meaning import Meaning, Mender

EXCHANGE: tuple[Meaning, ...] = (
    Meaning(
        "DUP-CERTIFICATE",
        Mender.SENDER,
        "The certificate is registered already with the same content; this is a warning.",
        "Nothing; send a certificate in one message only.",
    ),
    Meaning(
        "DUP-MESSAGE",
        Mender.SENDER,
        "The message id came before with other content.",
        "Give new content a new message id.",
    ),
    Meaning(
        "DUP-NUMBER",
        Mender.SENDER,
        "The certificate number is registered already with other content.",
        "Correct a certificate under a new number that names the old one.",
        source="Practice between Korea and China since 19 November 2019, as the press reports it",
    ),
    Meaning(
        "DUP-SEQUENCE",
        Mender.SENDER,
        "The place in the channel belongs to another message.",
        "Number messages without gap and without repeating.",
    ),
    Meaning(
        "LIN-FOREIGN",
        Mender.SENDER,
        "The certificate to be replaced was sent by another partner.",
        "Only its own sender has it replaced.",
    ),
    Meaning(
        "LIN-ON-PAPER",
        Mender.SENDER,
        "The partner takes corrections by strike-out on the paper only.",
        "Correct the paper; the certificate that was sent stays as it is.",
    ),
    Meaning(
        "LIN-PREDECESSOR",
        Mender.SENDER,
        "The certificate is registered although the one it replaces never came; this is a warning.",
        "Send the replaced certificate too.",
    ),
    Meaning(
        "LIN-SAME-NUMBER",
        Mender.SENDER,
        "The correction bears the number that it corrects.",
        "Issue it under a new number.",
        source="ATIGA operational certification procedure, rule 29(4)",
    ),
    Meaning(
        "LIN-STATE",
        Mender.SENDER,
        "The certificate to be replaced is superseded, cancelled or annulled already.",
        "Correct its successor instead.",
    ),
    Meaning(
        "LIN-UTILISED",
        Mender.SENDER,
        "The certificate to be replaced was used by an import declaration.",
        "Settle it with the importing office; a used certificate is not replaced by message.",
    ),
    Meaning(
        "SYS-BUSY",
        Mender.RECEIVER,
        "The message could not be recorded now.",
        "Send the same bytes again after the time that Retry-After names.",
        retryable=True,
    ),
    Meaning(
        "SYS-DEFECT",
        Mender.OPERATOR,
        "The consequences of a received message could not be drawn because of a defect here.",
        "Report it with the log line; the message is kept and looked at again by itself.",
        retryable=True,
    ),
    Meaning(
        "SYS-EFFECT",
        Mender.OPERATOR,
        "The consequences of a received message could not be drawn now.",
        "Read the log line; the message is kept and looked at again by itself.",
        retryable=True,
    ),
    Meaning(
        "SYS-NO-ANSWER",
        Mender.RECEIVER,
        "The partner has the message and gave no final answer within its own time.",
        "Ask the partner; a late answer still settles it, `eodes message resend` asks again.",
        retryable=True,
    ),
    Meaning(
        "SYS-UNREACHABLE",
        Mender.RECEIVER,
        "The repeats are used up and no attempt brought an answer that stands.",
        "See that the partner is up with `eodes doctor`, then `eodes message resend`.",
        retryable=True,
    ),
)
