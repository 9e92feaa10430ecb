"""Reads and writes the exact bytes of sealed letters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from ooms.db import Transaction
from ooms.verifications import tables

_letter = tables.letter


class LetterRows:
    """Sealed letters within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(  # noqa: PLR0913  # the facts of one letter, each by its name
        self, letter_id: str, *, about: str, kind: str, sha256: str, pdf: bytes, at: datetime
    ) -> None:
        """Keep a letter's exact bytes."""
        self._transaction.execute(
            insert(_letter).values(
                id=letter_id, about=about, kind=kind, sha256=sha256, sealed_at=at, pdf=pdf
            )
        )

    def pdf(self, letter_id: str, *, about: str) -> bytes | None:
        """Return a letter's exact bytes."""
        wanted = select(_letter.c.pdf).where(_letter.c.id == letter_id, _letter.c.about == about)
        found = self._transaction.execute(wanted).scalar()
        return None if found is None else bytes(found)
