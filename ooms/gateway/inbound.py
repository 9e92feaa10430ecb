"""Inbound: what partners sent and answered, told to the desks at least once."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from eodes.api import News
from ooms.certificates.hearing import Hearing
from ooms.certificates.model import Note
from ooms.db import Works

log = structlog.get_logger(__name__)


class Inbound:
    """The office's ear at the gateway; each piece of news is one transaction."""

    def __init__(self, *, works: Works, certificates: Hearing) -> None:
        """Tell the news to these desks."""
        self._works = works
        self._certificates = certificates

    def hear(self, news: Sequence[News]) -> None:
        """Take the news in order; what was heard before changes nothing."""
        for one in news:
            note = Note(one.kind, one.partner, one.message_id, one.created_at, one.facts, one.id)
            is_new = self._works.do(lambda work, note=note: self._certificates.hear(work, note))  # type: ignore[misc]  # bound at once
            log.info("news.hear.done", kind=one.kind, message_id=one.message_id, is_new=is_new)
