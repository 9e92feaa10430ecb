"""A company's consent to release what is confidential, and what was released under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ooms.errors import NotAllowedError


class Class(StrEnum):
    """What is confidential without anybody's asking (Korea: Decree 50(4))."""

    PRODUCTION_COST = "PRODUCTION_COST"
    PRODUCTION_PROCESS = "PRODUCTION_PROCESS"
    TRADING_PARTNERS = "TRADING_PARTNERS"  # their names and addresses, and how much is traded
    PARTNER_DOCUMENTS = "PARTNER_DOCUMENTS"  # proofs that a partner's customs handed over
    OTHER = "OTHER"  # what the office or the company designated


class Purpose(StrEnum):
    """What a partner wants it for; it may be used for nothing else (Act 38(1))."""

    VERIFICATION_CASE = "VERIFICATION_CASE"
    EVIDENCE_BUNDLE = "EVIDENCE_BUNDLE"


class ConsentMissingError(NotAllowedError):
    """The company did not consent to this release; ask it, and release afterwards."""

    code = "AUT-CONSENT"

    def __init__(self, *, company: str, to: str, classes: Iterable[Class]) -> None:
        self.company = company
        self.to = to
        self.classes = tuple(sorted(classes))
        named = ", ".join(self.classes)
        super().__init__(
            role="office",
            action=f"release {named} of {company} to {to} before the company consents; ask it for "
            "its consent",
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be released: whose, of which classes, and about which thing if about one."""

    company_id: str
    classes: frozenset[Class]
    #: As the audit trail names it, such as `certificate/<id>`; empty is whatever the company has.
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a consent back, when and why; what was released before stays released."""

    consent_id: str
    withdrawn_by: str
    reason: str
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    """What a company lets the office release, to whom, for what, and in which days."""

    id: str
    subject: Subject
    partner: str
    purpose: Purpose
    given_by: str
    given_at: datetime
    valid_from: date
    #: The first day on which it holds no more.
    valid_until: date | None = None
    withdrawal: Withdrawal | None = None

    def holds(self, on: date) -> bool:
        """Tell whether something may be released under it on a day."""
        ends = self.valid_until
        is_in_its_days = self.valid_from <= on and (ends is None or on < ends)
        return self.withdrawal is None and is_in_its_days

    def covers(self, subject: Subject, *, to: str, purpose: Purpose) -> frozenset[Class]:
        """Return the classes of a subject that it lets be released so."""
        own = self.subject
        is_about = own.company_id == subject.company_id and own.thing in ("", subject.thing)
        if not is_about or (self.partner, self.purpose) != (to, purpose):
            return frozenset()
        return own.classes & subject.classes


@dataclass(frozen=True, slots=True)
class Release:
    """What was released: to whom, for what, under which consents, and its digest."""

    id: str
    subject: Subject
    partner: str
    purpose: Purpose
    sha256: str
    consents: tuple[str, ...]
    released_by: str
    released_at: datetime


def needed(
    consents: Iterable[Consent], subject: Subject, *, to: str, purpose: Purpose, on: date
) -> tuple[Consent, ...]:
    """Return the consents that together allow a release.

    Raises:
        ConsentMissingError: a class of the subject is covered by none of them.

    """
    open_classes, used = set(subject.classes), []
    for consent in consents:
        covered = consent.covers(subject, to=to, purpose=purpose) if consent.holds(on) else ()
        if open_classes & set(covered):
            open_classes -= set(covered)
            used.append(consent)
    if open_classes:
        raise ConsentMissingError(company=subject.company_id, to=to, classes=open_classes)
    return tuple(used)
