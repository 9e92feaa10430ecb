"""Keeps sealed documents, and finds them again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ooms.db import Transaction
from ooms.documents import tables
from ooms.documents.model import Issued

_t = tables.document


class DocumentRows:
    """Sealed documents within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction
        is_postgresql = transaction.dialect.name == "postgresql"
        self._insert = postgresql.insert if is_postgresql else sqlite.insert

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
            self._insert(_t)
            .values(
                certificate_id=issued.certificate_id,
                version=issued.version,
                sealed_at=issued.sealed_at,
                sha256=issued.sha256,
                pdf=issued.pdf,
            )
            .on_conflict_do_nothing()
        )
