"""The office's seal on letters."""

from __future__ import annotations

from datetime import datetime

from ooms.documents import seal
from ooms.documents.signing import Key

REASON = "Verification of origin"


class OfficeSealer:
    """Seals with the office's key, in its name and place."""

    def __init__(self, key: Key, *, office: str, place: str, reason: str = REASON) -> None:
        """Use this key, for this reason."""
        self._key = key
        self._office = office
        self._place = place
        self._reason = reason

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """Seal a document whole."""
        occasion = seal.Occasion(at, self._place, self._office, self._reason)
        return seal.seal(pdf, key=self._key, occasion=occasion)
