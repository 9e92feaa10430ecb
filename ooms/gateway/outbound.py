"""Outbound: what the desks say to partners, through the gateway's verbs.

The office's transaction is handed on, so that there is no certificate without its message.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from eodes.api import Gateway, Prepared
from eodes.domain.certificate import Certificate, ExportDeclarationLink
from eodes.domain.number import number_key
from eodes.errors import (
    IllegalMoveError,
    PermanentError,
    UnknownCertificateError,
    UnpreparableError,
)
from ooms.certificates.model import Composed, Document, Finding, Officer, Paper, Why
from ooms.db import Transaction
from ooms.errors import ConflictError, Flaw, MissingError, NotSendableError
from ooms.gateway import linting
from ooms.gateway.documents import read_document, write_document
from ooms.gateway.lineage import certified_copy
from ooms.gateway.linting import require_printable
from ooms.gateway.paperwork import compose
from ooms.gateway.unsendable import unsendable


class Outbound:
    """Speaks to partners for the desk of certificates."""

    def __init__(self, gateway: Gateway) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway

    def partner_for(self, paper: Paper) -> str | None:
        """Name the partner that takes such a certificate; None means paper."""
        content = paper.content
        return self._gateway.partner_for(
            content.import_country, content.agreement, content.form_type
        )

    def number_key(self, number: str) -> str:
        """Reduce a number to the key that survives its spelling."""
        return number_key(number)

    def compose(self, paper: Paper) -> Composed:
        """Make the certificate of a paper that goes to no partner.

        Raises:
            NotSendableError: the form has no words for it.

        """
        with _in_our_words(paper.content.import_country):
            return _composed(require_printable(self._gateway, compose(self._gateway, paper)))

    def lint(self, paper: Paper, *, to: str | None) -> tuple[Finding, ...]:
        """Find what is wrong with a paper, box by box, storing nothing."""
        with _in_our_words(paper.content.import_country):
            return linting.lint(self._gateway, paper, to=to)

    def issue(self, paper: Paper, *, to: str, within: Transaction) -> Composed:
        """Compose a certificate and queue it for its partner.

        Raises:
            NotSendableError: the partner could not take it; nothing was written.

        """
        with _in_our_words(to):
            certificate = require_printable(self._gateway, compose(self._gateway, paper))
            prepared = self._gateway.issue(certificate, to=to, within=within)
        return _composed(certificate, prepared)

    def correct(self, paper: Paper, *, why: Why, to: str, within: Transaction) -> Composed:
        """Compose a certificate that supersedes another, and queue it.

        Raises:
            NotSendableError: the partner could not take it; nothing was written.

        """
        assert paper.supersedes is not None
        with _in_our_words(to):
            certificate = require_printable(self._gateway, compose(self._gateway, paper))
            prepared = self._gateway.correct(
                certificate,
                superseded=read_document(paper.supersedes.document),
                reason_code=why.code,
                reason=why.text,
                to=to,
                within=within,
            )
        return _composed(certificate, prepared)

    def certified_copy(self, document: Document, *, officer: Officer, on: date) -> Document:
        """Make the document of a certified true copy; nothing is sent, for no message is for it.

        Raises:
            NotSendableError: the form knows no copies, or it is too late for one.

        """
        original = read_document(document)
        with _in_our_words(original.import_country):
            return write_document(certified_copy(self._gateway, original, officer=officer, on=on))

    def request_cancellation(
        self, document: Document, *, why: Why, to: str, within: Transaction
    ) -> str:
        """Ask the partner to cancel; returns the message's id.

        Raises:
            ConflictError: the exchange is in no state that could be cancelled.

        """
        with _in_our_words(to):
            prepared = self._gateway.request_cancellation(
                read_document(document),
                reason_code=why.code,
                reason=why.text,
                to=to,
                within=within,
            )
        return prepared.message_id

    def link_export(
        self, document: Document, *, declarations: tuple[str, ...], to: str, within: Transaction
    ) -> str:
        """Name the export declarations to the partner; returns the message's id."""
        links = tuple(ExportDeclarationLink(number) for number in declarations)
        with _in_our_words(to):
            prepared = self._gateway.link_export(
                read_document(document), links, to=to, within=within
            )
        return prepared.message_id


def _composed(certificate: Certificate, prepared: Prepared | None = None) -> Composed:
    state = prepared.state if prepared else None
    return Composed(
        document=write_document(certificate),
        number_key=certificate.number_key,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        message_id=prepared.message_id if prepared else None,
        exchange_state=state.value if state else None,
    )


@contextmanager
def _in_our_words(partner: str) -> Iterator[None]:
    """Say the gateway's errors as the office says them: one table, the most specific first."""
    try:
        yield
    except UnpreparableError as error:
        raise unsendable(error, to=error.partner) from error
    except UnknownCertificateError as error:
        raise MissingError(what="exchanged certificate", id=error.number) from error
    except IllegalMoveError as error:
        raise ConflictError(what="exchange", current=error.current, wanted=error.wanted) from error
    except PermanentError as error:
        raise NotSendableError(Flaw("", str(error)), partner=partner) from error
