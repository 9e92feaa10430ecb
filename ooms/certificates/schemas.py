"""Certificates on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from ooms.access.confidentiality import ONLY_ITS_READERS, Withheld
from ooms.access.schemas import Body, Exact, Reason, WithheldOut
from ooms.applications.content_schemas import ContentBody
from ooms.applications.model import Cause, Kind
from ooms.applications.part_schemas import CauseBody
from ooms.certificates.model import Asked, Certificate, Copy, Note, Use, Why

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


class AskedIn(Body):
    """What is asked for about a certificate, and why; without content it goes on as it is."""

    kind: Literal["REISSUE", "CORRECTION", "REPLACEMENT", "CANCELLATION"]
    cause: CauseBody
    content: ContentBody | None = None

    def value(self) -> Asked:
        """Return what is asked for."""
        return Asked(
            Kind(self.kind),
            Cause(self.cause.code, self.cause.text),
            self.content.value() if self.content else None,
        )


class CopyOut(Body):
    """A certified true copy: who made it, when and why."""

    ordinal: int
    application_id: str
    reason_code: str
    reason: str
    made_at: datetime
    made_by: str

    @classmethod
    def of(cls, copy: Copy) -> Self:
        """Show a copy."""
        return cls(
            ordinal=copy.ordinal,
            application_id=copy.application_id,
            reason_code=copy.why.code,
            reason=copy.why.text,
            made_at=copy.made_at,
            made_by=copy.made_by,
        )


class CopiesOut(Body):
    """Every certified copy of a certificate, in order."""

    items: tuple[CopyOut, ...]


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
    #: Nothing where the certificate does not measure the item in such a unit.
    percent: Exact | None


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

    document: dict[str, Any] | None
    notes: tuple[NoteOut, ...]
    use: tuple[UseOut, ...]
    withheld: WithheldOut | None = None

    @classmethod
    def outlined(cls, certificate: Certificate) -> Self:
        """Show a certificate to those who may not know what its paper says."""
        hidden = Withheld(("document", "notes", "use", "access_code"), ONLY_ITS_READERS)
        shown = cls.values(certificate) | {"access_code": ""}
        return cls(**shown, document=None, notes=(), use=(), withheld=WithheldOut.of(hidden))

    @classmethod
    def told(
        cls, certificate: Certificate, notes: tuple[Note, ...], *, use: tuple[Use, ...]
    ) -> Self:
        """Show a certificate with what partners said and granted."""
        return cls(
            **cls.values(certificate),
            document=certificate.document,
            notes=tuple(NoteOut.of(note) for note in notes),
            use=tuple(UseOut.model_validate(one, from_attributes=True) for one in use),
        )
