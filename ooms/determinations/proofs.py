"""Puts what suppliers declared into the lines of a bill that cite them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ooms.determinations.stocks import Stocks
from ooms.errors import Flaw, UnfitError
from ooms.kernel.hs import SUBHEADING_DIGITS
from ooms.kernel.period import Period
from ooms.suppliers.model import OF_ORIGIN, Amounts, Declaration, Kind, Statement

Line = dict[str, Any]


def cited_in(lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Walk the keys of the declarations that a bill cites, at any depth."""
    for line in lines:
        if line.get("declaration"):
            yield str(line["declaration"])
        yield from cited_in(line.get("made_from") or ())


@dataclass(frozen=True, slots=True)
class Citing:
    """Fills the lines of one bill; `used` gathers which line rests on which declaration."""

    declarations: Mapping[str, Declaration]
    exporter_id: str
    hs_edition: int
    agreement: str
    on: date
    stocks: Stocks
    used: dict[str, str] = field(default_factory=dict)
    #: The lines in which amounts count that their supplier showed to the office alone.
    sealed: list[str] = field(default_factory=list)

    def lines(self, lines: Iterable[Mapping[str, Any]], *, at: str = "materials") -> list[Line]:
        """Return the lines as a case takes them.

        Raises:
            UnfitError: a line cites no declaration of the company's, or one of other goods.

        """
        return [self._line(line, f"{at}[{place}]") for place, line in enumerate(lines)]

    def _line(self, given: Mapping[str, Any], path: str) -> Line:
        if given.get("part_number"):
            return self.stocks.line(given, path)
        line = dict(given)
        if line.get("made_from"):
            line["made_from"] = self.lines(line["made_from"], at=f"{path}.made_from")
        key = line.pop("declaration", None)
        if key is None:
            return line
        declaration = self.declarations.get(key)
        problem = self._problem(declaration, line)
        if declaration is None or problem:
            pointer = f"/{path.replace('[', '/').replace(']', '').replace('.', '/')}/declaration"
            raise UnfitError(Flaw(pointer, problem, code="RUL-PROOF"))
        self.used[path] = declaration.id
        said = self._said(declaration, line)
        if "statement" in said and _is_sealed(declaration):
            self.sealed.append(path)
        return line | said

    def _problem(self, declaration: Declaration | None, line: Line) -> str:
        if declaration is None or declaration.exporter_id != self.exporter_id:
            return "the company asked for no such declaration"
        goods, code = declaration.goods, str(line.get("hs") or "")
        same_edition = goods.hs_edition == self.hs_edition and len(code) >= SUBHEADING_DIGITS
        if same_edition and code[:SUBHEADING_DIGITS] != goods.hs[:SUBHEADING_DIGITS]:
            return f"the declaration is about {goods.hs}, the line about {code}"
        return ""

    def _said(self, declaration: Declaration, line: Line) -> Line:
        """Tell what the declaration lets the line say; without a valid one, no origin is shown."""
        statement = declaration.counted
        if statement is None or declaration.kind is Kind.DOMESTIC_MANUFACTURE:
            return {"originating": None if line.get("originating") else line.get("originating")}
        if declaration.kind in OF_ORIGIN:
            return {
                "originating": line.get("originating") is not False,
                "origin": line.get("origin") or statement.origin,
                "proof": _proof(statement),
            }
        return {"originating": False} | self._stated(statement)

    def _stated(self, statement: Statement) -> Line:
        """Count amounts under the agreement and in the days that they were stated for only."""
        days = Period(statement.valid_from, statement.valid_until)
        if statement.amounts is None or statement.agreement != self.agreement:
            return {}
        return {"statement": _amounts(statement.amounts)} if days.contains(self.on) else {}


def without(case: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """Return a case as it would be had the suppliers of some lines declared nothing."""
    gone = frozenset(paths)

    def stripped(lines: Iterable[Mapping[str, Any]], at: str) -> list[Line]:
        made = []
        for place, given in enumerate(lines):
            path, line = f"{at}[{place}]", dict(given)
            if path in gone:
                line.pop("proof", None)
                line.pop("statement", None)
                line["originating"] = None if line.get("originating") else line.get("originating")
            if line.get("inventory"):
                line["inventory"] = _bereft(line["inventory"], gone, f"{path}.inventory")
            if line.get("made_from"):
                line["made_from"] = stripped(line["made_from"], f"{path}.made_from")
            made.append(line)
        return made

    return dict(case) | {"materials": stripped(case["materials"], "materials")}


def _bereft(inventory: Mapping[str, Any], gone: frozenset[str], path: str) -> Line:
    receipts = [
        dict(one) | ({"originating": False} if f"{path}.receipts[{place}]" in gone else {})
        for place, one in enumerate(inventory["receipts"])
    ]
    return dict(inventory) | {"receipts": receipts}


def _is_sealed(declaration: Declaration) -> bool:
    stated = declaration.statement
    return stated is not None and stated.amounts is not None and stated.amounts.confidential


def _proof(statement: Statement) -> Line:
    until = statement.valid_until
    return {
        "agreement": statement.agreement,
        "from": statement.valid_from.isoformat(),
        "until": until.isoformat() if until else None,
    }


def _amounts(amounts: Amounts) -> Line:
    stated: Line = {
        "net_cost": amounts.net_cost,
        "foreign_value": amounts.foreign_value,
        "own_value": amounts.own_value,
    }
    written: Line = {
        name: format(value, "f") for name, value in stated.items() if value is not None
    }
    if amounts.foreign_inputs is not None:
        written["foreign_inputs"] = list(amounts.foreign_inputs)
    return written | {"made_in_parties": amounts.made_in_parties}
