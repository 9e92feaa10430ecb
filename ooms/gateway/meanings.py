"""What the codes of messages mean, for the handbook."""

from __future__ import annotations

from eodes.api import Gateway
from ooms.handbook.model import Code


def codes_of(gateway: Gateway) -> tuple[Code, ...]:
    """Return the codes that partners and this gateway refuse messages with."""
    return tuple(
        Code(one.code, means=one.means, who=str(one.mender), then=one.next_step, source=one.source)
        for one in gateway.meanings()
    )
