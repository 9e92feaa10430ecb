"""CAPABILITY: what this node understands, so that nothing else is sent to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from eodes.domain.message import MessageType
from eodes.domain.partner import AcceptedForm, Algorithm
from eodes.domain.record import Count, Text, Whole
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class SpokenDialect:
    """A dialect and its version."""

    name: Annotated[str, Text(20, 2, "[a-z][a-z0-9]+")]
    version: Annotated[str, Text(8, 3, "[0-9]+\\.[0-9]+")]


@dataclass(frozen=True, slots=True)
class Capability:
    """Message types, dialects, algorithms, forms and the largest document."""

    message_types: Annotated[tuple[MessageType, ...], Count(1)]
    dialects: Annotated[tuple[SpokenDialect, ...], Count(1)]
    algorithms: Annotated[tuple[Algorithm, ...], Count(1)]
    max_document_bytes: Annotated[int, Whole(10_000, 20_000_000)]
    forms: Annotated[tuple[AcceptedForm, ...], Count(1)]


SPEC = message(MessageType.CAPABILITY, Capability, direction="either side")
