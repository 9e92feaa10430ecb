"""Reads and writes routing: set-based on the way of a claim, in groups for the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Select,
    Text,
    bindparam,
    case,
    delete,
    func,
    insert,
    null,
    select,
    true,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from ooms.db import Transaction, Window, any_of, constant, one_of
from ooms.risk import tables
from ooms.risk.model import (
    Decision,
    Model,
    ModelState,
    Outcome,
    OutcomeKind,
    Result,
)

_t, _out, _figure, _model = tables.decision, tables.outcome, tables.figure, tables.model
_DECISION = TypeAdapter(Decision)
_GRAMS, _E4 = Decimal(1000), Decimal(10_000)
_LINE = (_t.c.declaration, _t.c.line_no, _t.c.spec_no)
_OF_LINE = (
    (_out.c.declaration == _t.c.declaration)
    & (_out.c.line_no == _t.c.line_no)
    & (_out.c.spec_no == _t.c.spec_no)
)
_CHUNK = 1000

# Made once: a statement that is made anew is looked up in the compiler's cache by its whole shape.
_INSERT = insert(_t)
_TABLE, _NUMBERS = "TABLE", "FIGURE"
_RESTS_ON = union_all(
    select(
        constant(_NUMBERS).label("part"),
        _figure.c.key,
        _figure.c.content,
        null().cast(Text).label("points"),
    ).where(one_of(_figure.c.key, "keys")),
    select(
        constant(_TABLE), _model.c.state, null().cast(_figure.c.content.type), _model.c.content
    ).where(any_of(_model.c.state, ModelState.CHAMPION, ModelState.CHALLENGER)),
)
_PAST = (
    update(_t)
    .where(_t.c.declaration.in_(bindparam("of", expanding=True)), _t.c.is_current == true())
    .values(is_current=False)
)


def _hearing(kind: Any) -> Any:
    words = kind(_out)
    new = words.excluded
    return words.on_conflict_do_update(
        index_elements=list(_out.primary_key.columns),
        set_={name: new[name] for name in ("result", "detail", "told_at", "told_by")},
    )


_HEAR = {"postgresql": _hearing(postgresql.insert), "sqlite": _hearing(sqlite.insert)}


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What routing rests on: the texts of the tables of points in use, and figures by their key."""

    points: Mapping[ModelState, str]
    figures: Mapping[str, Mapping[str, Any]]


