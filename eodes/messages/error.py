"""ERROR: the message is refused, with every reason that was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from eodes.domain.message import Digest, MessageType
from eodes.domain.record import Count, Text
from eodes.messages.spec import RefusalCode, message


@dataclass(frozen=True, slots=True)
class ErrorRefusal:
    """One reason: code of the catalogue, place in the document, box of the form, words."""

    code: RefusalCode
    text: Annotated[str, Text(2048)]
    retryable: bool
    path: Annotated[str, Text(1024)] | None = None
    box: Annotated[str, Text(40)] | None = None


@dataclass(frozen=True, slots=True)
class Error:
    """The digest of the refused document, and why."""

    digest: Digest
    refusals: Annotated[tuple[ErrorRefusal, ...], Count(1)]


SPEC = message(MessageType.ERROR, Error, direction="receiver to sender", needs_handler=False)
