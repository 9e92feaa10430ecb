"""The facts of one determination: the good, its price, its bill of materials, the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ooms.agreements.policies import Kind
from ooms.agreements.rule import Base, Rule
from ooms.kernel.country import CountryCode
from ooms.kernel.hs import HsCode

Answer = bool | Decimal | str


@dataclass(frozen=True, slots=True)
class Price:
    """What the good is sold for, and on which basis that is stated."""

    basis: Base
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Product:
    """The good: its candidate codes in the rule's edition (one, unless the editions differ)."""

    codes: tuple[HsCode, ...]
    description: str = ""
    weight: Decimal | None = None

    @property
    def code(self) -> HsCode:
        """The code the case names, or the first candidate."""
        return self.codes[0]


@dataclass(frozen=True, slots=True)
class Material:
    """One line of a bill of materials, with the lines it was made from.

    `path` names the line, as in `materials[2].made_from[0]`.
    `originating` None means nobody has shown its origin: judged by `made_from` when there is
    one, and otherwise counted as non-originating. False with `made_from` is the producer's
    choice to treat the whole line as non-originating.
    """

    path: str
    name: str
    codes: tuple[HsCode, ...] = ()
    originating: bool | None = None
    origin: CountryCode | None = None
    value: Decimal | None = None
    weight: Decimal | None = None
    component: str | None = None
    kind: Kind = Kind.MATERIAL
    made_from: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a determination may look at; nothing else decides it."""

    agreement: str
    on: date
    hs_edition: int
    exporting_party: CountryCode
    importing_party: CountryCode
    product: Product
    price: Price | None
    materials: tuple[Material, ...]
    processes: frozenset[str] = frozenset()
    answers: dict[str, Answer] = field(default_factory=dict)
    rule: Rule | None = None

    def answer(self, key: str) -> bool | None:
        """Give the yes or no that a person gave to a question, if one did."""
        given = self.answers.get(key)
        return given if isinstance(given, bool) else None

    def amount(self, key: str) -> Decimal | None:
        """Give the number that a person gave to a question, if one did."""
        given = self.answers.get(key)
        return given if isinstance(given, Decimal) else None


def every_line(materials: tuple[Material, ...]) -> Iterator[Material]:
    """Walk a bill of materials from top to bottom, each line before what it is made from."""
    for material in materials:
        yield material
        yield from every_line(material.made_from)