class RouteRows:
    """Decisions and what they rest on, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def rests_on(self, keys: Iterable[str]) -> RestsOn:
        """Return the tables of points in use and the figures of many keys, in one look."""
        figures, points = {}, {}
        for row in self._transaction.execute(_RESTS_ON, {"keys": sorted(set(keys))}):
            if row.part == _TABLE:
                points[ModelState(row.key)] = row.points
            else:
                figures[row.key] = row.content
        return RestsOn(points, figures)

    def keep(self, decisions: tuple[Decision, ...]) -> None:
        """Keep where the lines of declarations were sent; what was kept before is past."""
        declared = sorted({one.goods.declaration for one in decisions})
        self._transaction.execute(_PAST, {"of": declared})
        self._transaction.execute(_INSERT, [_row(one) for one in decisions])

    def of_declaration(self, declaration: str) -> tuple[Decision, ...]:
        """Return where the lines of a declaration were sent, the last time."""
        wanted = (
            select(_t.c.content)
            .where(_t.c.declaration == declaration, _t.c.is_current == true())
            .order_by(_t.c.line_no, _t.c.spec_no)
        )
        return self._decisions(wanted)

    def page(self, window: Window, *, channel: str | None) -> tuple[Decision, ...]:
        """Return the newest decisions, of one channel or of all."""
        wanted = window.of(select(_t.c.content), by=_t.c.id).where(_t.c.is_current == true())
        if channel is not None:
            wanted = wanted.where(_t.c.channel == channel)
        return self._decisions(wanted)

    def hear(self, outcomes: tuple[Outcome, ...]) -> None:
        """Keep what became of lines; a later word of the same kind takes the earlier's place."""
        if not outcomes:
            return
        rows = [_outcome_row(one) for one in outcomes]
        self._transaction.execute(_HEAR[self._transaction.dialect.name], rows)

    def outcomes_of(self, declaration: str) -> tuple[Outcome, ...]:
        """Return what became of the lines of a declaration."""
        wanted = select(_out).where(_out.c.declaration == declaration).order_by(_out.c.line_no)
        return tuple(_read_outcome(row) for row in self._transaction.execute(wanted).mappings())

    def judged(
        self, *, since: date, until: date
    ) -> Iterator[tuple[Decision, frozenset[tuple[OutcomeKind, Result]]]]:
        """Stream current decisions of some days with what became of them, `until` excluded."""
        after = ""
        while True:
            wanted = (
                select(_t.c.id, _t.c.content, *_LINE)
                .where(
                    _t.c.is_current == true(),
                    _t.c.declared_on >= since,
                    _t.c.declared_on < until,
                    _t.c.id > after,
                )
                .order_by(_t.c.id)
                .limit(_CHUNK)
            )
            rows = self._transaction.execute(wanted).all()
            if not rows:
                return
            told = self._told([tuple(row[2:]) for row in rows])
            for row in rows:
                yield (
                    _DECISION.validate_python(row.content),
                    frozenset(told.get(tuple(row[2:]), ())),
                )
            after = rows[-1].id

    def _told(
        self, lines: list[tuple[Any, ...]]
    ) -> Mapping[tuple[Any, ...], list[tuple[OutcomeKind, Result]]]:
        place = tuple_(_out.c.declaration, _out.c.line_no, _out.c.spec_no)
        wanted = select(_out).where(place.in_(lines))
        told: dict[tuple[Any, ...], list[tuple[OutcomeKind, Result]]] = {}
        for row in self._transaction.execute(wanted).mappings():
            key = row["declaration"], row["line_no"], row["spec_no"]
            told.setdefault(key, []).append((OutcomeKind(row["kind"]), Result(row["result"])))
        return told

    def _decisions(self, wanted: Select[Any]) -> tuple[Decision, ...]:
        found = self._transaction.execute(wanted).scalars()
        return tuple(_DECISION.validate_python(one) for one in found)


class ModelRows:
    """The register of tables of points, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def add(self, model: Model) -> None:
        """Keep a table that somebody brought."""
        self._transaction.execute(insert(_model).values(**_model_row(model)))

    def find(self, model_id: str) -> Model | None:
        """Find a table by its key."""
        return next(iter(self._models(select(_model).where(_model.c.id == model_id))), None)

    def in_state(self, state: ModelState) -> Model | None:
        """Find the table that is the champion, or the challenger."""
        return next(iter(self._models(select(_model).where(_model.c.state == state))), None)

    def page(self, window: Window) -> tuple[Model, ...]:
        """Return the newest tables."""
        return self._models(window.of(select(_model), by=_model.c.id))

    def change(self, model: Model, *, since: Model) -> bool:
        """Write a changed table; False when somebody changed it meanwhile."""
        done = self._transaction.execute(
            update(_model)
            .where(_model.c.id == model.id, _model.c.state == since.state)
            .values(**_model_row(model))
        )
        return done.rowcount == 1

    def _models(self, wanted: Select[Any]) -> tuple[Model, ...]:
        rows = self._transaction.execute(wanted).mappings()
        return tuple(Model(**{**row, "state": ModelState(row["state"])}) for row in rows)


class FigureRows:
    """The figures that decisions are compared with, made anew by a job."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def parties(self, column: str, *, on: date, days: Mapping[str, date]) -> Iterator[Any]:
        """Count lines by party and subheading; `days` name when each count begins."""
        party = _t.c[column]
        recent = _t.c.declared_on >= days["recent"]
        before = (_t.c.declared_on >= days["before"]) & (_t.c.declared_on < days["recent"])
        wanted = (
            select(
                party.label("party"),
                _t.c.hs6,
                func.min(_t.c.declared_on).label("first_on"),
                func.sum(case((recent, 1), else_=0)).label("recent"),
                func.sum(case((before, 1), else_=0)).label("before"),
                func.sum(
                    case((_t.c.declared_on >= days["year"], func.coalesce(_t.c.grams, 0)), else_=0)
                ).label("grams"),
            )
            .where(_t.c.is_current == true(), party != "", _t.c.declared_on <= on)
            .group_by(party, _t.c.hs6)
        )
        yield from self._transaction.execute(wanted)

    def results(self, *columns: str, kind: OutcomeKind, since: date) -> Iterator[Any]:
        """Count what became of lines, by parties or goods."""
        named = [_t.c[one] for one in columns]
        wanted = (
            select(
                *named,
                func.count().label("lines"),
                func.sum(case((_out.c.result == Result.WRONG, 1), else_=0)).label("wrong"),
                func.max(case((_out.c.result == Result.RIGHT, _t.c.declared_on))).label("right_on"),
            )
            .join(_out, _OF_LINE)
            .where(
                _t.c.is_current == true(),
                _t.c.declared_on >= since,
                _out.c.kind == kind,
                _out.c.result != Result.OPEN,
            )
            .group_by(*named)
        )
        yield from self._transaction.execute(wanted)

    def prices(self, *, since: date) -> Iterator[Any]:
        """Stream the prices of a kilogram in the order of goods, origin, currency and price."""
        wanted = (
            select(_t.c.hs6, _t.c.origin, _t.c.currency, _t.c.price_e4)
            .where(_t.c.is_current == true(), _t.c.declared_on >= since, _t.c.price_e4.is_not(None))
            .order_by(_t.c.hs6, _t.c.origin, _t.c.currency, _t.c.price_e4)
            .execution_options(yield_per=_CHUNK)
        )
        yield from self._transaction.execute(wanted)

    def replace(self, figures: Iterator[tuple[str, Mapping[str, Any]]], *, now: datetime) -> int:
        """Put new figures in the place of all that were there; returns how many."""
        self._transaction.execute(delete(_figure))
        kept, waiting = 0, []
        for key, content in figures:
            waiting.append({"key": key, "content": content, "made_at": now})
            if len(waiting) == _CHUNK:
                kept += self._write(waiting)
                waiting = []
        return kept + self._write(waiting)

    def _write(self, rows: list[dict[str, Any]]) -> int:
        if rows:
            self._transaction.execute(insert(_figure), rows)
        return len(rows)


