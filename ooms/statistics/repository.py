"""Fills the rows that are counted, counts them in sets, and reads what was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)

from ooms.applications.tables import application
from ooms.certificates.tables import certificate, news
from ooms.db import Transaction, upsert
from ooms.decisions.tables import decision
from ooms.statistics import tables
from ooms.statistics.model import (
    DIMENSIONS,
    FIGURES,
    SMALLEST_CELL,
    Asked,
    Cell,
    Haste,
    Refusals,
    Side,
    Sum,
)

_i, _u, _d, _c = tables.issue, tables.use, decision, certificate
_cell, _refusal, _hours_to = tables.cell, tables.refusal, tables.hours
_USED = "certificate.used"
_HOUR = 3600
_BY = ("side", *DIMENSIONS)
#: Every state that only a certificate reaches which the partner has registered.
_REGISTERED = (
    *("REGISTERED", "LINKED", "USED_PARTLY", "USED", "DENIED", "SUSPENDED"),
    *("CANCEL_PENDING", "CANCELLED", "SUPERSEDED", "ANNULLED"),
)
_GRANTED = ("GRANTED", "PARTLY")
_SUSPENDED = ("SUSPENDED", "SECURED")
#: Hours of every chapter together; a certificate without goods counts there alone.
_EVERY_CHAPTER = ""


class StatisticsRows:
    """Figures within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def fill_issues(self, *, most: int) -> int:
        """Take over the items of certificates that are not counted yet; count certificates."""
        wanted = (
            select(_c, application.c.submitted_on)
            .join(application, application.c.id == _c.c.application_id)
            .join(_i, _i.c.certificate_id == _c.c.id, isouter=True)
            .where(_i.c.certificate_id.is_(None))
            .order_by(_c.c.id)
            .limit(most)
        )
        found = self._transaction.execute(wanted).mappings().all()
        rows = [row for one in found for row in _issues(one)]
        if rows:
            self._transaction.execute(insert(_i), rows)
        return len(found)

    def fill_uses(self, *, most: int) -> int:
        """Take over what partners said of use and is not counted yet; count messages."""
        wanted = (
            select(news, _c.c.agreement, _c.c.import_country, _c.c.document)
            .join(_c, _c.c.id == news.c.certificate_id)
            .join(
                _u,
                and_(_u.c.sender == news.c.partner, _u.c.message_id == news.c.message_id),
                isouter=True,
            )
            .where(news.c.kind == _USED, _u.c.message_id.is_(None))
            .order_by(news.c.ordinal)
            .limit(most)
        )
        found = self._transaction.execute(wanted).mappings().all()
        rows = [row for one in found for row in _uses(one)]
        if rows:
            self._transaction.execute(insert(_u), rows)
        return len(found)

    def counted_at(self) -> datetime | None:
        """Tell when it was counted; nothing before the first time."""
        wanted = select(tables.count.c.at).where(tables.count.c.what == tables.FIGURES)
        return self._transaction.execute(wanted).scalar()

    def cells(self, asked: Asked) -> tuple[Cell, ...]:
        """Read the cells of both sides."""
        by = [_cell.c[name] for name in ("side", *DIMENSIONS)]
        wanted = select(_cell).where(*_narrowed(_cell.c, asked)).order_by(*by)
        return tuple(Cell(**row) for row in self._transaction.execute(wanted).mappings())

    def sums(self, asked: Asked, *, by: str, is_published: bool = False) -> tuple[Sum, ...]:
        """Add cells up by one of their dimensions; a figure that is not published is nothing."""
        name = _cell.c[by]
        figures = [_shown(one) if is_published else _cell.c[one] for one in FIGURES]
        added = [func.sum(one).label(f) for f, one in zip(FIGURES, figures, strict=True)]
        hidden = case((or_(*(_is_hidden(one) for one in FIGURES)), 1), else_=0)
        wanted = select(name.label("name"), *added, func.max(hidden).label("hidden"))
        wanted = wanted.where(*_narrowed(_cell.c, asked)).group_by(name).order_by(name)
        return tuple(
            Sum(row["name"], **_whole(row), is_short=is_published and bool(row["hidden"]))
            for row in self._transaction.execute(wanted).mappings()
        )

    def refusals(self, asked: Asked) -> tuple[Refusals, ...]:
        """Read denials by reason class, on both sides."""
        by = (_refusal.c.side, _refusal.c.agreement, _refusal.c.reason_class)
        wanted = select(*by, func.sum(_refusal.c.denials).label("count"))
        wanted = wanted.where(*_narrowed(_refusal.c, asked)).group_by(*by).order_by(*by)
        found = self._transaction.execute(wanted).mappings()
        return tuple(Refusals(**{**row, "count": int(row["count"])}) for row in found)

    def haste(self, asked: Asked) -> tuple[Haste, ...]:
        """Take the median of the hours to issue: the middle value, or the mean of the two."""
        if asked.side is Side.IMPORT:
            return ()
        middle = _middle(asked)
        by = (middle.c.agreement, middle.c.partner, middle.c.size)
        wanted = select(*by, func.avg(middle.c.hours).label("median")).where(
            middle.c.reached * 2 >= middle.c.size,
            (middle.c.reached - middle.c.certificates) * 2 <= middle.c.size,
        )
        rows = self._transaction.execute(wanted.group_by(*by).order_by(*by))
        return tuple(
            Haste(row.agreement, row.partner, int(row.size), round(float(row.median), 1))
            for row in rows
        )


