"""Keeps sealed documents, and finds them again."""

from __future__ import annotations

from sqlalchemy import select

from ooms.db import Transaction, upsert
from ooms.documents import tables
from ooms.documents.model import Issued

_t = tables.document


class DocumentRows:
    """Sealed documents within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def find(self, certificate_id: str, *, version: str) -> Issued | None:
        """Find a document that was sealed before."""
        row = self._transaction.execute(
            select(_t.c.certificate_id, _t.c.version, _t.c.sealed_at, _t.c.sha256, _t.c.pdf).where(
                _t.c.certificate_id == certificate_id, _t.c.version == version
            )
        ).first()
        return Issued(*row) if row else None

    def keep(self, issued: Issued) -> None:
        """Keep a document; the first that comes for a version stays."""
        self._transaction.execute(
            upsert(self._transaction, _t)
            .values(
                certificate_id=issued.certificate_id,
                version=issued.version,
                sealed_at=issued.sealed_at,
                sha256=issued.sha256,
                pdf=issued.pdf,
            )
            .on_conflict_do_nothing()
        )
