"""The port to whoever decides on claims."""

from __future__ import annotations

from typing import Protocol

from ooms.db import Work
from ooms.verifications.model import Verification
from ooms.verifications.outcomes import ItemOutcome


class Deciding(Protocol):
    """What this desk tells whoever decides on claims: preference is theirs to give and take."""

    def determined(self, work: Work, outcomes: tuple[ItemOutcome, ...], *, who: str) -> None:
        """Hear what a verification came to, in the transaction of the determination."""
        ...

    def put_right(self, work: Work, case: Verification, *, who: str) -> None:
        """Hear that an importer put his declarations right, and that the case is over."""
        ...