def _middle(asked: Asked) -> Any:
    """Say of each number of hours how many certificates took up to so many, and of how many."""
    group = (_hours_to.c.agreement, _hours_to.c.partner)
    # Every chapter together is counted too, under no chapter.
    of_chapter = _hours_to.c.chapter == asked.chapter
    counted = (
        select(*group, _hours_to.c.hours, func.sum(_hours_to.c.certificates).label("certificates"))
        .where(of_chapter, *_narrowed(_hours_to.c, asked))
        .group_by(*group, _hours_to.c.hours)
        .subquery()
    )
    within = (counted.c.agreement, counted.c.partner)
    of_all = func.sum(counted.c.certificates).over(partition_by=within)
    so_far = func.sum(counted.c.certificates).over(partition_by=within, order_by=counted.c.hours)
    return select(counted, of_all.label("size"), so_far.label("reached")).subquery()


def _is_hidden(figure: str) -> ColumnElement[bool]:
    return _cell.c[figure].between(1, SMALLEST_CELL - 1)


def _shown(figure: str) -> ColumnElement[int]:
    return case((_is_hidden(figure), 0), else_=_cell.c[figure])


def _narrowed(of: Any, asked: Asked) -> list[ColumnElement[bool]]:
    named = {"agreement": asked.agreement, "partner": asked.partner, "chapter": asked.chapter}
    wanted = [of[name] == value for name, value in named.items() if value]
    if asked.side is not None and "side" in of:
        wanted.append(of.side == asked.side.value)
    if asked.first_month:
        wanted.append(of.month >= asked.first_month)
    if asked.last_month:
        wanted.append(of.month <= asked.last_month)
    return wanted


def _whole(row: Mapping[Any, Any]) -> dict[str, int]:
    return {name: int(row[name] or 0) for name in FIGURES}


