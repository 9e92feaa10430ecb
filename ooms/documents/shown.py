"""What the public is told of a document: the answers, what its seal says, how it stands here."""

from __future__ import annotations

from datetime import date
from typing import Self

from ooms.access.schemas import Body
from ooms.certificates.shown import ShownOut
from ooms.documents.model import Answer, Summary
from ooms.documents.schemas import FindingOut, SealedOut
from ooms.documents.service import Shown


class SealedItemOut(Body):
    """An item as the seal tells it."""

    hs: str
    criterion: str
    quantity: str
    unit: str


class SealedInFullOut(SealedOut):
    """Everything that a seal says, for whoever compares it with the paper in hand."""

    buyer: str
    invoice: str
    item_count: int
    items: tuple[SealedItemOut, ...]

    @classmethod
    def of(cls, summary: Summary) -> Self:
        """Show what the seal says."""
        plain = {name: getattr(summary, name) for name in cls.model_fields if name != "items"}
        items = tuple(
            SealedItemOut(
                hs=one.hs, criterion=one.criterion, quantity=str(one.quantity), unit=one.unit
            )
            for one in summary.items
        )
        return cls(**plain, items=items)


class PublicCheckOut(Body):
    """The three answers about a document, and how its certificate stands with this office."""

    authentic: Answer
    unaltered: Answer
    valid: Answer
    findings: tuple[FindingOut, ...]
    remark: str
    sealed: SealedInFullOut | None
    certificate: ShownOut | None
    #: The office that checked is one for practice: nothing that it issued has legal effect.
    training: bool

    @classmethod
    def of(cls, shown: Shown, *, on: date, training: bool) -> Self:
        """Show a checked document; what a broken seal claims is not repeated."""
        checked, found = shown.checked, shown.registered
        is_sealed = checked.summary is not None and checked.authentic is Answer.YES
        return cls(
            authentic=checked.authentic,
            unaltered=checked.unaltered,
            valid=checked.valid,
            findings=tuple(
                FindingOut.model_validate(one, from_attributes=True) for one in checked.findings
            ),
            remark=checked.remark,
            sealed=SealedInFullOut.of(checked.summary)
            if checked.summary is not None and is_sealed
            else None,
            certificate=ShownOut.of(found, shown.successor, on=on) if found else None,
            training=training,
        )
