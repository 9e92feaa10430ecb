"""One refusal code in the words of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mender(StrEnum):
    """Who can take the reason of a refusal away."""

    SENDER = "sender"  # the administration that sent the message or the card
    RECEIVER = "receiver"  # the administration that refused or did not answer
    OPERATOR = "operator"  # who runs this node
    EXPORTER = "exporter"  # who stated the facts of the certificate


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code of the catalogue.

    `means` and `next_step` are one sentence each; `retryable` says that the same bytes may succeed
    later; `source` names the rule or standard behind the refusal, where there is one beyond ours.
    """

    code: str
    mender: Mender
    means: str
    next_step: str
    retryable: bool = False
    source: str = ""

    @property
    def family(self) -> str:
        """Return the code's family, as `ENV`."""
        return self.code.partition("-")[0]
