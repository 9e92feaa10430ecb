"""Finds what is due, blanks it, and keeps the record of that; no other desk deletes anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, Select, Table, and_, delete, insert, or_, select, update

from ooms.applications import tables as applied
from ooms.applications.model import PENDING, State
from ooms.certificates import tables as certified
from ooms.db import Transaction, Window
from ooms.determinations import tables as determined
from ooms.documents import tables as printed
from ooms.products import tables as described
from ooms.retention import tables
from ooms.retention.model import (
    DELETED,
    Deletion,
    DeletionList,
    Due,
    Hold,
    Kind,
    ListState,
    Period,
    blank_answer,
    blank_case,
    blank_content,
    blank_document,
    blank_texts,
)
from ooms.site_checks import tables as visited
from ooms.suppliers import tables as supplied

_hold, _list, _gone = tables.hold, tables.deletion_list, tables.deletion
_certificate, _news = certified.certificate, certified.news
_application, _line = applied.application, applied.citation
_determination, _proof = determined.determination, determined.proof
_bill, _declaration = described.bill, supplied.declaration
_DUES = TypeAdapter(tuple[Due, ...])

Row = Mapping[str, Any]
Blank = Callable[[Row, date], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Erasure:
    """One table of a thing: how its rows are found, and what of them is blanked."""

    table: Table
    by: Column[Any]
    #: None deletes the rows; their digest stays in the record.
    blank: Blank | None


def _fixed(**values: Any) -> Blank:
    return lambda _row, _on: values


#: Every table that deletion touches, by kind.  What is not named here is never touched.
ERASURES: Mapping[Kind, tuple[Erasure, ...]] = {
    Kind.CERTIFICATE: (
        Erasure(
            _certificate,
            _certificate.c.id,
            lambda row, on: {
                "content": blank_content(row["content"]),
                "document": blank_document(row["document"], on=on),
                "access_code": "",
                "exchange_detail": None,
            },
        ),
        Erasure(
            certified.copy,
            certified.copy.c.certificate_id,
            lambda row, on: {
                "document": blank_document(row["document"], on=on),
                "reason": DELETED,
            },
        ),
        Erasure(printed.document, printed.document.c.certificate_id, None),
        Erasure(_news, _news.c.certificate_id, _fixed(facts={})),
    ),
    Kind.APPLICATION: (
        Erasure(
            _application,
            _application.c.id,
            lambda row, _on: {
                "content": blank_content(row["content"]),
                "reason": DELETED if row["reason"] else row["reason"],
            },
        ),
        Erasure(applied.check, applied.check.c.application_id, _fixed(detail=DELETED)),
        Erasure(
            applied.completion, applied.completion.c.application_id, _fixed(lacks=[], answer="")
        ),
        Erasure(
            visited.site_check,
            visited.site_check.c.application_id,
            _fixed(scope=DELETED, postponement=None, report=None),
        ),
    ),
    Kind.DETERMINATION: (
        Erasure(
            _determination,
            _determination.c.id,
            lambda row, _on: {
                "case": blank_case(row["case"]),
                "answer": blank_answer(row["answer"]),
            },
        ),
    ),
    Kind.BILL: (Erasure(_bill, _bill.c.product_id, _fixed(materials=[], processes=[])),),
    Kind.SUPPLIER_DECLARATION: (
        Erasure(
            _declaration,
            _declaration.c.id,
            lambda row, _on: {
                "supplier": blank_texts(row["supplier"]) | {"country": row["supplier"]["country"]},
                "goods": blank_texts(row["goods"]) | {"hs": row["goods"]["hs"]},
                "statement": None,
                "findings": [],
                "reason": "",
            },
        ),
    ),
}


class RetentionRows:
    """Holds, lists and deletions within one transaction."""

    def __init__(self, transaction: Transaction, zone: tzinfo) -> None:
        """Work inside an open transaction; days are those of a zone."""
        self._transaction = transaction
        self._zone = zone

    def certificates(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return certificates whose period ended, that nobody holds, the oldest first."""
        one = _certificate.c
        held = select(_hold.c.certificate_id).where(_hold.c.lifted_at.is_(None))
        usual = one.import_country.not_in(list(period.shorter))
        ended = [and_(usual, one.issued_on < period.begun_before(today))]
        ended += [
            and_(
                one.import_country == country,
                one.issued_on < period.begun_before(today, country=country),
            )
            for country in period.shorter
        ]
        wanted = (
            select(one.id, one.issued_on, one.import_country, one.number)
            .where(or_(*ended), one.id.not_in(held), one.id.not_in(_erased(Kind.CERTIFICATE)))
            .order_by(one.issued_on, one.id)
            .limit(most)
        )
        return [
            _due(Kind.CERTIFICATE, row.id, row.issued_on, period, row.import_country, row.number)
            for row in self._transaction.execute(wanted)
        ]

    def applications(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return decided applications whose period ended and whose certificates are deleted."""
        one = _application.c
        open_ones = select(_certificate.c.application_id).where(
            _certificate.c.id.not_in(_erased(Kind.CERTIFICATE))
        )
        decided = [s.value for s in State if s not in PENDING and s is not State.DRAFT]
        wanted = (
            select(one.id, one.submitted_on)
            .where(
                one.submitted_on < period.begun_before(today),
                one.state.in_(decided),
                one.id.not_in(open_ones),
                one.id.not_in(_erased(Kind.APPLICATION)),
            )
            .order_by(one.submitted_on, one.id)
            .limit(most)
        )
        found = self._transaction.execute(wanted)
        return [_due(Kind.APPLICATION, row.id, row.submitted_on, period) for row in found]

    def determinations(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return determinations whose period ended and that no kept application cites."""
        one = _determination.c
        cited = select(_line.c.determination_id).where(
            _line.c.application_id.not_in(_erased(Kind.APPLICATION))
        )
        wanted = self._old(Kind.DETERMINATION, one.id, one.determined_at, period, today)
        return self._dues(
            Kind.DETERMINATION, wanted.where(one.id.not_in(cited)).limit(most), period
        )

    def declarations(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return suppliers' declarations that ended, on which no kept determination rests."""
        one = _declaration.c
        used = select(_proof.c.declaration_id).where(
            _proof.c.determination_id.not_in(_erased(Kind.DETERMINATION))
        )
        wanted = self._old(Kind.SUPPLIER_DECLARATION, one.id, one.requested_at, period, today)
        over = or_(one.valid_until.is_(None), one.valid_until < today)
        wanted = wanted.where(one.id.not_in(used), over).limit(most)
        return self._dues(Kind.SUPPLIER_DECLARATION, wanted, period)

    def bills(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return superseded versions of bills that no kept determination judged."""
        one, newer = _bill.c, _bill.alias().c
        later = select(newer.product_id).where(
            newer.product_id == one.product_id, newer.version > one.version
        )
        judged = select(_determination.c.id).where(
            _determination.c.product_id == one.product_id,
            _determination.c.bill_version == one.version,
            _determination.c.id.not_in(_erased(Kind.DETERMINATION)),
        )
        key = one.product_id + "/" + one.version.cast(tables.deletion.c.key.type)
        wanted = self._old(Kind.BILL, key, one.made_at, period, today)
        wanted = wanted.where(later.exists(), ~judged.exists()).limit(most)
        return self._dues(Kind.BILL, wanted, period)

    def erase(self, due: Due, *, on: date) -> dict[str, str]:
        """Blank every row of a thing; return the digest of what each table held before."""
        digests = {}
        for one in ERASURES[due.kind]:
            where = self._where(one, due)
            rows = self._transaction.execute(select(one.table).where(*where)).mappings().all()
            if not rows:
                continue
            told = sorted(_canonical(row) for row in rows)
            digests[one.table.name] = hashlib.sha256("\n".join(told).encode()).hexdigest()
            if one.blank is None:
                self._transaction.execute(delete(one.table).where(*where))
                continue
            for row in rows:
                values = one.blank({str(name): value for name, value in row.items()}, on)
                key = [column == row[column.name] for column in one.table.primary_key]
                self._transaction.execute(update(one.table).where(*key).values(**values))
        return digests

    def record(self, deletion: Deletion) -> None:
        """Keep what remains of something deleted."""
        due = asdict(deletion.due)
        self._transaction.execute(
            insert(_gone).values(
                **due,
                list_id=deletion.list_id,
                digests=dict(deletion.digests),
                deleted_at=deletion.deleted_at,
                approved_by=list(deletion.approved_by),
            )
        )

    def deletions(self, list_id: str) -> tuple[Deletion, ...]:
        """Return what a list deleted."""
        wanted = select(_gone).where(_gone.c.list_id == list_id).order_by(_gone.c.kind, _gone.c.key)
        return tuple(_deletion(row) for row in self._transaction.execute(wanted).mappings())

    def add_list(self, made: DeletionList) -> None:
        """Keep a list."""
        row = asdict(made) | {"items": _DUES.dump_python(made.items, mode="json")}
        self._transaction.execute(insert(_list).values(**row))

    def change_list(self, list_id: str, **values: Any) -> None:
        """Write some columns of a list that is locked."""
        self._transaction.execute(update(_list).where(_list.c.id == list_id).values(**values))

    def lock_list(self, list_id: str) -> DeletionList | None:
        """Find a list and hold its row until the transaction ends."""
        found = self._lists(select(_list).where(_list.c.id == list_id).with_for_update())
        return found[0] if found else None

    def open_list(self) -> DeletionList | None:
        """Return the list that waits for somebody, if one does."""
        waiting = [ListState.PROPOSED.value, ListState.SEEN.value]
        found = self._lists(select(_list).where(_list.c.state.in_(waiting)).limit(1))
        return found[0] if found else None

    def lists(self, window: Window) -> tuple[DeletionList, ...]:
        """Return the newest lists."""
        wanted = select(_list).order_by(_list.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_list.c.id < window.before)
        return self._lists(wanted)

    def add_hold(self, hold: Hold) -> None:
        """Keep a hold."""
        self._transaction.execute(insert(_hold).values(**asdict(hold)))

    def lift_hold(self, hold_id: str, *, by: str, now: datetime) -> bool:
        """Lift a hold; False when there is none, or it is lifted."""
        done = self._transaction.execute(
            update(_hold)
            .where(_hold.c.id == hold_id, _hold.c.lifted_at.is_(None))
            .values(lifted_by=by, lifted_at=now)
        )
        return done.rowcount == 1

    def hold(self, hold_id: str) -> Hold | None:
        """Find a hold."""
        row = self._transaction.execute(select(_hold).where(_hold.c.id == hold_id)).first()
        return Hold(*row) if row else None

    def holds(self, window: Window) -> tuple[Hold, ...]:
        """Return the newest holds."""
        wanted = select(_hold).order_by(_hold.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_hold.c.id < window.before)
        return tuple(Hold(*row) for row in self._transaction.execute(wanted))

    def _where(self, erasure: Erasure, due: Due) -> list[Any]:
        if due.kind is Kind.BILL:
            product, _, version = due.key.partition("/")
            return [erasure.by == product, _bill.c.version == int(version)]
        return [erasure.by == due.key]

    def _old(  # noqa: PLR0917  # the parts of one statement
        self, kind: Kind, key: Any, began: Any, period: Period, today: date
    ) -> Select[Any]:
        first_kept = datetime.combine(period.begun_before(today), time(), self._zone)
        return (
            select(key.label("key"), began.label("began"))
            .where(began < first_kept, key.not_in(_erased(kind)))
            .order_by(began, key)
        )

    def _dues(self, kind: Kind, wanted: Select[Any], period: Period) -> list[Due]:
        rows = self._transaction.execute(wanted)
        return [
            _due(kind, row.key, row.began.astimezone(self._zone).date(), period) for row in rows
        ]

    def _lists(self, wanted: Select[Any]) -> tuple[DeletionList, ...]:
        found = []
        for row in self._transaction.execute(wanted).mappings():
            values = {str(name): value for name, value in row.items()}
            values["items"] = _DUES.validate_python(values["items"])
            found.append(DeletionList(**values | {"state": ListState(values["state"])}))
        return tuple(found)


def _erased(kind: Kind) -> Select[Any]:
    return select(_gone.c.key).where(_gone.c.kind == kind.value)


def _due(  # noqa: PLR0913, PLR0917  # the facts of one thing
    kind: Kind, key: str, began: date, period: Period, country: str = "", number: str = ""
) -> Due:
    ended = period.ends(began, country=country)
    return Due(kind, key, began, ended, period.rule, period.source_for(country), number)


def _canonical(row: Mapping[Any, Any]) -> str:
    told = {
        str(name): hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
        for name, value in row.items()
    }
    return json.dumps(told, default=str, sort_keys=True, ensure_ascii=False)


def _deletion(row: Mapping[Any, Any]) -> Deletion:
    names = ("kind", "key", "began", "ended", "rule", "source", "number")
    due = TypeAdapter(Due).validate_python({name: row[name] for name in names})
    first, second = row["approved_by"]
    return Deletion(row["list_id"], due, row["digests"], row["deleted_at"], (first, second))


def digest_of(dues: Iterable[Due]) -> str:
    """Return the digest of what stands on a list."""
    told = _DUES.dump_python(tuple(dues), mode="json")
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