def _row(decision: Decision) -> dict[str, Any]:
    goods, challenger = decision.goods, decision.challenger
    price = goods.price
    return {
        "id": decision.id,
        "declaration": goods.declaration,
        "line_no": goods.line_no,
        "spec_no": goods.spec_no,
        "version": goods.version,
        "is_current": True,
        "made_at": decision.made_at,
        "declared_on": goods.declared_on,
        "agreement": goods.agreement,
        "hs6": goods.hs6,
        "origin": goods.origin,
        "exporter": goods.exporter,
        "importer": goods.importer,
        "currency": goods.currency,
        "grams": None if goods.net_kg is None else round(goods.net_kg * _GRAMS),
        "price_e4": None if price is None else round(price * _E4),
        "channel": decision.channel.value,
        "selected_by": [one.value for one in decision.selected_by],
        "points": decision.scored.points,
        "model": decision.scored.model,
        "challenger_model": challenger.model if challenger else None,
        "challenger_points": challenger.points if challenger else None,
        "challenger_channel": challenger.channel.value if challenger else None,
        "content": _DECISION.dump_python(decision, mode="json"),
    }


def _outcome_row(outcome: Outcome) -> dict[str, Any]:
    return {
        "declaration": outcome.declaration,
        "line_no": outcome.line_no,
        "spec_no": outcome.spec_no,
        "kind": outcome.kind.value,
        "result": outcome.result.value,
        "detail": outcome.detail,
        "told_at": outcome.told_at,
        "told_by": outcome.told_by,
    }


def _read_outcome(row: Mapping[Any, Any]) -> Outcome:
    return Outcome(
        declaration=row["declaration"],
        line_no=row["line_no"],
        kind=OutcomeKind(row["kind"]),
        result=Result(row["result"]),
        told_at=row["told_at"],
        told_by=row["told_by"],
        spec_no=row["spec_no"],
        detail=row["detail"],
    )


def _model_row(model: Model) -> dict[str, Any]:
    return {one.name: getattr(model, one.name) for one in _model.c} | {
        "state": model.state.value,
        "report": dict(model.report),
    }
