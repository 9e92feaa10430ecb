"""Checked papers on the wire: the answers, what decided them, and what was registered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from ooms.access.schemas import Body
from ooms.claims.held_schemas import HeldOut
from ooms.documents.model import Answer, Checked, Summary
from ooms.documents.presented import Registered


class FindingOut(Body):
    """One check of a paper, with what decided it."""

    check: str
    passed: bool
    because: str


class SealedOut(Body):
    """What the seal of a paper says of the certificate."""

    authority: str
    agreement: str
    form_type: str
    number: str
    issuer: str
    issued_on: date
    valid_until: date
    import_country: str
    exporter: str

    @classmethod
    def of(cls, summary: Summary) -> Self:
        """Show what the seal says."""
        return cls(**{name: getattr(summary, name) for name in cls.model_fields})


class ComparedOut(Body):
    """One thing as the seal tells it, and as it was registered."""

    what: str
    printed: str
    registered: str
    same: bool


class RegisteredOut(Body):
    """A certificate received under the paper's number, compared with the paper."""

    certificate: HeldOut
    same: bool
    compared: tuple[ComparedOut, ...]

    @classmethod
    def of(cls, registered: Registered) -> Self:
        """Show a certificate beside the paper."""
        return cls(
            certificate=HeldOut.of(registered.held),
            same=registered.is_same,
            compared=tuple(
                ComparedOut.model_validate(one, from_attributes=True) for one in registered.compared
            ),
        )


class CheckedOut(Body):
    """The three answers about a paper, what decided them, and what was registered."""

    authentic: Answer
    unaltered: Answer
    valid: Answer
    findings: tuple[FindingOut, ...]
    remark: str
    sealed: SealedOut | None
    registered: tuple[RegisteredOut, ...]

    @classmethod
    def of(cls, checked: Checked, registered: Iterable[Registered]) -> Self:
        """Show a checked paper."""
        return cls(
            authentic=checked.authentic,
            unaltered=checked.unaltered,
            valid=checked.valid,
            findings=tuple(
                FindingOut.model_validate(one, from_attributes=True) for one in checked.findings
            ),
            remark=checked.remark,
            sealed=SealedOut.of(checked.summary) if checked.summary else None,
            registered=tuple(RegisteredOut.of(one) for one in registered),
        )
