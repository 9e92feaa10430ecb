"""Give and withdraw consents, and release nothing that no consent covers."""

from __future__ import annotations

import hashlib

from ooms.access.model import User
from ooms.audit.service import record
from ooms.consents.model import Class, Consent, Purpose, Release, Subject, Withdrawal, needed
from ooms.consents.repository import ConsentRows
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError


def require_consent(
    work: Work, *, subject: Subject, to: str, purpose: Purpose
) -> tuple[Consent, ...]:
    """Return the consents that allow a release to a partner today, or refuse it.

    Raises:
        ConsentMissingError: the company did not consent, or no longer does.

    """
    given = ConsentRows(work.transaction).of(subject.company_id, partner=to)
    return needed(given, subject, to=to, purpose=purpose, on=work.today)


def record_release(  # noqa: PLR0913  # the facts of one release, each by its name
    work: Work, *, subject: Subject, to: str, purpose: Purpose, content: bytes | str, who: str
) -> Release:
    """Record what is released, in the transaction that releases it; the bytes are not kept.

    `content` is what goes, or its digest where the bytes travel beside.

    1. The company consents today; its consents cannot be taken back before this commits.
    2. Keep whom it goes to, for what, and the digest of exactly what goes.

    Raises:
        ConsentMissingError: the company did not consent, or no longer does.

    """
    rows = ConsentRows(work.transaction)
    for consent in require_consent(work, subject=subject, to=to, purpose=purpose):  # 1
        rows.lock(consent.id)
    consents = require_consent(work, subject=subject, to=to, purpose=purpose)
    release = Release(  # 2
        id=work.new_id(),
        subject=subject,
        partner=to,
        purpose=purpose,
        sha256=content if isinstance(content, str) else hashlib.sha256(content).hexdigest(),
        consents=tuple(one.id for one in consents),
        released_by=who,
        released_at=work.now,
    )
    rows.add_release(release)
    record(
        work,
        who=who,
        what="consent.released_under",
        subject=subject.thing or f"exporter/{subject.company_id}",
        reason_code=purpose.value,
        facts={
            "to": to,
            "sha256": release.sha256,
            "classes": " ".join(sorted(subject.classes)),
            "consents": " ".join(release.consents),
        },
    )
    return release


class Consents:
    """The ledger of consents."""

    def give(self, work: Work, consent: Consent, *, by: User) -> Consent:
        """Keep what the caller's company consents to.

        Raises:
            UnfitError: the caller acts for no company, or no day is left.

        """
        if by.exporter_id is None:
            raise UnfitError(Flaw("", "only a company's people consent for it"))
        given = Consent(
            id=work.new_id(),
            subject=Subject(by.exporter_id, consent.subject.classes, consent.subject.thing),
            partner=consent.partner,
            purpose=consent.purpose,
            given_by=by.id,
            given_at=work.now,
            # Nothing is released on the strength of a consent given afterwards.
            valid_from=max(consent.valid_from, work.today),
            valid_until=consent.valid_until,
        )
        if given.valid_until is not None and given.valid_until <= given.valid_from:
            raise UnfitError(Flaw("/valid_until", "must come after the first day, and after today"))
        ConsentRows(work.transaction).add(given)
        _record(work, given, what="consent.given", by=by)
        return given

    def withdraw(self, work: Work, consent_id: str, *, reason: str, by: User) -> Consent:
        """Take a consent back, from this moment; what was released stays released.

        Raises:
            MissingError: there is no such consent of the company's.
            ConflictError: it was taken back before.

        """
        rows = ConsentRows(work.transaction)
        current = self._seen(rows.lock(consent_id), consent_id, by=by)
        if current.withdrawal is not None:
            raise ConflictError(what="consent", current="withdrawn", wanted="withdrawn")
        rows.withdraw(Withdrawal(current.id, by.id, reason, work.now))
        _record(work, current, what="consent.withdrawn", by=by)
        return self.get(work, consent_id, by=by)

    def get(self, work: Work, consent_id: str, *, by: User) -> Consent:
        """Return a consent that the caller may see.

        Raises:
            MissingError: there is none.

        """
        return self._seen(ConsentRows(work.transaction).find(consent_id), consent_id, by=by)

    def page(
        self, work: Work, window: Window, *, of: str | None = None, by: User
    ) -> tuple[Consent, ...]:
        """Return the consents that the caller may see, of one company if asked."""
        return ConsentRows(work.transaction).page(window, company=by.looks_at(of))

    def releases(self, work: Work, window: Window, *, by: User) -> tuple[Release, ...]:
        """Return what was released, as far as the caller may see it."""
        return ConsentRows(work.transaction).releases(window, company=by.company)

    def _seen(self, found: Consent | None, consent_id: str, *, by: User) -> Consent:
        if found is None:
            raise MissingError(what="consent", id=consent_id)
        by.require_sight(found.subject.company_id, what="consent", id=consent_id)
        return found


def _record(work: Work, consent: Consent, *, what: str, by: User) -> None:
    classes: tuple[Class, ...] = tuple(sorted(consent.subject.classes))
    record(
        work,
        who=by.login,
        what=what,
        subject=f"consent/{consent.id}",
        reason_code=consent.purpose.value,
        facts={"to": consent.partner, "classes": " ".join(classes)},
    )
