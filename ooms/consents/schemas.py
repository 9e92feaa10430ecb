"""Consents and releases on the wire."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body, Reason
from ooms.consents.model import Class, Consent, Purpose, Release, Subject

Partner = Annotated[str, Field(pattern="^[A-Z]{2}-[A-Z0-9]{1,32}$")]
Classes = Annotated[tuple[Class, ...], Field(min_length=1, max_length=len(Class))]
_UNKNOWN_MOMENT = datetime.min.replace(tzinfo=UTC)


class ConsentIn(Body):
    """What may be released, to which partner administration, for what, and in which days.

    `thing` narrows it to one thing as the audit trail names it, such as `certificate/<id>`.
    """

    classes: Classes
    partner: Partner
    purpose: Purpose
    thing: Annotated[str, Field(max_length=120, pattern=r"^([a-z-]+/[^/\s]+)?$")] = ""
    valid_from: date | None = None
    #: The first day on which it holds no more.
    valid_until: date | None = None

    def value(self, *, today: date) -> Consent:
        """Return the consent, still without its key and company."""
        return Consent(
            id="",
            subject=Subject("", frozenset(self.classes), self.thing),
            partner=self.partner,
            purpose=self.purpose,
            given_by="",
            given_at=_UNKNOWN_MOMENT,
            valid_from=self.valid_from or today,
            valid_until=self.valid_until,
        )


class WithdrawalIn(Body):
    """Why the consent is taken back."""

    reason: Reason


class WithdrawalOut(Body):
    """Who took the consent back, when and why."""

    withdrawn_by: str
    withdrawn_at: datetime
    reason: str


class ConsentOut(Body):
    """A consent as it was given, and whether it was taken back."""

    id: str
    company_id: str
    classes: Classes
    thing: str
    partner: str
    purpose: Purpose
    given_by: str
    given_at: datetime
    valid_from: date
    valid_until: date | None
    withdrawal: WithdrawalOut | None

    @classmethod
    def of(cls, consent: Consent) -> Self:
        """Show a consent."""
        gone = consent.withdrawal
        return cls(
            id=consent.id,
            company_id=consent.subject.company_id,
            classes=tuple(sorted(consent.subject.classes)),
            thing=consent.subject.thing,
            partner=consent.partner,
            purpose=consent.purpose,
            given_by=consent.given_by,
            given_at=consent.given_at,
            valid_from=consent.valid_from,
            valid_until=consent.valid_until,
            withdrawal=(
                WithdrawalOut(
                    withdrawn_by=gone.withdrawn_by,
                    withdrawn_at=gone.withdrawn_at,
                    reason=gone.reason,
                )
                if gone
                else None
            ),
        )


class ReleaseOut(Body):
    """What was released, to whom and for what; `sha256` is the digest of exactly what went."""

    id: str
    company_id: str
    classes: Classes
    thing: str
    partner: str
    purpose: Purpose
    sha256: str
    consents: tuple[str, ...]
    released_by: str
    released_at: datetime

    @classmethod
    def of(cls, release: Release) -> Self:
        """Show a release."""
        return cls(
            id=release.id,
            company_id=release.subject.company_id,
            classes=tuple(sorted(release.subject.classes)),
            thing=release.subject.thing,
            partner=release.partner,
            purpose=release.purpose,
            sha256=release.sha256,
            consents=release.consents,
            released_by=release.released_by,
            released_at=release.released_at,
        )
