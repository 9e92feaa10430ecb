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
from ooms.kernel.period import Period
from ooms.origin.inventory import Stock

Answer = bool | Decimal | str


@dataclass(frozen=True, slots=True)
class Price:
    """What the good is sold for, and on which basis that is stated."""

    basis: Base
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Product:
    """The good: its candidate codes in the rule's edition (one, unless the editions differ).

    `inventory` is the stock of finished goods that the consignment was taken from, where goods
    that originate and goods that do not lie together.
    """

    codes: tuple[HsCode, ...]
    description: str = ""
    weight: Decimal | None = None
    inventory: Stock | None = None

    @property
    def code(self) -> HsCode:
        """The code the case names, or the first candidate."""
        return self.codes[0]


@dataclass(frozen=True, slots=True)
class SupplierProof:
    """What a supplier gave to prove origin: under which agreement, for which days."""

    agreement: str
    period: Period


@dataclass(frozen=True, slots=True)
class AccumulationStatement:
    """What the supplier of a non-originating material states of his own production.

    `foreign_value` is what is foreign in it; `own_value` what he added. `foreign_inputs` are
    the foreign inputs he used, each with its code; None means that he did not list them.
    `made_in_parties` says that all his production took place in the Parties.
    """

    net_cost: Decimal | None = None
    foreign_value: Decimal | None = None
    own_value: Decimal | None = None
    foreign_inputs: tuple[Material, ...] | None = None
    made_in_parties: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """One line of a bill of materials, with the lines it was made from.

    `path` names the line, as in `materials[2].made_from[0]`.
    `originating` None means nobody has shown its origin: judged by `made_from` when there is
    one, and otherwise counted as non-originating. False with `made_from` is the producer's
    choice to treat the whole line as non-originating.
    `origin` beside `made_from` names who made an intermediate that was bought from another
    Party; without it the producer of the good made it himself, and may have `designated` it.
    `is_nested` is set by the engine: designated inside another designated intermediate.
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
    designated: bool = False
    is_nested: bool = False
    proof: SupplierProof | None = None
    statement: AccumulationStatement | None = None
    inventory: Stock | None = None

    @property
    def stated_inputs(self) -> tuple[Material, ...]:
        """The foreign inputs that an accumulation statement lists."""
        return (self.statement and self.statement.foreign_inputs) or ()


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

    def price_on(self, base: Base) -> Decimal | None:
        """Give the value of the good on a basis, when the case states it."""
        if self.price is not None and self.price.basis is base and self.price.amount > 0:
            return self.price.amount
        return self.amount(f"price:{base}") or None


def every_line(materials: tuple[Material, ...]) -> Iterator[Material]:
    """Walk a bill of materials from top to bottom, each line before what it is made from."""
    for material in materials:
        yield material
        yield from every_line(material.made_from)
        yield from material.stated_inputs
