"""Finds what rests on determinations, by the lines of applications."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from ooms.applications import tables as applied
from ooms.applications.model import PENDING, State
from ooms.certificates import tables as issued
from ooms.db import Transaction
from ooms.determinations import tables as determined
from ooms.reach.model import ReachedApplication, ReachedCertificate

_application, _line = applied.application, applied.citation
_certificate, _determination, _proof = (
    issued.certificate,
    determined.determination,
    determined.proof,
)
_OPEN = (State.DRAFT.value, *(one.value for one in PENDING))


class ReachRows:
    """What rests on what, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def of_bill(self, product_id: str, version: int) -> tuple[str, ...]:
        """Name the determinations that were made with a version of a bill."""
        return self._keys(
            select(_determination.c.id).where(
                _determination.c.product_id == product_id,
                _determination.c.bill_version == version,
            )
        )

    def declarations_of(self, determination_id: str) -> tuple[str, ...]:
        """Name the suppliers' declarations that a determination rests on."""
        wanted = select(_proof.c.declaration_id).distinct()
        return self._keys(wanted.where(_proof.c.determination_id == determination_id))

    def of_declarations(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Name the determinations that rest on suppliers' declarations."""
        wanted = select(_proof.c.determination_id).distinct()
        return self._keys(wanted.where(_proof.c.declaration_id.in_(sorted(set(ids)))))

    def applications(self, determinations: Iterable[str]) -> tuple[ReachedApplication, ...]:
        """Return the applications under way that cite determinations, the oldest first."""
        wanted = (
            select(
                _application.c.id,
                _application.c.state,
                _application.c.agreement,
                _application.c.import_country,
                _line.c.determination_id,
            )
            .join(_line, _line.c.application_id == _application.c.id)
            .where(
                _line.c.determination_id.in_(sorted(set(determinations))),
                _application.c.state.in_(_OPEN),
            )
            .order_by(_application.c.id, _line.c.item_no)
        )
        return tuple(ReachedApplication(*values) for values in self._grouped(wanted))

    def certificates(self, determinations: Iterable[str]) -> tuple[ReachedCertificate, ...]:
        """Return the certificates whose applications cite determinations, the oldest first."""
        wanted = (
            select(
                _certificate.c.id,
                _certificate.c.number,
                _certificate.c.state,
                _certificate.c.exchange_state,
                _certificate.c.agreement,
                _certificate.c.import_country,
                _certificate.c.partner,
                _certificate.c.issued_on,
                _certificate.c.valid_until,
                _certificate.c.application_id,
                _line.c.determination_id,
            )
            .join(_line, _line.c.application_id == _certificate.c.application_id)
            .where(_line.c.determination_id.in_(sorted(set(determinations))))
            .order_by(_certificate.c.id, _line.c.item_no)
        )
        return tuple(ReachedCertificate(*values) for values in self._grouped(wanted))

    def _grouped(self, wanted: Select[Any]) -> list[tuple[Any, ...]]:
        """Put the lines of each thing together; the last column is what a line cites."""
        found: dict[tuple[Any, ...], dict[str, None]] = {}
        for row in self._transaction.execute(wanted):
            *values, cited = row
            found.setdefault(tuple(values), {})[cited] = None
        return [(*values, tuple(cited)) for values, cited in found.items()]

    def _keys(self, wanted: Select[Any]) -> tuple[str, ...]:
        return tuple(sorted(self._transaction.execute(wanted).scalars()))
