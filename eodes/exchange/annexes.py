"""Annexes: the bytes of papers, out of the archived messages that brought them."""

from __future__ import annotations

from eodes.domain.message import VERIFICATIONS
from eodes.exchange.judge import Judge
from eodes.exchange.verification_rules import documents_of
from eodes.store.unit import Unit


def find(unit: Unit, sha256: str, *, of: tuple[str, str], judge: Judge) -> bytes | None:
    """Find the bytes of a paper by its digest in the message of a partner; None if not there.

    They were held against their digest when the message came, so they are what it names.
    """
    partner, message_id = of
    message = unit.inbox.find(partner, message_id)
    if message is None or message.type not in VERIFICATIONS:
        return None
    body = judge.reread_body(message.document)
    inside = (one for one in documents_of(body) if one.sha256 == sha256 and one.content)
    paper = next(inside, None)
    return paper.bytes_inside() if paper else None
