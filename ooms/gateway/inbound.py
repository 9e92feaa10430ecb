"""Inbound: what partners sent and answered, told to the desks at least once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import structlog

from eodes.api import News
from ooms.certificates.hearing import Hearing
from ooms.certificates.model import Note
from ooms.claims.service import Claims
from ooms.db import Work, Works
from ooms.errors import OfficeError
from ooms.gateway.verification_news import VerificationNews

log = structlog.get_logger(__name__)

_RECEIVED = "certificate.received"


class Inbound:
    """The office's ear at the gateway; each piece of news is one transaction."""

    def __init__(
        self,
        *,
        works: Works,
        certificates: Hearing,
        claims: Claims,
        verifications: VerificationNews,
    ) -> None:
        """Tell the news to these desks."""
        self._works = works
        self._certificates = certificates
        self._claims = claims
        self._verifications = verifications

    def hear(self, news: Sequence[News]) -> None:
        """Take the news in order; what was heard before changes nothing."""
        for one in news:
            note = Note(one.kind, one.partner, one.message_id, one.created_at, one.facts, one.id)
            is_new = self._works.do(partial(self._tell, note=note))
            log.info("news.hear.done", kind=one.kind, message_id=one.message_id, is_new=is_new)
            if one.kind == _RECEIVED:
                self._check_again(one)

    def _tell(self, work: Work, *, note: Note) -> bool:
        """Tell one piece of news, once, to every desk that it may concern."""
        is_new = self._certificates.hear(work, note)
        if is_new:
            self._verifications.hear(work, note)
        return is_new

    def _check_again(self, news: News) -> None:
        """Let the claims that waited for a certificate be checked again, now that it has come.

        News that is told again does it again, which changes nothing; a claim that cannot be decided
        now goes on waiting, and is left to an officer in the end.
        """
        key = str(news.facts.get("number_key", ""))
        try:
            count = self._works.do(partial(self._claims.check_again, number_key=key))
        except OfficeError as error:
            log.warning("claims.check_again.failed", message_id=news.message_id, code=error.code)
        else:
            log.info("claims.check_again.done", message_id=news.message_id, lines=count)
