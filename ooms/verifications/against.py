"""What the registers of verifications hold against goods and certificates, in one look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Row,
    Select,
    String,
    and_,
    not_,
    null,
    select,
    union_all,
)

from ooms.db import Transaction, any_of, constant, joined, joint, one_of
from ooms.verifications import tables
from ooms.verifications.doubting import Doubted
from ooms.verifications.model import JUDGED, OVER, Verification
from ooms.verifications.suspension import Goods, Suspension

_asked, _goods, _suspension = tables.asked, tables.goods, tables.suspension
_doubted = tables.doubted
_VERIFICATION = TypeAdapter(Verification)
_SUSPENSION = TypeAdapter(Suspension)
#: What makes goods identical, but for their description.
_GOODS = ("importer_key", "exporter_key", "hs6")
#: More verifications of the same goods than an officer would look through.
_MOST = 200
_OPEN, _JUDGED, _SUSPENDED, _DOUBTED = "OPEN", "JUDGED", "SUSPENDED", "DOUBTED"
_NO_WORDS, _NO_CONTENT = null().cast(String), null().cast(_asked.c.content.type)


def _among(table: FromClause) -> ColumnElement[bool]:
    # SQLite finds no row by an index for whole keys alone.
    importer = one_of(table.c.importer_key, "importers")
    return and_(importer, one_of(joined(*(table.c[name] for name in _GOODS)), "goods"))


def _verified(
    register: str, condition: ColumnElement[bool], content: ColumnElement[Any]
) -> Select[Any]:
    near = (
        select(
            constant(register).label("register"),
            _asked.c.id,
            *(_goods.c[name] for name in (*_GOODS, "description_key")),
            content.label("content"),
            _NO_WORDS.label("detail"),
        )
        .join_from(_goods, _asked, _asked.c.id == _goods.c.verification_id)
        .where(_among(_goods), condition)
        .order_by(_goods.c.verification_id.desc())
        .limit(constant(_MOST))
    )
    return select(near.subquery())


# Made once, for every claim asks it.
_AGAINST: CompoundSelect[Any] = union_all(
    _verified(_OPEN, not_(any_of(_asked.c.state, *sorted(OVER))), _NO_CONTENT),
    _verified(_JUDGED, any_of(_asked.c.state, *sorted(JUDGED)), _asked.c.content),
    select(
        constant(_SUSPENDED),
        _suspension.c.id,
        *(_suspension.c[name] for name in _GOODS),
        constant(""),
        _suspension.c.content,
        _NO_WORDS,
    ).where(_among(_suspension)),
    select(
        constant(_DOUBTED),
        _doubted.c.verification_id,
        _doubted.c.certificate_key,
        constant(""),
        constant(""),
        constant(""),
        _NO_CONTENT,
        _doubted.c.detail,
    ).where(one_of(_doubted.c.certificate_key, "certificates")),
)


@dataclass(frozen=True, slots=True)
class Against:
    """What was found against goods and certificates: suspensions the oldest first."""

    suspensions: tuple[Suspension, ...] = ()
    #: Rows of verifications, the newest first.
    opened: tuple[Row[Any], ...] = ()
    determined: tuple[tuple[Row[Any], Verification], ...] = ()
    doubted: tuple[tuple[str, Doubted], ...] = ()

    def suspended(self, goods: Goods) -> tuple[Suspension, ...]:
        """Return the suspensions of identical goods, the oldest first."""
        return tuple(one for one in self.suspensions if one.goods.is_identical(goods))

    def open(self, goods: Goods) -> tuple[str, ...]:
        """Return the keys of open verifications of identical goods, the newest first."""
        return tuple(dict.fromkeys(row.id for row in self.opened if _is_same(row, goods)))

    def judged(self, goods: Goods, *, since: date) -> Verification | None:
        """Return the newest verification of identical goods that was determined since a day."""
        late = (
            case
            for row, case in self.determined
            if case.holding is not None and case.holding.on >= since and _is_same(row, goods)
        )
        return next(late, None)

    def doubts(self, certificate_key: str) -> tuple[Doubted, ...]:
        """Return what doubts a certificate as such."""
        return tuple(one for key, one in self.doubted if key == certificate_key)


def look(
    transaction: Transaction, goods: Collection[Goods], *, certificates: Collection[str]
) -> Against:
    """Look up goods, and certificates by their keys, in all registers with one statement."""
    if not goods and not certificates:
        return Against()
    asked = {
        "importers": sorted({row_of(one)["importer_key"] for one in goods}),
        "goods": _named(goods),
        "certificates": sorted(certificates),
    }
    rows = sorted(transaction.execute(_AGAINST, asked), key=lambda row: row.id)
    of: dict[str, list[Row[Any]]] = {}
    for row in rows:
        of.setdefault(row.register, []).append(row)
    return Against(
        suspensions=tuple(_SUSPENSION.validate_python(one.content) for one in _in(of, _SUSPENDED)),
        opened=tuple(reversed(_in(of, _OPEN))),
        determined=tuple(
            (one, _VERIFICATION.validate_python(one.content)) for one in reversed(_in(of, _JUDGED))
        ),
        doubted=tuple((one.importer_key, Doubted(one.id, one.detail)) for one in _in(of, _DOUBTED)),
    )


def _in(of: Mapping[str, list[Row[Any]]], register: str) -> list[Row[Any]]:
    return of.get(register, [])


def row_of(goods: Goods) -> dict[str, str]:
    """Write goods as the registers keep them, names cut to the length of their columns."""
    importer, exporter, hs6 = goods.keys
    return {
        "importer_key": importer[:256],
        "exporter_key": exporter[:256],
        "hs6": hs6,
        "description_key": goods.description_key,
    }


def _named(goods: Collection[Goods]) -> list[str]:
    rows = map(row_of, goods)
    return sorted({joint(*(row[name] for name in _GOODS)) for row in rows})


def _is_same(row: Row[Any], goods: Goods) -> bool:
    """Tell whether a row is about goods; a description that is not known is no bar."""
    keys = row_of(goods)
    words = {row.description_key, goods.description_key} - {""}
    return all(getattr(row, name) == keys[name] for name in _GOODS) and len(words) <= 1
