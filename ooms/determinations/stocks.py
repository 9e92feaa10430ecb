"""Puts what a company keeps in stock into the lines of a bill that name a part number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ooms.agreements.editions import Editions
from ooms.errors import Flaw, UnfitError
from ooms.kernel.hs import HsCode
from ooms.kernel.period import Period
from ooms.materials.model import Election, Kept, Lot, Material
from ooms.materials.stock import Drawing, Need, StockProblemError, draw
from ooms.suppliers.model import LONGEST_MONTHS, OF_ORIGIN, Declaration

Line = dict[str, Any]
_PART, _QUANTITY = "part_number", "quantity"


def parts_in(lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Walk the part numbers that a bill names, at any depth."""
    for line in lines:
        if line.get(_PART):
            yield str(line[_PART])
        yield from parts_in(line.get("made_from") or ())


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods that a bill is looked at for: their day, model, edition, agreement, currency."""

    on: date
    model: str | None
    hs_edition: int
    agreement: str
    currency: str | None


@dataclass(frozen=True, slots=True)
class Stocks:
    """Fills the lines of one bill from stock; gathers what the case then rests on."""

    kept: Mapping[str, Kept]
    declarations: Mapping[str, Declaration]
    editions: Editions
    goods: Goods
    elections: list[Election] = field(default_factory=list)
    #: Which receipt of a case rests on which declaration.
    used: dict[str, str] = field(default_factory=dict)

    def line(self, given: Mapping[str, Any], path: str) -> Line:
        """Return a line with its stock as a case takes it.

        Raises:
            UnfitError: the company keeps no such material, or its stock does not answer.

        """
        line = dict(given)
        part, quantity = str(line.pop(_PART)), Decimal(str(line.pop(_QUANTITY)))
        if part not in self.kept:
            raise _refused(path, f"no material {part} is kept; describe it and record its lots")
        kept = self.kept[part]
        need = Need(quantity, self.goods.on, self.goods.model, self.goods.currency)
        try:
            drawn = draw(kept, need, is_shown=self._is_shown)
        except StockProblemError as unanswered:
            raise _refused(path, str(unanswered)) from unanswered
        self._remember(drawn, path)
        code = line.get("hs") or self._code(kept.material)
        return line | ({"hs": code} if code else {}) | {"inventory": drawn.inventory}

    def _remember(self, drawn: Drawing, path: str) -> None:
        self.elections.extend(drawn.elections)
        for place, lot in enumerate(drawn.lots):
            if lot.declaration_id is not None:
                self.used[f"{path}.inventory.receipts[{place}]"] = lot.declaration_id

    def _is_shown(self, lot: Lot) -> bool:
        """Tell whether a lot is shown to originate, by its declaration or by the company's word.

        Note: a declaration for a period covers what was received in it; one for a single
        delivery, what is judged while it holds.
        """
        if lot.declaration_id is None:
            return lot.originating is True
        declaration = self.declarations.get(lot.declaration_id)
        if declaration is None or declaration.kind not in OF_ORIGIN:
            return False
        said = declaration.counted
        if said is None or said.agreement != self.goods.agreement:
            return False
        day = lot.received_on if declaration.kind in LONGEST_MONTHS else self.goods.on
        return Period(said.valid_from, said.valid_until).contains(day)

    def _code(self, material: Material) -> str | None:
        """Return the material's code in the goods' edition: as stated, or as tables lead to it."""
        wanted = self.goods.hs_edition
        if wanted in material.codes:
            return material.codes[wanted]
        for edition, hs in sorted(material.codes.items(), reverse=True):
            found = self.editions.candidates(HsCode(hs), edition, wanted)
            if isinstance(found, tuple) and len(found) == 1:
                return found[0].digits
        return None


def _refused(path: str, problem: str) -> UnfitError:
    pointer = f"/{path.replace('[', '/').replace(']', '').replace('.', '/')}/{_PART}"
    return UnfitError(Flaw(pointer, problem, code="RUL-STOCK"))
