"""Finds what is due, blanks it, and keeps the record of that; no other desk deletes anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime, time, tzinfo
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import CompoundSelect, Select, and_, delete, insert, or_, select, union, update

from ooms.access import tables as known
from ooms.applications import tables as applied
from ooms.applications.model import PENDING, State
from ooms.certificates import tables as certified
from ooms.cost_statements import tables as stated
from ooms.db import Transaction, Window
from ooms.determinations import tables as determined
from ooms.error_notices import tables as told
from ooms.error_notices.model import State as Noticed
from ooms.listings import tables as listed
from ooms.products import tables as described
from ooms.retention import tables
from ooms.retention.erasures import ERASURES, Erasure
from ooms.retention.model import (
    Deletion,
    DeletionList,
    Due,
    Hold,
    Kind,
    ListState,
    Period,
)
from ooms.suppliers import tables as supplied

_hold, _list, _gone = tables.hold, tables.deletion_list, tables.deletion
_certificate, _notice = certified.certificate, told.notice
_application, _line = applied.application, applied.citation
_determination, _proof = determined.determination, determined.proof
_bill, _declaration = described.bill, supplied.declaration
_statement, _contest, _user = stated.statement, listed.contest, known.user
_DUES = TypeAdapter(tuple[Due, ...])
#: Whoever was told of an error still works on it.
_OPEN = (Noticed.FILED, Noticed.ACKNOWLEDGED, Noticed.PASSED_ON)


class RetentionRows:
    """Holds, lists and deletions within one transaction."""

    def __init__(self, transaction: Transaction, zone: tzinfo) -> None:
        """Work inside an open transaction; days are those of a zone."""
        self._transaction = transaction
        self._zone = zone

    def certificates(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return certificates whose period ended, that nobody holds, the oldest first."""
        one = _certificate.c
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
            .where(or_(*ended), one.id.not_in(_held()), one.id.not_in(_erased(Kind.CERTIFICATE)))
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
        """Return determinations whose period ended, cited and stated by nothing that is kept."""
        one = _determination.c
        cited = select(_line.c.determination_id).where(
            _line.c.application_id.not_in(_erased(Kind.APPLICATION))
        )
        standing = select(_statement.c.id).where(
            _statement.c.withdrawn_at.is_(None),
            or_(_statement.c.valid_until.is_(None), _statement.c.valid_until >= today),
        )
        wanted = self._old(Kind.DETERMINATION, one.id, one.determined_at, period, today)
        wanted = wanted.where(one.id.not_in(cited), one.id.not_in(standing)).limit(most)
        return self._dues(Kind.DETERMINATION, wanted, period)

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

    def notices(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return notices of error that ended, or were never filed, about what nobody holds."""
        one = _notice.c
        wanted = self._old(Kind.ERROR_NOTICE, one.id, one.drafted_at, period, today)
        wanted = wanted.where(
            one.state.not_in([state.value for state in _OPEN]),
            # What was submitted is kept from that day on, which may be long after the draft.
            or_(one.filed_on.is_(None), one.filed_on < period.begun_before(today)),
            one.certificate_id.not_in(_held()),
        )
        return self._dues(Kind.ERROR_NOTICE, wanted.limit(most), period)

    def contests(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return answered contests of lists whose period ended."""
        one = _contest.c
        wanted = self._old(Kind.LIST_CONTEST, one.id, one.stated_at, period, today)
        wanted = wanted.where(one.answered_at.is_not(None)).limit(most)
        return self._dues(Kind.LIST_CONTEST, wanted, period)

    def leavers(self, period: Period, *, today: date, most: int) -> list[Due]:
        """Return people of companies who were shut out longer ago than their period."""
        one = _user.c
        wanted = self._old(Kind.USER, one.id, one.disabled_at, period, today)
        wanted = wanted.where(one.exporter_id.is_not(None)).limit(most)
        return self._dues(Kind.USER, wanted, period)

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
        wanted = window.of(select(_list), by=_list.c.id)
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
        wanted = window.of(select(_hold), by=_hold.c.id)
        return tuple(Hold(*row) for row in self._transaction.execute(wanted))

    def _where(self, erasure: Erasure, due: Due) -> list[Any]:
        if due.kind is Kind.BILL:
            product, _, version = due.key.partition("/")
            return [erasure.within(product), _bill.c.version == int(version)]
        return [erasure.within(due.key)]

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


def _held() -> CompoundSelect[Any]:
    """Select the certificates that somebody holds, or that an open notice of error is about."""
    noticed = select(_notice.c.certificate_id).where(
        _notice.c.state.in_([state.value for state in _OPEN])
    )
    return union(select(_hold.c.certificate_id).where(_hold.c.lifted_at.is_(None)), noticed)


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
