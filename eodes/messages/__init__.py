"""The message catalogue: every type that travels, one line each, alphabetical."""

from collections.abc import Mapping
from typing import Any

from eodes.domain.message import MessageType
from eodes.messages import co_issue
from eodes.messages.spec import MessageSpec

#: Bodies differ from type to type; a caller takes the one its type names.
AnySpec = MessageSpec[Any]

_SPECS: tuple[AnySpec, ...] = (co_issue.SPEC,)

CATALOGUE: Mapping[MessageType, AnySpec] = {spec.type: spec for spec in _SPECS}
