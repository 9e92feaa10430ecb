"""What the public may see of a certificate: the set of RCEP's secured websites."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from ooms.access.schemas import Body
from ooms.certificates.model import Certificate, State


class ShownQuantityOut(Body):
    """A quantity of goods."""

    value: str
    unit: str


class ShownItemOut(Body):
    """Goods of a certificate."""

    item_no: int
    hs: str
    description: str
    quantities: tuple[ShownQuantityOut, ...]


class ShownOut(Body):
    """A certificate as anybody sees it who holds it."""

    number: str
    state: str
    is_valid: bool
    valid_until: date
    issued_on: date
    exporter: str
    items: tuple[ShownItemOut, ...]
    successor: str | None

    @classmethod
    def of(cls, certificate: Certificate, successor: Certificate | None, *, on: date) -> Self:
        """Show a certificate as it stands on a day."""
        document: Any = certificate.document
        exporter = next(one for one in document["parties"] if one["role"] == "EXPORTER")
        is_replaced = certificate.state is State.REPLACED
        return cls(
            number=certificate.number,
            state=certificate.state.value,
            is_valid=certificate.state is State.ISSUED and on <= certificate.valid_until,
            valid_until=certificate.valid_until,
            issued_on=certificate.issued_on,
            exporter=exporter["name"],
            items=tuple(_item(one) for one in document["items"]),
            successor=successor.number if successor and is_replaced else None,
        )


class LookedUpOut(Body):
    """What stands behind a number and a code; nothing when either is wrong."""

    certificate: ShownOut | None
    #: The office is one for practice: nothing that it issued has legal effect.
    training: bool


def _item(item: Any) -> ShownItemOut:
    return ShownItemOut(
        item_no=item["item_no"],
        hs=item["hs"],
        description=item["description"],
        quantities=tuple(
            ShownQuantityOut(value=str(one["value"]), unit=one["unit"])
            for one in item["quantities"]
        ),
    )
