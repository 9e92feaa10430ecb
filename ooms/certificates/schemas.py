"""Certificates on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import Field

from ooms.access.schemas import Body, Exact, Reason
from ooms.applications.schemas import ContentBody
from ooms.certificates.model import Certificate, Finding, Note, Why, use_of

Code = Annotated[str, Field(pattern="^[A-Z][A-Z0-9_]{0,34}$")]


class IssueIn(Body):
    """The approved application whose certificate is to be issued."""

    application_id: Annotated[str, Field(max_length=36)]


class CorrectionIn(Body):
    """Why the certificate is corrected; without content the same is said under a new number."""

    reason_code: Code = "CORRECTED"
    reason: Reason
    content: ContentBody | None = None

    def why(self) -> Why:
        """Return the reason."""
        return Why(self.reason_code, self.reason)


class CancellationIn(Body):
    """Why the certificate is taken back."""

    reason_code: Code = "WITHDRAWN"
    reason: Reason

    def why(self) -> Why:
        """Return the reason."""
        return Why(self.reason_code, self.reason)


class ExportLinkIn(Body):
    """The export declarations under which the goods left."""

    declarations: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=35)], ...], Field(min_length=1)
    ]


class FindingOut(Body):
    """What is wrong, or may be, with the place and the box of the form."""

    code: str
    severity: str
    detail: str
    pointer: str
    box: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Show a finding."""
        return cls.model_validate(finding, from_attributes=True)


class LintOut(Body):
    """Every finding before issue; it may be issued when none of them refuses."""

    may_be_issued: bool
    findings: tuple[FindingOut, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Self:
        """Show findings."""
        shown = tuple(FindingOut.of(one) for one in findings)
        return cls(may_be_issued=all(one.severity != "REFUSE" for one in shown), findings=shown)


class NoteOut(Body):
    """What a partner said, and when."""

    kind: str
    partner: str
    message_id: str
    at: datetime
    facts: dict[str, Any]

    @classmethod
    def of(cls, note: Note) -> Self:
        """Show a note."""
        return cls(
            kind=note.kind,
            partner=note.partner,
            message_id=note.message_id,
            at=note.at,
            facts=dict(note.facts),
        )


class UseOut(Body):
    """How much of an item importing customs has granted preference for."""

    item_no: int
    granted: Exact
    unit: str
    percent: Exact


class ExchangeOut(Body):
    """How far the certificate has come with its partner."""

    partner: str | None
    state: str
    since: datetime
    detail: str | None
    message_id: str | None


class CertificateOut(Body):
    """A certificate as it stands."""

    id: str
    number: str
    agreement: str
    form_type: str
    import_country: str
    exporter_id: str
    application_id: str
    state: str
    issued_on: date
    valid_until: date
    issued_at: datetime
    access_code: str
    exchange: ExchangeOut
    replaces_id: str | None
    replaced_by_id: str | None
    cancellation_asked_at: datetime | None

    @classmethod
    def of(cls, certificate: Certificate) -> Self:
        """Show a certificate."""
        return cls.model_validate(cls.values(certificate))

    @staticmethod
    def values(certificate: Certificate) -> dict[str, Any]:
        """Return the shown values by name."""
        names = set(CertificateOut.model_fields) - {"exchange"}
        return {name: getattr(certificate, name) for name in names} | {
            "exchange": ExchangeOut(
                partner=certificate.partner,
                state=certificate.exchange_state,
                since=certificate.exchange_at,
                detail=certificate.exchange_detail,
                message_id=certificate.message_id,
            )
        }


class CertificateInFull(CertificateOut):
    """A certificate with its document, and everything that partners said of it."""

    document: dict[str, Any]
    notes: tuple[NoteOut, ...]
    use: tuple[UseOut, ...]

    @classmethod
    def told(cls, certificate: Certificate, notes: tuple[Note, ...]) -> Self:
        """Show a certificate with what partners said."""
        use = use_of(certificate.document, notes)
        return cls(
            **cls.values(certificate),
            document=certificate.document,
            notes=tuple(NoteOut.of(note) for note in notes),
            use=tuple(UseOut.model_validate(one, from_attributes=True) for one in use),
        )
