"""CO_ISSUE: a certificate, from the side that issued it."""

from __future__ import annotations

from dataclasses import dataclass

from eodes.domain.certificate import Certificate
from eodes.domain.message import MessageType
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class CertificateIssue:
    """A certificate that was issued."""

    certificate: Certificate


SPEC = message(MessageType.CO_ISSUE, CertificateIssue, direction="issuing to importing side")
