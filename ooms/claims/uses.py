"""What other declarations use, looked up for all lines of one at once.

Only what the checks look at is read, and the newest first: an item or an invoice may be named by
more lines than anybody would look through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CursorResult,
    Executable,
    Row,
    and_,
    bindparam,
    case,
    or_,
    select,
    tuple_,
    union_all,
)

from ooms.claims import tables
from ooms.claims.declaration import Declaration
from ooms.claims.facts import OtherUse, WaivedBefore
from ooms.claims.model import HOLDING, Decision
from ooms.claims.repository import key_of
from ooms.db import Transaction, constant
from ooms.kernel.money import Money
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
    # Taken out whole: PostgreSQL reads the content anew for each part of it.
    _line.c.content["line"].label("line"),
    _line.c.content["granted"].as_string().label("granted"),
    _t.c.particulars["office"].as_string().label("office"),
    _t.c.particulars["importer", "name"].as_string().label("importer"),
)
_OTHERS = (
    _t.c.declaration_number != bindparam("own_declaration"),
    _t.c.superseded.is_(False),
    _line.c.decision != constant(Decision.DENIED),
)
_ITEM, _INVOICE = "ITEM", "INVOICE"
_OF_ITEMS = (
    select(
        constant(_ITEM).label("same"),
        *_SHOWN,
        _line.c.issuing_country,
        _line.c.number_key,
        constant("").label("invoice_key"),
        # Other importers first: that they share an item is what is asked about.
        case(
            (_t.c.importer_key == bindparam("own_importer"), constant(1)), else_=constant(0)
        ).label("is_own"),
        _t.c.id,
    )
    .join_from(_line, _t, _t.c.id == _line.c.claim_id)
    .where(
        # SQLite finds no row by an index for the pairs alone.
        _line.c.number_key.in_(bindparam("numbers", expanding=True)),
        tuple_(_line.c.number_key, _line.c.item_no).in_(bindparam("items", expanding=True)),
        *_OTHERS,
    )
    .order_by("is_own", _t.c.id.desc())
    .limit(constant(MOST_USES))
    .subquery()
)
_PLACE = (_line.c.claim_id, _line.c.line_no, _line.c.spec_no)
_OF_INVOICES = (
    select(
        constant(_INVOICE).label("same"),
        *_SHOWN,
        _line.c.issuing_country,
        _line.c.number_key,
        _invoice.c.invoice_key,
        constant(0).label("is_own"),
        _t.c.id,
    )
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
    .limit(constant(MOST_USES))
    .subquery()
)
#: Each part is limited for itself; the order within a part has to be said again for the whole.
_USES = union_all(select(_OF_ITEMS), select(_OF_INVOICES))
_USES = _USES.order_by(_USES.selected_columns.is_own, _USES.selected_columns.id.desc())
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
    .limit(constant(MOST_USES))
)


@dataclass(frozen=True, slots=True)
class Uses:
    """Lines of other declarations, by the item that they use and by the invoice that they name."""

    same_item: Mapping[ItemKey, tuple[OtherUse, ...]] = field(default_factory=dict)
    same_invoice: Mapping[str, tuple[OtherUse, ...]] = field(default_factory=dict)


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

    def of(
        self, keys: Iterable[ItemKey], *, invoices: Mapping[str, Iterable[CertificateKey]]
    ) -> Uses:
        """Return the lines that use the same items or name the same invoices, in one look.

        Lines that were denied are left out.  Each invoice comes with the certificates that name it
        here: their other lines are left out too.
        """
        items = sorted({(one.number_key, one.item_no) for one in keys})
        if not items and not invoices:
            return Uses()
        found = self._found(
            _USES,
            numbers=sorted({number for number, _ in items}),
            items=items,
            invoices=sorted(invoices),
            own=sorted(
                (invoice, one.issuing_country, one.agreement, one.number_key)
                for invoice, certificates in invoices.items()
                for one in certificates
            ),
        )
        same_item: dict[ItemKey, tuple[OtherUse, ...]] = {}
        same_invoice: dict[str, tuple[OtherUse, ...]] = {}
        for row in found:
            if row.same == _INVOICE:
                key = row.invoice_key
                same_invoice[key] = (*same_invoice.get(key, ()), _use(row))
            elif row.issuing_country is not None:
                item = ItemKey(row.issuing_country, row.agreement, row.number_key, row.item_no)
                same_item[item] = (*same_item.get(item, ()), _use(row))
        return Uses(same_item, same_invoice)

    def waived(self, *, since: date, until: date) -> tuple[WaivedBefore, ...]:
        """Return what the importer had let in without a proof between two days."""
        return tuple(
            WaivedBefore(row.declaration_number, row.declared_on, Decimal(row.value), row.currency)
            for row in self._found(_WAIVED, since=since, until=until)
            if row.value is not None
        )

    def _found(self, wanted: Executable, **asked: object) -> CursorResult[Any]:
        return self._transaction.execute(wanted, self._own | asked)


def _use(row: Row[Any]) -> OtherUse:
    return OtherUse(
        row.declaration_number,
        row.line_no,
        row.line["certificate_number"],
        row.agreement or "",
        row.item_no,
        row.line["hs"][:_SIX],
        office=row.office or "",
        importer=row.importer or "",
        decision=row.decision,
        declared_on=row.declared_on,
        worth=_worth(row),
    )


def _worth(row: Row[Any]) -> Money | None:
    """Say what a line's goods that count against the item are worth: of a part, its part."""
    value, currency = row.line.get("value"), row.line.get("currency")
    if row.decision not in HOLDING or not value or not currency:
        return None
    worth = Money(Decimal(value), currency)
    if row.decision != Decision.PARTLY or not row.granted:
        return worth
    part = Decimal(row.granted) / Decimal(row.line["quantity"])
    return Money(worth.amount * part, currency)
