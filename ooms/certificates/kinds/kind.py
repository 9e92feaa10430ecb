"""What every kind of application can do, and the refusal that they share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ooms.access.model import User
from ooms.applications.model import Application
from ooms.certificates.model import Certificate, Finding, Numbered, Superseded
from ooms.certificates.workshop import Workshop
from ooms.db import Work
from ooms.errors import Flaw, NotSendableError, UnfitError

REFUSE = "REFUSE"
KIND = "RUL-KIND"


class KindError(UnfitError):
    """What an application asks for cannot be done; apply for another kind, or about another."""

    code = KIND


class IssuingKind(Protocol):
    """One kind of application, from its lint to its issue."""

    def lint(self, work: Work, application: Application, *, by: User) -> tuple[Finding, ...]:
        """Judge what issuing would lead to, storing nothing."""
        ...

    def issue(
        self, work: Work, application: Application, *, by: User, by_hand: Numbered | None
    ) -> Certificate:
        """Do what an approved application asks for; return the certificate that it led to."""
        ...


def findings(flaws: Iterable[Flaw]) -> tuple[Finding, ...]:
    """Show flaws as findings that refuse."""
    return tuple(Finding(one.code, REFUSE, one.detail, one.pointer, one.box) for one in flaws)


def require_none(flaws: Iterable[Flaw]) -> None:
    """Refuse when there are flaws.

    Raises:
        KindError: there are.

    """
    found = tuple(flaws)
    if found:
        raise KindError(*found)


def refuse_by_hand(by_hand: Numbered | None) -> None:
    """Refuse to register a paper of a kind that is never issued by hand.

    Raises:
        KindError: the paper was issued by hand.

    """
    if by_hand is not None:
        detail = "only a certificate of its own is issued by hand; do this when the office is back"
        raise KindError(Flaw("/kind", detail, code=KIND))


def lint_paper(
    shop: Workshop,
    work: Work,
    application: Application,
    *,
    by: User,
    supersedes: Superseded | None = None,
) -> tuple[Finding, ...]:
    """Judge the paper that an application would lead to, as its partner would."""
    content = application.content
    numbered = shop.number(work, application, agreement=content.agreement, is_taken=False)
    paper = shop.paper(
        work, application, content=content, by=by, numbered=numbered, supersedes=supersedes
    )
    try:
        return shop.sender.lint(paper, to=shop.sender.partner_for(paper))
    except NotSendableError as error:
        return findings(error.flaws)
