"""The office's seal on letters to partners."""

from __future__ import annotations

from datetime import datetime

from ooms.documents import seal
from ooms.documents.signing import Key

REASON = "Verification of origin"


class OfficeSealer:
    """Seals with the office's key, in its name and place."""

    def __init__(self, key: Key, *, office: str, place: str) -> None:
        """Use this key."""
        self._key = key
        self._office = office
        self._place = place

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """Seal a document whole."""
        occasion = seal.Occasion(at, self._place, self._office, REASON)
        return seal.seal(pdf, key=self._key, occasion=occasion)
