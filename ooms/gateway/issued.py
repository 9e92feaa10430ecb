"""The certificates that this office issued, as the desk of verifications looks them up."""

from __future__ import annotations

from ooms.certificates.service import Certificates
from ooms.db import Work


class IssuedCertificates:
    """Finds the companies behind a certificate of this office."""

    def __init__(self, certificates: Certificates) -> None:
        """Look them up at that desk."""
        self._certificates = certificates

    def companies(self, work: Work, *, agreement: str, number: str) -> tuple[str, ...] | None:
        """Return the companies behind a certificate, its exporter first; None if it is not ours."""
        found = self._certificates.show_sealed(work, agreement=agreement, number=number)
        return None if found is None else (found[0].exporter_id,)
