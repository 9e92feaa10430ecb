"""What a partner could not take, in the words of the office."""

from __future__ import annotations

from eodes.domain.verdict import Refusal
from eodes.errors import UnpreparableError
from ooms.errors import Flaw, NotSendableError


def unsendable(error: UnpreparableError, *, to: str) -> NotSendableError:
    """Say why a message cannot be expressed towards a partner, flaw by flaw."""
    return NotSendableError(*map(_flaw, error.refusals), partner=to)


def _flaw(refusal: Refusal) -> Flaw:
    return Flaw(refusal.path, refusal.detail, code=refusal.code, box=refusal.box)
