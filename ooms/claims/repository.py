"""Reads and writes claims and their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ooms.claims import tables
from ooms.claims.declaration import Particulars, bare
from ooms.claims.facts import Restriction
from ooms.claims.model import NOT_THERE, CheckedLine, Claim, Decision, Declaration, Sought
from ooms.db import Transaction, Window, one_of
from ooms.risk import tables as routed

_t, _line, _invoice = tables.claim, tables.line, tables.invoice
_restriction = tables.restriction
#: Where the desk of risk sent each line.
_sent = routed.decision
Place = tuple[int, int]
CHECKED_LINE = TypeAdapter(CheckedLine)
PARTICULARS = TypeAdapter(Particulars)
_KEY_LENGTH = 64

# Made once: a statement that is made anew is looked up in the compiler's cache by its whole shape.
_INSERT_LINES = insert(_line)
_INSERT_INVOICES = insert(_invoice)
_AWAITING = _line.c.decision == Decision.AWAITING.value
_OPEN = {
    "postgresql": postgresql.insert(_t).on_conflict_do_nothing().returning(_t.c.id),
    "sqlite": sqlite.insert(_t).on_conflict_do_nothing().returning(_t.c.id),
}
_OTHERS = (
    select(_t.c.id)
    .where(_t.c.declaration_number == bindparam("number"), _t.c.version != bindparam("but"))
    .order_by(_t.c.version.desc())
)
_RESTRICTIONS = select(_restriction).where(
    one_of(_restriction.c.name_key, "names"),
    _restriction.c.since <= bindparam("on"),
    or_(_restriction.c.until.is_(None), _restriction.c.until > bindparam("on")),
)


class ClaimRows:
    """Claims within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def open(
        self, claim_id: str, declaration: Declaration, *, fingerprint: str, now: datetime
    ) -> bool:
        """Keep a claim without its lines; False when this version of the declaration is known."""
        importer = declaration.about.importer
        done = self._transaction.execute(
            _OPEN[self._transaction.dialect.name],
            {
                "id": claim_id,
                "declaration_number": declaration.number,
                "version": declaration.version,
                "declared_on": declaration.declared_on,
                "fingerprint": fingerprint,
                "superseded": False,
                "made_at": now,
                "particulars": PARTICULARS.dump_python(declaration.about, mode="json"),
                "importer_key": key_of(importer.identifier or importer.name) if importer else None,
            },
        )
        return done.first() is not None

    def add_lines(
        self, claim_id: str, lines: tuple[CheckedLine, ...], *, invoices: Mapping[Place, set[str]]
    ) -> None:
        """Keep the lines of a claim, and the keys of the invoices that they name."""
        self._transaction.execute(_INSERT_LINES, [_row(claim_id, one) for one in lines])
        named = [
            {"claim_id": claim_id, "line_no": line, "spec_no": spec, "invoice_key": key}
            for (line, spec), keys in invoices.items()
            for key in sorted(keys)
        ]
        if named:
            self._transaction.execute(_INSERT_INVOICES, named)

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
        asked = {"number": declaration.number, "but": declaration.version}
        rows = self._transaction.execute(_OTHERS, asked).scalars()
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
        """Return the claims with a line that waits for a certificate, or lacks it."""
        lacks = and_(
            _line.c.decision == Decision.REFERRED.value,
            _line.c.content["reason_code"].as_string().in_(sorted(NOT_THERE)),
        )
        return self._claims_with(_line.c.number_key == number_key, or_(_AWAITING, lacks))

    def waited_in_vain(self, on: date, *, most: int) -> tuple[str, ...]:
        """Return claims with a line whose wait has ended before a day."""
        return self._claims_with(_line.c.awaited_until < on, _AWAITING)[:most]

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

    def _claims_with(self, *conditions: ColumnElement[bool]) -> tuple[str, ...]:
        rows = self._transaction.execute(
            select(_line.c.claim_id)
            .distinct()
            .join(_t, _t.c.id == _line.c.claim_id)
            .where(*conditions, _t.c.superseded.is_(False))
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
        return self._read(_RESTRICTIONS, {"names": wanted, "on": on})

    def page(self, window: Window) -> tuple[Restriction, ...]:
        """Return restrictions, the newest first."""
        return self._read(window.of(select(_restriction), by=_restriction.c.id))

    def _read(
        self, wanted: Select[Any], asked: Mapping[str, object] | None = None
    ) -> tuple[Restriction, ...]:
        rows = self._transaction.execute(wanted, asked).mappings()
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
