"""Reads and writes claims and their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, Select, and_, insert, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from ooms.claims import tables
from ooms.claims.declaration import Particulars, bare
from ooms.claims.facts import OtherUse, Restriction, WaivedBefore
from ooms.claims.model import CheckedLine, Claim, Decision, Declaration, Sought
from ooms.db import Transaction, Window
from ooms.ledger.model import ItemKey
from ooms.risk import tables as routed

_t, _line, _invoice = tables.claim, tables.line, tables.invoice
_restriction = tables.restriction
#: Where the desk of risk sent each line.
_sent = routed.decision
Place = tuple[int, int]
_SIX = 6
#: More uses of one item or invoice than an officer would look through.
MOST_USES = 200
CHECKED_LINE = TypeAdapter(CheckedLine)
PARTICULARS = TypeAdapter(Particulars)
_KEY_LENGTH = 64


class ClaimRows:
    """Claims within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction
        is_postgresql = transaction.dialect.name == "postgresql"
        self._insert = postgresql.insert if is_postgresql else sqlite.insert

    def open(
        self, claim_id: str, declaration: Declaration, *, fingerprint: str, now: datetime
    ) -> bool:
        """Keep a claim without its lines; False when this version of the declaration is known."""
        importer = declaration.about.importer
        done = self._transaction.execute(
            self._insert(_t)
            .values(
                id=claim_id,
                declaration_number=declaration.number,
                version=declaration.version,
                declared_on=declaration.declared_on,
                fingerprint=fingerprint,
                superseded=False,
                made_at=now,
                particulars=PARTICULARS.dump_python(declaration.about, mode="json"),
                importer_key=key_of(importer.identifier or importer.name) if importer else None,
            )
            .on_conflict_do_nothing()
            .returning(_t.c.id)
        )
        return done.first() is not None

    def add_lines(
        self, claim_id: str, lines: tuple[CheckedLine, ...], *, invoices: Mapping[Place, set[str]]
    ) -> None:
        """Keep the lines of a claim, and the keys of the invoices that they name."""
        self._transaction.execute(insert(_line), [_row(claim_id, one) for one in lines])
        named = [
            {"claim_id": claim_id, "line_no": line, "spec_no": spec, "invoice_key": key}
            for (line, spec), keys in invoices.items()
            for key in sorted(keys)
        ]
        if named:
            self._transaction.execute(insert(_invoice), named)

    def decide_line(self, claim_id: str, line: CheckedLine, *, since: CheckedLine) -> bool:
        """Write the decision on a line; False when somebody decided it meanwhile."""
        done = self._transaction.execute(
            update(_line)
            .where(
                _line.c.claim_id == claim_id,
                _line.c.line_no == line.line.line_no,
                _line.c.spec_no == line.line.spec_no,
                _line.c.decision == since.decision.value,
            )
            .values(_row(claim_id, line))
        )
        return done.rowcount == 1

    def supersede(self, claim_id: str) -> None:
        """Note that a later version of the declaration took the place of a claim."""
        self._transaction.execute(update(_t).where(_t.c.id == claim_id).values(superseded=True))

    def fingerprint(self, declaration: Declaration) -> tuple[str, str] | None:
        """Return key and fingerprint of the claim of a declaration's version."""
        row = self._transaction.execute(
            select(_t.c.id, _t.c.fingerprint).where(
                _t.c.declaration_number == declaration.number, _t.c.version == declaration.version
            )
        ).first()
        return (row.id, row.fingerprint) if row else None

    def others(self, declaration: Declaration) -> tuple[Claim, ...]:
        """Return the claims of the other versions of a declaration, the newest first."""
        rows = self._transaction.execute(
            select(_t.c.id)
            .where(
                _t.c.declaration_number == declaration.number, _t.c.version != declaration.version
            )
            .order_by(_t.c.version.desc())
        ).scalars()
        return self._all(rows.all())

    def find(self, claim_id: str) -> Claim | None:
        """Find a claim by its key."""
        found = self._all((claim_id,))
        return found[0] if found else None

    def page(self, window: Window, sought: Sought) -> tuple[Claim, ...]:
        """Return claims, the newest first or the oldest; a cursor goes on in the same order."""
        key = _t.c.id
        order = key.asc() if sought.oldest_first else key.desc()
        wanted = select(key).where(*_conditions(sought)).order_by(order).limit(window.limit)
        if window.before is not None:
            is_later = key > window.before if sought.oldest_first else key < window.before
            wanted = wanted.where(is_later)
        return self._all(self._transaction.execute(wanted).scalars().all())

    def awaiting(self, number_key: str) -> tuple[str, ...]:
        """Return the claims with a line that waits for a certificate."""
        return self._waiting(_line.c.number_key == number_key)

    def waited_in_vain(self, on: date, *, most: int) -> tuple[str, ...]:
        """Return claims with a line whose wait has ended before a day."""
        return self._waiting(_line.c.awaited_until < on)[:most]

    def using(
        self, number_key: str, item_no: int, *, agreement: str
    ) -> tuple[tuple[str, Place], ...]:
        """Return the lines that use an item, by the number of their declaration."""
        rows = self._transaction.execute(
            select(_t.c.declaration_number, _line.c.line_no, _line.c.spec_no)
            .join(_t, _t.c.id == _line.c.claim_id)
            .where(
                _line.c.number_key == number_key,
                _line.c.item_no == item_no,
                _line.c.agreement == agreement,
                _t.c.superseded.is_(False),
            )
            .order_by(_t.c.declaration_number)
        )
        return tuple((row.declaration_number, (row.line_no, row.spec_no)) for row in rows)

    def _waiting(self, condition: ColumnElement[bool]) -> tuple[str, ...]:
        rows = self._transaction.execute(
            select(_line.c.claim_id)
            .distinct()
            .join(_t, _t.c.id == _line.c.claim_id)
            .where(
                condition,
                _line.c.decision == Decision.AWAITING.value,
                _t.c.superseded.is_(False),
            )
            .order_by(_line.c.claim_id)
        )
        return tuple(rows.scalars())

    def _all(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        """Read claims with their lines in two looks, in the order of their keys."""
        wanted = tuple(ids)
        if not wanted:
            return ()
        heads = self._transaction.execute(select(_t).where(_t.c.id.in_(wanted))).all()
        contents = self._transaction.execute(
            select(_line.c.claim_id, _line.c.content)
            .where(_line.c.claim_id.in_(wanted))
            .order_by(_line.c.line_no, _line.c.spec_no)
        )
        lines: dict[str, list[CheckedLine]] = {}
        for row in contents:
            lines.setdefault(row.claim_id, []).append(CHECKED_LINE.validate_python(row.content))
        claims = {row.id: _claim(row, tuple(lines.get(row.id, ()))) for row in heads}
        return tuple(claims[one] for one in wanted if one in claims)


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    if sought.number is not None:
        yield _t.c.declaration_number == sought.number
    if sought.certificate is not None:
        key = bare(sought.certificate)
        yield _t.c.id.in_(select(_line.c.claim_id).where(_line.c.number_key == key))
    if sought.decision is not None:
        decided = select(_line.c.claim_id).where(_line.c.decision == sought.decision.value)
        yield _t.c.id.in_(decided)
        yield _t.c.superseded.is_(False)
    if sought.channel is not None:
        sent = select(_sent.c.declaration).where(
            _sent.c.channel == sought.channel, _sent.c.is_current.is_(True)
        )
        yield _t.c.declaration_number.in_(sent)


class UseRows:
    """What other declarations use, looked up for all lines of one at once."""

    def __init__(self, transaction: Transaction, *, but: Declaration) -> None:
        """Look at every declaration but one, in whatever version."""
        self._transaction = transaction
        self._number = but.number

    def of_items(self, keys: Iterable[ItemKey]) -> dict[ItemKey, tuple[OtherUse, ...]]:
        """Return the lines that use the same items, as far as they were not denied."""
        wanted = [(one.number_key, one.item_no) for one in keys]
        if not wanted:
            return {}
        rows = self._lines(tuple_(_line.c.number_key, _line.c.item_no).in_(wanted))
        found: dict[ItemKey, tuple[OtherUse, ...]] = {}
        for checked, use in rows:
            if checked.key is not None:
                found[checked.key] = (*found.get(checked.key, ()), use)
        return found

    def of_invoices(self, keys: Iterable[str]) -> dict[str, tuple[OtherUse, ...]]:
        """Return the lines that name the same invoices, by the key of the invoice."""
        wanted = sorted(set(keys))
        if not wanted:
            return {}
        place = (_line.c.claim_id, _line.c.line_no, _line.c.spec_no)
        same = and_(*(one == _invoice.c[one.name] for one in place))
        rows = self._transaction.execute(
            self._seen(_invoice.c.invoice_key)
            .join(_invoice, same)
            .where(_invoice.c.invoice_key.in_(wanted))
        )
        found: dict[str, tuple[OtherUse, ...]] = {}
        for row in rows:
            use = _use(row, CHECKED_LINE.validate_python(row.content))
            found[row.invoice_key] = (*found.get(row.invoice_key, ()), use)
        return found

    def waived(self, importer_key: str, *, since: date, until: date) -> tuple[WaivedBefore, ...]:
        """Return what an importer had let in without a proof between two days."""
        rows = self._lines(
            _t.c.importer_key == importer_key,
            _t.c.declared_on.between(since, until),
            _line.c.number_key.is_(None),
        )
        return tuple(
            WaivedBefore(use.declaration_number, use.declared_on, line.value, line.currency)
            for line, use in ((checked.line, use) for checked, use in rows)
            if line.value is not None and use.declared_on is not None
        )

    def _lines(self, *conditions: ColumnElement[bool]) -> list[tuple[CheckedLine, OtherUse]]:
        rows = self._transaction.execute(self._seen().where(*conditions))
        read = ((row, CHECKED_LINE.validate_python(row.content)) for row in rows)
        return [(checked, _use(row, checked)) for row, checked in read]

    def _seen(self, *more: ColumnElement[str]) -> Select[Any]:
        return (
            select(
                _t.c.declaration_number, _t.c.declared_on, _t.c.particulars, _line.c.content, *more
            )
            .join_from(_line, _t, _t.c.id == _line.c.claim_id)
            .where(
                _t.c.declaration_number != self._number,
                _t.c.superseded.is_(False),
                _line.c.decision != Decision.DENIED.value,
            )
            .limit(MOST_USES)
        )


def _use(row: Row[Any], checked: CheckedLine) -> OtherUse:
    about, line = PARTICULARS.validate_python(row.particulars or {}), checked.line
    return OtherUse(
        row.declaration_number,
        line.line_no,
        line.certificate_number,
        checked.key.agreement if checked.key else line.agreement or "",
        line.item_no,
        line.hs[:_SIX],
        office=about.office,
        importer=about.importer.name if about.importer else "",
        decision=checked.decision.value,
        declared_on=row.declared_on,
    )


class RestrictionRows:
    """Restrictions within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, restriction: Restriction, *, now: datetime) -> None:
        """Keep a restriction."""
        written = asdict(restriction) | {"name_key": key_of(restriction.name), "made_at": now}
        del written["ended_by"]
        self._transaction.execute(insert(_restriction).values(written))

    def end(self, restriction_id: str, *, by: str, on: date, now: datetime) -> bool:
        """End a restriction; False when there is none that still stands."""
        done = self._transaction.execute(
            update(_restriction)
            .where(_restriction.c.id == restriction_id, _restriction.c.ended_at.is_(None))
            .values(ended_by=by, ended_at=now, until=on)
        )
        return done.rowcount == 1

    def of(self, names: Iterable[str], *, on: date) -> tuple[Restriction, ...]:
        """Return the restrictions of persons that stand on a day."""
        wanted = sorted({key_of(one) for one in names})
        if not wanted:
            return ()
        until = _restriction.c.until
        return self._read(
            select(_restriction).where(
                _restriction.c.name_key.in_(wanted),
                _restriction.c.since <= on,
                or_(until.is_(None), until > on),
            )
        )

    def page(self, window: Window) -> tuple[Restriction, ...]:
        """Return restrictions, the newest first."""
        wanted = select(_restriction).order_by(_restriction.c.id.desc()).limit(window.limit)
        if window.before is not None:
            wanted = wanted.where(_restriction.c.id < window.before)
        return self._read(wanted)

    def _read(self, wanted: Select[Any]) -> tuple[Restriction, ...]:
        rows = self._transaction.execute(wanted).mappings()
        names = [one.name for one in fields(Restriction)]
        return tuple(Restriction(**{name: row[name] for name in names}) for row in rows)


def key_of(text: str) -> str:
    """Write a name or a number so that its spelling does not matter, within a column's length."""
    return (bare(text) or text)[:_KEY_LENGTH]


def invoice_key(number: str, *, exporter: str) -> str:
    """Name an invoice: numbers are unique to who issued them, not to the world."""
    return f"{bare(number)}/{bare(exporter)}"[:_KEY_LENGTH]


def _claim(row: Row[Any], lines: tuple[CheckedLine, ...]) -> Claim:
    declaration = Declaration(
        row.declaration_number,
        row.version,
        row.declared_on,
        tuple(one.line for one in lines),
        PARTICULARS.validate_python(row.particulars or {}),
    )
    return Claim(row.id, declaration, lines, row.made_at, superseded=row.superseded)


def _row(claim_id: str, one: CheckedLine) -> dict[str, object]:
    line, key = one.line, one.key
    return {
        "claim_id": claim_id,
        "line_no": line.line_no,
        "spec_no": line.spec_no,
        "content": CHECKED_LINE.dump_python(one, mode="json"),
        "decision": one.decision.value,
        "issuing_country": key.issuing_country if key else None,
        "agreement": key.agreement if key else line.agreement,
        "number_key": key.number_key if key else bare(line.certificate_number) or None,
        "item_no": key.item_no if key else line.item_no,
        "awaited_until": one.until if one.decision is Decision.AWAITING else None,
    }
