"""Every kind of application, and what issues it."""

from __future__ import annotations

from collections.abc import Mapping

from ooms.applications.model import Kind
from ooms.certificates.kinds.back_to_back import BackToBackKind
from ooms.certificates.kinds.cancellation import Cancellation
from ooms.certificates.kinds.kind import IssuingKind
from ooms.certificates.kinds.new import New
from ooms.certificates.kinds.reissue import Reissue
from ooms.certificates.kinds.superseding import Superseding
from ooms.certificates.workshop import Workshop


def kinds_of(shop: Workshop) -> Mapping[Kind, IssuingKind]:
    """Put every kind at the bench, one line each."""
    return {
        Kind.BACK_TO_BACK: BackToBackKind(shop),
        Kind.CANCELLATION: Cancellation(shop),
        Kind.CORRECTION: Superseding(shop, Kind.CORRECTION),
        Kind.NEW: New(shop),
        Kind.REISSUE: Reissue(shop),
        Kind.REPLACEMENT: Superseding(shop, Kind.REPLACEMENT),
    }
