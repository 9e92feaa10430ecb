"""What the desk of certificates needs of whoever speaks to partners."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from ooms.certificates.model import Composed, Document, Finding, Officer, Paper, Why
from ooms.db import Transaction


class Sender(Protocol):
    """Speaks to partners in the name of the office."""

    def partner_for(self, paper: Paper) -> str | None:
        """Name the partner that takes such a certificate; None means paper."""
        ...

    def number_key(self, number: str) -> str:
        """Reduce a number to the key that survives its spelling."""
        ...

    def compose(self, paper: Paper) -> Composed:
        """Make the certificate of a paper.

        Raises:
            NotSendableError: the form has no words for it.

        """
        ...

    def lint(self, paper: Paper, *, to: str | None) -> tuple[Finding, ...]:
        """Find what is wrong with a paper, box by box."""
        ...

    def issue(self, paper: Paper, *, to: str, within: Transaction) -> Composed:
        """Compose a certificate and queue it for its partner.

        Raises:
            NotSendableError: the partner could not take it; nothing was written.

        """
        ...

    def correct(self, paper: Paper, *, why: Why, to: str, within: Transaction) -> Composed:
        """Compose a certificate that supersedes another, and queue it.

        Raises:
            NotSendableError: the partner could not take it; nothing was written.

        """
        ...

    def certified_copy(self, document: Document, *, officer: Officer, on: date) -> Document:
        """Make the document of a certified true copy; nothing is sent.

        Raises:
            NotSendableError: the form knows no copies, or it is too late for one.

        """
        ...

    def request_cancellation(
        self, document: Document, *, why: Why, to: str, within: Transaction
    ) -> str:
        """Ask the partner to cancel; returns the message's id."""
        ...

    def link_export(
        self, document: Document, *, declarations: tuple[str, ...], to: str, within: Transaction
    ) -> str:
        """Name the export declarations to the partner; returns the message's id."""
        ...