def _issues(row: Mapping[Any, Any]) -> Iterator[dict[str, Any]]:
    hours = None
    if row["submitted_on"] is not None:
        start = datetime.combine(row["submitted_on"], time(), UTC)
        # The day of the application is known, not its moment: parts of an hour tell nothing.
        hours = max((row["issued_at"] - start).total_seconds() // _HOUR, 0.0)
    # What was erased before it was counted has no items any more, and is counted as one.
    for item in row["document"].get("items") or ({"item_no": 0},):
        yield {
            "certificate_id": row["id"],
            "item_no": item["item_no"],
            "agreement": row["agreement"],
            "partner": row["import_country"],
            "chapter": str(item.get("hs", ""))[:2],
            "month": row["issued_on"].strftime("%Y-%m"),
            "hours": hours,
        }


def _uses(row: Mapping[Any, Any]) -> Iterator[dict[str, Any]]:
    facts = row["facts"]
    chapters = {
        one["item_no"]: str(one.get("hs", ""))[:2] for one in row["document"].get("items", ())
    }
    for place, told in enumerate(facts.get("decisions", ())):
        item_no = int(told["item_no"])
        yield {
            "sender": row["partner"],
            "message_id": row["message_id"],
            "place": place,
            "certificate_id": row["certificate_id"],
            "item_no": item_no,
            "declaration_number": str(facts.get("declaration_number", "")),
            "agreement": row["agreement"],
            "partner": row["import_country"],
            "chapter": chapters.get(item_no, ""),
            "month": str(facts.get("decided_on", row["at"].date()))[:7],
            "outcome": str(told["outcome"]),
            "reason_class": str(told.get("reason_code") or ""),
            "ordinal": row["ordinal"],
        }


class Counting:
    """Writes what was counted, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside an open transaction."""
        self._transaction = transaction

    def recount(self, *, now: datetime) -> None:
        """Count cells, denials and hours anew.

        1. Hold the row that tells when it was counted: one worker counts at a time.
        2. Replace what was counted before.
        """
        moment = upsert(self._transaction, tables.count).values(what=tables.FIGURES, at=now)
        held = moment.on_conflict_do_update(index_elements=[tables.count.c.what], set_={"at": now})
        self._transaction.execute(held)  # 1
        self._replace(tables.cell, _cells())  # 2
        self._replace(tables.refusal, _refusals())
        self._replace(tables.hours, _hours())

    def _replace(self, table: Table, counted: Select[Any]) -> None:
        self._transaction.execute(delete(table))
        names = [one.name for one in counted.selected_columns]
        self._transaction.execute(insert(table).from_select(names, counted))


def _cells() -> Select[Any]:
    every = union_all(_issued(), _used(), _decided()).subquery()
    by = [every.c[name] for name in _BY]
    sums = [func.sum(every.c[name]).label(name) for name in FIGURES]
    return select(*by, *sums).group_by(*by)


def _refusals() -> Select[Any]:
    uses, decided = _last_uses(), _last_decisions()
    every = union_all(
        _denied(uses, Side.EXPORT, uses.c.outcome, partner=uses.c.partner),
        _denied(decided, Side.IMPORT, decided.c.verdict, partner=decided.c.issuing_country),
    ).subquery()
    by = [every.c[name] for name in (*_BY, "reason_class")]
    return select(*by, func.count().label("denials")).group_by(*by)


def _hours() -> Select[Any]:
    """Count certificates by the hours to their issue: every chapter together, and each alone."""
    first = select(_i.c.certificate_id, func.min(_i.c.item_no).label("item_no"))
    first_item = first.group_by(_i.c.certificate_id).subquery()
    together = and_(
        first_item.c.certificate_id == _i.c.certificate_id, first_item.c.item_no == _i.c.item_no
    )
    measured = select(_i).join(first_item, together).where(_i.c.hours.is_not(None)).cte()
    columns = (measured.c.agreement, measured.c.partner, measured.c.month, measured.c.hours)
    every = union_all(
        select(*columns, literal(_EVERY_CHAPTER).label("chapter")),
        select(*columns, measured.c.chapter).where(measured.c.chapter != _EVERY_CHAPTER),
    ).subquery()
    by = [every.c[name] for name in (*DIMENSIONS, "hours")]
    return select(*by, func.count().label("certificates")).group_by(*by)


def _issued() -> Select[Any]:
    registered = case((_c.c.exchange_state.in_(_REGISTERED), 1), else_=0)
    return select(
        literal(Side.EXPORT.value).label("side"),
        _i.c.agreement,
        _i.c.partner,
        _i.c.chapter,
        _i.c.month,
        literal(1).label("issued"),
        registered.label("registered"),
        literal(0).label("granted"),
        literal(0).label("denied"),
        literal(0).label("suspended"),
    ).join(_c, _c.c.id == _i.c.certificate_id)


def _used() -> Select[Any]:
    last = _last_uses()
    return _counted(last, Side.EXPORT, last.c.outcome, partner=last.c.partner)


def _decided() -> Select[Any]:
    last = _last_decisions()
    return _counted(last, Side.IMPORT, last.c.verdict, partner=last.c.issuing_country)


def _counted(
    last: CTE, side: Side, outcome: ColumnElement[str], *, partner: ColumnElement[str]
) -> Select[Any]:
    return select(
        literal(side.value).label("side"),
        last.c.agreement,
        partner.label("partner"),
        last.c.chapter,
        last.c.month,
        literal(0).label("issued"),
        literal(0).label("registered"),
        case((outcome.in_(_GRANTED), 1), else_=0).label("granted"),
        case((outcome == "DENIED", 1), else_=0).label("denied"),
        case((outcome.in_(_SUSPENDED), 1), else_=0).label("suspended"),
    ).where(last.c.turn == 1, outcome != "WITHDRAWN")


def _denied(
    last: CTE, side: Side, outcome: ColumnElement[str], *, partner: ColumnElement[str]
) -> Select[Any]:
    return select(
        literal(side.value).label("side"),
        last.c.agreement,
        partner.label("partner"),
        last.c.chapter,
        last.c.month,
        last.c.reason_class,
    ).where(last.c.turn == 1, outcome == "DENIED")


def _last_uses() -> CTE:
    item = (_u.c.certificate_id, _u.c.item_no, _u.c.declaration_number)
    # A word may name an item for several lines: it is given if any of them is, as at import.
    is_given = case((_u.c.outcome.in_(_GRANTED), 0), else_=1)
    newest = (_u.c.ordinal.desc(), is_given, _u.c.place.desc())
    turn = func.row_number().over(partition_by=item, order_by=newest).label("turn")
    return select(_u, turn).cte()


def _last_decisions() -> CTE:
    """Say how each item of a declaration stands: given if any of its lines is, as it is told."""
    item = "declaration_number", "issuing_country", "agreement", "number_key", "item_no"
    line = *(_d.c[name] for name in item), _d.c.claim_id, _d.c.line_no, _d.c.spec_no
    later = func.row_number().over(partition_by=line, order_by=_d.c.seq.desc())
    # What was not found belongs to no partner: nobody was told of it.
    lines = select(_d, later.label("later")).where(_d.c.issuing_country != "").cte()
    standing = lines.c.later == 1
    ranked = (
        case((lines.c.verdict.in_(_GRANTED), 0), (lines.c.verdict == "WITHDRAWN", 2), else_=1),
        lines.c.decided_at.desc(),
        lines.c.id.desc(),
    )
    turn = func.row_number().over(partition_by=[lines.c[name] for name in item], order_by=ranked)
    return select(lines, turn.label("turn")).where(standing).cte()
