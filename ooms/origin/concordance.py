"""Puts the codes of a case into the edition of the HS that the rules are written in.

A code has every candidate that the editions leave it, and what the rules say of each is judged.
A code that leads nowhere is asked for: it is never taken over as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from ooms.agreements.editions import Candidates, Editions, NotInEdition
from ooms.kernel.hs import HsCode
from ooms.origin.classification import WASTE_QUESTION, without_waste
from ooms.origin.facts import Case, Material, every_line
from ooms.origin.trace import Question, Reason

PRODUCT = "product"
PRODUCT_CODE = f"hs:{PRODUCT}"


@dataclass(frozen=True, slots=True)
class Concorded:
    """A case in the rules' edition, and what is to be asked of each code that led nowhere."""

    case: Case
    questions: Mapping[str, Question]


@dataclass(frozen=True, slots=True)
class _Crossing:
    """One case on its way into another edition."""

    case: Case
    target: int
    editions: Editions
    found: Mapping[HsCode, Candidates]

    def codes(self, path: str, codes: tuple[HsCode, ...]) -> tuple[HsCode, ...]:
        """Take the code that a person named, when it fits a candidate; or keep them all."""
        candidates = tuple(dict.fromkeys(chain(*(self._certain(code) for code in codes))))
        if self.case.answer(WASTE_QUESTION.key) is False:
            candidates = without_waste(candidates) or candidates
        named = self._named(path)
        if named is None:
            return candidates
        fits = not candidates or any(named.digits.startswith(c.digits) for c in candidates)
        return (named,) if fits else candidates

    def line(self, material: Material) -> Material:
        """Put a line of the bill, and the lines below it, into the target edition."""
        codes = self.codes(material.path, material.codes)
        statement = material.statement
        if statement is not None and statement.foreign_inputs is not None:
            inputs = tuple(map(self.line, statement.foreign_inputs))
            statement = replace(statement, foreign_inputs=inputs)
        if codes == material.codes and not material.made_from and statement is None:
            return material
        made_from = tuple(map(self.line, material.made_from))
        return replace(material, codes=codes, made_from=made_from, statement=statement)

    def question(self, path: str, code: HsCode) -> Question | None:
        """Say why a code leads nowhere, and ask for it in the target edition."""
        if self._certain(code):
            return None
        is_unknown = isinstance(self.found[code], NotInEdition)
        facts = (
            ("code", code.digits),
            ("from", str(self.case.hs_edition)),
            ("to", str(self.target)),
        )
        return Question(
            f"hs:{path}", Reason("ask.code_unknown" if is_unknown else "ask.code_ended", facts)
        )

    def _certain(self, code: HsCode) -> tuple[HsCode, ...]:
        found = self.found[code]
        return found if isinstance(found, tuple) else ()

    def _named(self, path: str) -> HsCode | None:
        given = self.case.answers.get(f"hs:{path}")
        if not isinstance(given, str):
            return None
        named = HsCode(given)
        return named if self.editions.has(named, self.target) else None


def concord(case: Case, target: int, *, editions: Editions) -> Concorded | None:
    """Put every code into an edition, or give None when no table leads there."""
    named = [(PRODUCT, code) for code in case.product.codes]
    named += [(line.path, code) for line in every_line(case.materials) for code in line.codes]
    found = {code: editions.candidates(code, case.hs_edition, target) for _, code in named}
    if any(candidates is None for candidates in found.values()):
        return None
    crossing = _Crossing(case, target, editions, found)
    questions = (crossing.question(path, code) for path, code in named)
    return Concorded(
        replace(
            case,
            product=replace(case.product, codes=crossing.codes(PRODUCT, case.product.codes)),
            materials=tuple(map(crossing.line, case.materials)),
            hs_edition=target,
        ),
        {question.key: question for question in questions if question is not None},
    )
