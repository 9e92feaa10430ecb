"""The port to whoever speaks to partners for this desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ooms.db import Transaction
from ooms.verifications.answer import Answer, JointVisit, OwnExtension
from ooms.verifications.model import Determination, ExtensionAsk, Verification
from ooms.verifications.visit import Visit


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the unit, and the officer's name and post."""

    body: str
    name: str
    post: str


class Voice(Protocol):
    """What this desk needs of whoever speaks to partners; each verb returns the message's id.

    Every verb raises NotSendableError when the partner could not take the message.
    """

    def takes_messages(self, partner: str) -> bool:
        """Tell whether a partner agreed to verifications by message, not by letter."""
        ...

    def ask(self, case: Verification, *, by: Speaker, within: Transaction) -> str:
        """Send a request, of the first or of a further round."""
        ...

    def decide_extension(
        self, case: Verification, *, ask: ExtensionAsk, within: Transaction
    ) -> str:
        """Say yes or no to a partner who asked for more time."""
        ...

    def determine(
        self, case: Verification, *, made: Determination, by: Speaker, within: Transaction
    ) -> str:
        """Tell what was determined, or determined anew after an objection."""
        ...

    def propose_visit(
        self, case: Verification, *, visit: Visit, by: Speaker, within: Transaction
    ) -> str:
        """Propose a visit."""
        ...

    def tell_findings(
        self,
        case: Verification,
        *,
        visit: Visit,
        draft: Determination,
        by: Speaker,
        within: Transaction,
    ) -> str:
        """Tell what a visit showed, and the determination that is drafted on it."""
        ...

    def finish_visit(
        self,
        case: Verification,
        *,
        visit: Visit,
        made: Determination,
        by: Speaker,
        within: Transaction,
    ) -> str:
        """Tell the determination after a visit."""
        ...

    def acknowledge(self, answer: Answer, *, by: Speaker, within: Transaction) -> str:
        """Say that a request was received, and until when the reply is due."""
        ...

    def ask_extension(self, answer: Answer, *, ask: OwnExtension, within: Transaction) -> str:
        """Ask a partner for more time."""
        ...

    def reply(self, answer: Answer, *, by: Speaker, within: Transaction) -> str:
        """Send the result of a verification."""
        ...

    def answer_visit(
        self, answer: Answer, *, visit: JointVisit, by: Speaker, within: Transaction
    ) -> str:
        """Consent to a visit, refuse it, or postpone it."""
        ...

    def comment(self, answer: Answer, *, visit: JointVisit, within: Transaction) -> str:
        """Hand on what who was visited says to the draft."""
        ...
