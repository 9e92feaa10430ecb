"""Reads the lines of a bill of materials, with what suppliers and stock records say of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ooms.agreements.policies import Inventory, Kind
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode
from ooms.kernel.period import MONTHS_IN_YEAR, Period
from ooms.kernel.quantity import parse_amount
from ooms.origin.case_fields import (
    CaseFormatError,
    boolean,
    day,
    each,
    mapping,
    mapping_at,
    maybe,
    positive,
    read,
    refuse_unknown,
    text,
    whole,
)
from ooms.origin.facts import AccumulationStatement, Material, SupplierProof, every_line
from ooms.origin.inventory import Receipt, Status, Stock, StockError, Withdrawal, draw

_LINE_KEYS = frozenset(
    {
        "component",
        "designated",
        "hs",
        "inventory",
        "kind",
        "made_from",
        "name",
        "origin",
        "originating",
        "proof",
        "statement",
        "value",
        "weight",
    }
)
_PROOF_KEYS = frozenset({"agreement", "from", "until"})
_STATEMENT_KEYS = frozenset(
    {"foreign_inputs", "foreign_value", "made_in_parties", "net_cost", "own_value"}
)
_STOCK_KEYS = frozenset(
    {"method", "period_months", "quantity", "receipts", "receipts_first", "withdrawals"}
)
_RECEIPT_KEYS = frozenset({"lot", "on", "origin", "originating", "quantity", "unit_value"})
_WITHDRAWAL_KEYS = frozenset({"lot", "on", "quantity"})
_MAX_MADE_FROM = 50


def read_lines(document: Mapping[str, Any]) -> tuple[Material, ...]:
    """Read the bill of materials of a case.

    Raises:
        CaseFormatError: A field is missing, unknown or malformed, or contradicts another.
    """
    lines = each(document, "materials", partial(_line, depth=0))
    _require_one_method(lines)
    return lines


def read_goods_stock(value: Any) -> Stock:
    """Read the stock of finished goods that a consignment was taken from.

    Raises:
        CaseFormatError: A field is missing, unknown or malformed, or contradicts another.
    """
    return _stock("product.inventory.", value)


def _line(value: Any, path: str, *, depth: int) -> Material:
    if depth > _MAX_MADE_FROM:
        raise CaseFormatError(field=path, problem="is nested too deeply")
    document = mapping_at(value, path)
    prefix = f"{path}."
    refuse_unknown(document, _LINE_KEYS, prefix)
    code = maybe(document, "hs", HsCode.parse, prefix=prefix)
    line = Material(
        path=path,
        name=read(document, "name", text, prefix=prefix),
        codes=(code,) if code else (),
        originating=maybe(document, "originating", boolean, prefix=prefix),
        origin=maybe(document, "origin", CountryCode.parse, prefix=prefix),
        value=maybe(document, "value", parse_amount, prefix=prefix),
        weight=maybe(document, "weight", parse_amount, prefix=prefix),
        component=maybe(document, "component", text, prefix=prefix),
        kind=maybe(document, "kind", Kind, prefix=prefix) or Kind.MATERIAL,
        made_from=each(document, "made_from", partial(_line, depth=depth + 1), prefix=prefix),
        designated=maybe(document, "designated", boolean, prefix=prefix) or False,
        proof=maybe(document, "proof", partial(_proof, f"{prefix}proof."), prefix=prefix),
        statement=maybe(
            document, "statement", partial(_statement, f"{prefix}statement."), prefix=prefix
        ),
        inventory=maybe(
            document, "inventory", partial(_stock, f"{prefix}inventory."), prefix=prefix
        ),
    )
    _require_sense(line)
    return line


def _proof(prefix: str, value: Any) -> SupplierProof:
    document = mapping(value)
    refuse_unknown(document, _PROOF_KEYS, prefix)
    start = read(document, "from", day, prefix=prefix)
    end = maybe(document, "until", day, prefix=prefix)
    return SupplierProof(read(document, "agreement", text, prefix=prefix), Period(start, end))


def _statement(prefix: str, value: Any) -> AccumulationStatement:
    document = mapping(value)
    refuse_unknown(document, _STATEMENT_KEYS, prefix)
    is_listed = document.get("foreign_inputs") is not None
    inputs = each(document, "foreign_inputs", _stated_input, prefix=prefix)
    return AccumulationStatement(
        net_cost=maybe(document, "net_cost", parse_amount, prefix=prefix),
        foreign_value=maybe(document, "foreign_value", parse_amount, prefix=prefix),
        own_value=maybe(document, "own_value", parse_amount, prefix=prefix),
        foreign_inputs=inputs if is_listed else None,
        made_in_parties=maybe(document, "made_in_parties", boolean, prefix=prefix) or False,
    )


def _stated_input(value: Any, path: str) -> Material:
    try:
        code = HsCode.parse(text(value))
    except (ValueError, TypeError) as refused:
        raise CaseFormatError(field=path, problem=str(refused)) from refused
    return Material(path, name=code.digits, codes=(code,), originating=False)


def _stock(prefix: str, value: Any) -> Stock:
    document = mapping(value)
    refuse_unknown(document, _STOCK_KEYS, prefix)
    stock = Stock(
        method=read(document, "method", Inventory, prefix=prefix),
        receipts=each(document, "receipts", _receipt, prefix=prefix),
        withdrawals=each(document, "withdrawals", _withdrawal, prefix=prefix),
        quantity=maybe(document, "quantity", positive, prefix=prefix),
        period_months=maybe(document, "period_months", _months, prefix=prefix),
        receipts_first=maybe(document, "receipts_first", boolean, prefix=prefix) or False,
    )
    _require_whole_stock(stock, prefix)
    return stock


def _receipt(value: Any, path: str) -> Receipt:
    document, prefix = mapping_at(value, path), f"{path}."
    refuse_unknown(document, _RECEIPT_KEYS, prefix)
    originating = maybe(document, "originating", boolean, prefix=prefix) or False
    origin = maybe(document, "origin", CountryCode.parse, prefix=prefix)
    return Receipt(
        on=read(document, "on", day, prefix=prefix),
        quantity=read(document, "quantity", positive, prefix=prefix),
        unit_value=maybe(document, "unit_value", parse_amount, prefix=prefix),
        status=Status(originating=originating, origin=origin if originating else None),
        lot=maybe(document, "lot", text, prefix=prefix) or "",
    )


def _withdrawal(value: Any, path: str) -> Withdrawal:
    document, prefix = mapping_at(value, path), f"{path}."
    refuse_unknown(document, _WITHDRAWAL_KEYS, prefix)
    return Withdrawal(
        on=read(document, "on", day, prefix=prefix),
        quantity=read(document, "quantity", positive, prefix=prefix),
        lot=maybe(document, "lot", text, prefix=prefix) or "",
    )


def _months(value: Any) -> int:
    months = whole(value)
    if not 1 <= months <= MONTHS_IN_YEAR:
        raise ValueError("must be between 1 and 12")
    return months


def _require_whole_stock(stock: Stock, prefix: str) -> None:
    if not stock.withdrawals:
        raise CaseFormatError(field=f"{prefix}withdrawals", problem="is missing")
    if stock.period_months is not None and stock.method is not Inventory.AVERAGE:
        problem = "belongs to the average alone"
        raise CaseFormatError(field=f"{prefix}period_months", problem=problem)
    if stock.quantity is not None and stock.quantity > stock.withdrawals[-1].quantity:
        problem = "is more than the last withdrawal"
        raise CaseFormatError(field=f"{prefix}quantity", problem=problem)
    if stock.method is Inventory.SPECIFIC:
        for place, withdrawal in enumerate(stock.withdrawals):
            if not withdrawal.lot:
                field = f"{prefix}withdrawals[{place}].lot"
                raise CaseFormatError(field=field, problem="is missing")
    try:
        draw(stock)
    except StockError as refused:
        field = f"{prefix}withdrawals[{refused.withdrawal}]"
        raise CaseFormatError(field=field, problem=refused.problem) from refused


def _require_sense(line: Material) -> None:
    """Refuse a line whose fields contradict each other.

    Raises:
        CaseFormatError: They do.
    """
    if line.designated and not line.made_from:
        problem = "only an intermediate with its made_from can be designated"
        raise CaseFormatError(field=f"{line.path}.designated", problem=problem)
    if line.inventory is not None and (line.originating is not None or line.made_from):
        problem = "says which units originate: leave out originating and made_from"
        raise CaseFormatError(field=f"{line.path}.inventory", problem=problem)
    statement = line.statement
    if statement is None or statement.own_value is None:
        return
    field = f"{line.path}.statement.own_value"
    if statement.foreign_value is not None:
        raise CaseFormatError(field=field, problem="is stated beside foreign_value")
    if line.value is None or statement.own_value > line.value:
        problem = "must be part of the material's value, which has to be stated"
        raise CaseFormatError(field=field, problem=problem)


def _require_one_method(lines: tuple[Material, ...]) -> None:
    """Refuse two methods for one fungible material: a stock is kept by one of them."""
    methods: dict[tuple[str, tuple[HsCode, ...]], Stock] = {}
    for line in every_line(lines):
        if line.inventory is None:
            continue
        first = methods.setdefault((line.name, line.codes), line.inventory)
        if _method_of(first) != _method_of(line.inventory):
            problem = "differs from that of another line of the same material"
            raise CaseFormatError(field=f"{line.path}.inventory.method", problem=problem)


def _method_of(stock: Stock) -> tuple[Inventory, int | None]:
    return stock.method, stock.period_months
