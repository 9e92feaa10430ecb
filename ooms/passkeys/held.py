"""Who has a passkey, as the desk of log-ins asks it."""

from __future__ import annotations

from ooms.db import Work
from ooms.passkeys.repository import PasskeyRows


class PasskeysHeld:
    """The passkeys of one address; those of an address that the office left let nobody in."""

    def __init__(self, party_id: str) -> None:
        """Count the passkeys that are bound to a domain; none where there is no domain."""
        self._party_id = party_id

    def has_any(self, work: Work, user_id: str) -> bool:
        """Tell whether a user has a passkey that works at the office's address of now."""
        own = PasskeyRows(work.transaction).of_user(user_id)
        return any(one.party == self._party_id for one in own)
