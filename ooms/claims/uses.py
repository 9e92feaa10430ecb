"""What other declarations use, looked up for all lines of one at once.

Only what the checks look at is read, and the newest first: an item or an invoice may be named by
more lines than anybody would look through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CursorResult, Row, Select, and_, bindparam, or_, select, tuple_

from ooms.claims import tables
from ooms.claims.declaration import Declaration
from ooms.claims.facts import OtherUse, WaivedBefore
from ooms.claims.model import Decision
from ooms.claims.repository import key_of
from ooms.db import Transaction
from ooms.ledger.model import CertificateKey, ItemKey

_t, _line, _invoice = tables.claim, tables.line, tables.invoice
_SIX = 6
#: More uses of the items or invoices of a declaration than an officer would look through.
MOST_USES = 200

_SHOWN = (
    _t.c.declaration_number,
    _t.c.declared_on,
    _line.c.line_no,
    _line.c.item_no,
    _line.c.decision,
    _line.c.agreement,
    _line.c.content["line", "certificate_number"].as_string().label("certificate_number"),
    _line.c.content["line", "hs"].as_string().label("hs"),
    _t.c.particulars["office"].as_string().label("office"),
    _t.c.particulars["importer", "name"].as_string().label("importer"),
)
_OTHERS = (
    _t.c.declaration_number != bindparam("own_declaration"),
    _t.c.superseded.is_(False),
    _line.c.decision != Decision.DENIED.value,
)
_OF_ITEMS = (
    select(*_SHOWN, _line.c.issuing_country, _line.c.number_key)
    .join_from(_line, _t, _t.c.id == _line.c.claim_id)
    .where(
        # SQLite finds no row by an index for the pairs alone.
        _line.c.number_key.in_(bindparam("numbers", expanding=True)),
        tuple_(_line.c.number_key, _line.c.item_no).in_(bindparam("items", expanding=True)),
        *_OTHERS,
    )
    # Other importers first: that they share an item is what is asked about.
    .order_by(_t.c.importer_key == bindparam("own_importer"), _t.c.id.desc())
    .limit(MOST_USES)
)
_PLACE = (_line.c.claim_id, _line.c.line_no, _line.c.spec_no)
_OF_INVOICES = (
    select(*_SHOWN, _invoice.c.invoice_key)
    .join_from(_invoice, _line, and_(*(one == _invoice.c[one.name] for one in _PLACE)))
    .join(_t, _t.c.id == _line.c.claim_id)
    .where(
        _invoice.c.invoice_key.in_(bindparam("invoices", expanding=True)),
        # The other lines of a certificate name its invoices too, and prove nothing.
        or_(
            _line.c.issuing_country.is_(None),
            tuple_(
                _invoice.c.invoice_key,
                _line.c.issuing_country,
                _line.c.agreement,
                _line.c.number_key,
            ).not_in(bindparam("own", expanding=True)),
        ),
        *_OTHERS,
    )
    .order_by(_t.c.id.desc())
    .limit(MOST_USES)
)
_WAIVED = (
    select(
        _t.c.declaration_number,
        _t.c.declared_on,
        _line.c.content["line", "value"].as_string().label("value"),
        _line.c.content["line", "currency"].as_string().label("currency"),
    )
    .join_from(_line, _t, _t.c.id == _line.c.claim_id)
    .where(
        _t.c.importer_key == bindparam("own_importer"),
        _t.c.declared_on.between(bindparam("since"), bindparam("until")),
        _line.c.number_key.is_(None),
        *_OTHERS,
    )
    .limit(MOST_USES)
)


class UseRows:
    """What declarations other than one use, within one transaction."""

    def __init__(self, transaction: Transaction, *, but: Declaration) -> None:
        """Look at every declaration but one, in whatever version."""
        self._transaction = transaction
        importer = but.about.importer
        self._own = {
            "own_declaration": but.number,
            "own_importer": key_of(importer.identifier or importer.name) if importer else "",
        }

    def of_items(self, keys: Iterable[ItemKey]) -> dict[ItemKey, tuple[OtherUse, ...]]:
        """Return the lines that use the same items, as far as they were not denied."""
        wanted = sorted({(one.number_key, one.item_no) for one in keys})
        if not wanted:
            return {}
        found: dict[ItemKey, tuple[OtherUse, ...]] = {}
        for row in self._found(_OF_ITEMS, numbers=sorted({one for one, _ in wanted}), items=wanted):
            if row.issuing_country is not None:
                key = ItemKey(row.issuing_country, row.agreement, row.number_key, row.item_no)
                found[key] = (*found.get(key, ()), _use(row))
        return found

    def of_invoices(
        self, keys: Mapping[str, Iterable[CertificateKey]]
    ) -> dict[str, tuple[OtherUse, ...]]:
        """Return the lines that name the same invoices, by the key of the invoice.

        Each invoice comes with the certificates that name it here: their other lines are left out.
        """
        if not keys:
            return {}
        own = sorted(
            (invoice, one.issuing_country, one.agreement, one.number_key)
            for invoice, certificates in keys.items()
            for one in certificates
        )
        found: dict[str, tuple[OtherUse, ...]] = {}
        for row in self._found(_OF_INVOICES, invoices=sorted(keys), own=own):
            found[row.invoice_key] = (*found.get(row.invoice_key, ()), _use(row))
        return found

    def waived(self, *, since: date, until: date) -> tuple[WaivedBefore, ...]:
        """Return what the importer had let in without a proof between two days."""
        return tuple(
            WaivedBefore(row.declaration_number, row.declared_on, Decimal(row.value), row.currency)
            for row in self._found(_WAIVED, since=since, until=until)
            if row.value is not None
        )

    def _found(self, wanted: Select[Any], **asked: object) -> CursorResult[Any]:
        return self._transaction.execute(wanted, self._own | asked)


def _use(row: Row[Any]) -> OtherUse:
    return OtherUse(
        row.declaration_number,
        row.line_no,
        row.certificate_number,
        row.agreement or "",
        row.item_no,
        row.hs[:_SIX],
        office=row.office or "",
        importer=row.importer or "",
        decision=row.decision,
        declared_on=row.declared_on,
    )
