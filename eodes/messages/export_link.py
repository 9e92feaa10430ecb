"""EXPORT_LINK: the export declarations under which the goods of a certificate left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from eodes.domain.certificate import ExportDeclarationLink
from eodes.domain.message import CertificateId, MessageType
from eodes.domain.record import Count
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class ExportLink:
    """The certificate and its declarations."""

    certificate: CertificateId
    declarations: Annotated[tuple[ExportDeclarationLink, ...], Count(1)]


SPEC = message(MessageType.EXPORT_LINK, ExportLink, direction="issuing to importing side")
