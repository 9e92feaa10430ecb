"""A certificate of this office: its number, its paper, its state, and what partners said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ooms.applications.model import Cause, Content, Kind
from ooms.back_to_back.model import First
from ooms.errors import ConflictError, MissingError
from ooms.exporters.model import Exporter
from ooms.kernel.quantity import Quantity
from ooms.ledger.model import Lot
from ooms.ledger.units import Units

Document = dict[str, object]
Facts = Mapping[str, object]


class State(StrEnum):
    """Where a certificate stands with this office."""

    ISSUED = "ISSUED"
    REPLACED = "REPLACED"
    CANCELLED = "CANCELLED"


#: From each state, the states it may move to; a partner's word makes both moves.
MOVES: Mapping[State, frozenset[State]] = {
    State.ISSUED: frozenset({State.REPLACED, State.CANCELLED}),
    State.REPLACED: frozenset(),
    State.CANCELLED: frozenset(),
}


def advance(current: State, wanted: State) -> State:
    """Return the wanted state if the table allows the move; standing still is allowed.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted is not current and wanted not in MOVES[current]:
        raise ConflictError(what="certificate", current=current, wanted=wanted)
    return wanted


#: A certificate that goes to no partner: the paper is all there is.
ON_PAPER = "NOT_EXCHANGEABLE"


@dataclass(frozen=True, slots=True)
class Series:
    """A line of numbers without a gap: whose, under which agreement, in which year."""

    issuer: str
    agreement: str
    year: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, and its place in its series."""

    printed: str
    series: Series
    serial: int


@dataclass(frozen=True, slots=True)
class IssuingOffice:
    """An office as it stands on certificates, and the pattern of its numbers.

    The pattern knows {issuer}, {agreement}, {yy} and {serial}, as in `{issuer}-{yy}-{serial:07d}`.
    """

    code: str
    name: str
    country: str
    place: str
    zone: str
    number_pattern: str
    #: What this office issues has no legal effect.
    training: bool = False

    def number(self, *, agreement: str, on: date, serial: int) -> str:
        """Print a number."""
        return self.number_pattern.format(
            issuer=self.code, agreement=agreement, yy=f"{on.year % 100:02d}", serial=serial
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number of a paper, the office that gives it, and the day on which it is issued."""

    office: IssuingOffice
    number: Number
    on: date


@dataclass(frozen=True, slots=True)
class Ground:
    """What a line's determination says for the paper."""

    criterion: str
    hs_edition: int
    rule_pack: str


@dataclass(frozen=True, slots=True)
class Officer:
    """Who certifies."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of an act: a code that machines count, and words."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Superseded:
    """The certificate that a new one takes the place of, and as what, if that was asked for."""

    document: Document
    position: int
    wanted: Kind | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for about a certificate; without content it goes on saying what it says."""

    kind: Kind
    cause: Cause
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that a certificate is made of, before the form gives it words and dates."""

    id: str
    numbered: Numbered
    access_code: str
    officer: Officer
    exporter: Exporter
    content: Content
    grounds: Mapping[int, Ground]
    application_id: str
    declared_on: date
    supersedes: Superseded | None = None
    firsts: tuple[First, ...] = ()

    @property
    def number(self) -> str:
        """The number as it is printed."""
        return self.numbered.number.printed

    @property
    def office(self) -> IssuingOffice:
        """The office that issues."""
        return self.numbered.office

    @property
    def issued_on(self) -> date:
        """The day of issue."""
        return self.numbered.on


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper as a certificate: the document, its dates, and the message that carries it."""

    document: Document
    number_key: str
    issued_on: date
    valid_until: date
    message_id: str | None = None
    exchange_state: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, or may be, before issue: the code, the sentence, the box of the form."""

    code: str
    severity: str
    detail: str
    pointer: str = ""
    box: str = ""
    #: What the partner's node does with it; empty when it would never get there.
    at_partner: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a partner said about a certificate, and when we heard it."""

    kind: str
    partner: str
    message_id: str
    at: datetime
    facts: Facts
    ordinal: int = 0


def for_exporter(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Leave out whose declarations they were: the importer's affairs are not the exporter's.

    Declarations are counted instead, so that what several of them used is still added up.
    """
    told = tuple(notes)
    numbers = (str(one.facts.get("declaration_number", "")) for one in told)
    ordinals = {number: turn for turn, number in enumerate(dict.fromkeys(filter(None, numbers)), 1)}
    return tuple(_without_importer(one, ordinals) for one in told)


def _without_importer(note: Note, ordinals: Mapping[str, int]) -> Note:
    kept = {name: value for name, value in note.facts.items() if name not in _IMPORTERS_OWN}
    ordinal = ordinals.get(str(note.facts.get("declaration_number", "")))
    return replace(note, facts=kept | ({_ORDINAL: ordinal} if ordinal else {}))


#: Which of the declarations it was, in place of its number.
_ORDINAL = "declaration_ordinal"
_IMPORTERS_OWN = frozenset({"declaration", "declaration_number", "note"})


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it stands."""

    id: str
    number: str
    number_key: str
    agreement: str
    form_type: str
    export_country: str
    import_country: str
    exporter_id: str
    application_id: str
    state: State
    issued_on: date
    valid_until: date
    issued_at: datetime
    access_code: str
    content: Content
    document: Document
    position: int
    partner: str | None
    message_id: str | None
    exchange_state: str
    exchange_at: datetime
    exchange_detail: str | None = None
    replaces_id: str | None = None
    replaced_by_id: str | None = None
    cancellation_asked_at: datetime | None = None
    #: The office that issued it, and the place of its number in its series.
    office: str | None = None
    series: str | None = None
    series_year: int | None = None
    serial: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A certified true copy of a certificate: which one it is, who made it, when and why."""

    certificate_id: str
    ordinal: int
    application_id: str
    document: Document
    why: Why
    made_at: datetime
    made_by: str


class ErasedError(MissingError):
    """The certificate's content was deleted after its period; its number and dates remain."""

    code = "REF-ERASED"

    def __init__(self, *, number: str, on: str) -> None:
        self.on = on
        super().__init__(what=f"content any more, since {on}, of certificate", id=number)


def require_content(certificate: Certificate) -> None:
    """Refuse to work on a certificate whose content was deleted after its period.

    Raises:
        ErasedError: it was.

    """
    erased_on = certificate.document.get("erased_on")
    if erased_on is not None:
        raise ErasedError(number=certificate.number, on=str(erased_on))


@dataclass(frozen=True, slots=True)
class Use:
    """How much of an item importing customs has granted preference for.

    A quantity in a unit that the certificate does not measure the item in has no percentage.
    """

    item_no: int
    granted: Decimal
    unit: str
    percent: Decimal | None


def use_of(document: Document, notes: Iterable[Note], *, units: Units) -> tuple[Use, ...]:
    """Sum what partners granted, item by item; of each declaration its last word counts.

    A word may name an item several times, for several lines of the declaration that use it, and
    in any unit: pieces and kilograms of an item are the same goods.
    """
    latest: dict[tuple[int, str], tuple[Facts, ...]] = {}
    for note in notes:
        declaration = str(note.facts.get("declaration_number") or note.facts.get(_ORDINAL, ""))
        said: dict[tuple[int, str], tuple[Facts, ...]] = {}
        for decision in _mappings(note.facts.get("decisions")):
            place = int(str(decision["item_no"])), declaration
            said[place] = (*said.get(place, ()), decision)
        latest |= said
    granted: dict[int, list[Quantity]] = {}
    for (item_no, _), decisions in latest.items():
        granted.setdefault(item_no, []).extend(_granted(decisions))
    return tuple(
        use
        for item_no, quantities in sorted(granted.items())
        if (lot := _lot(document, item_no))
        for use in _uses(item_no, lot, quantities, units=units)
    )


_GRANTING = frozenset({"GRANTED", "PARTLY"})


def _granted(decisions: Iterable[Facts]) -> Iterator[Quantity]:
    for decision in decisions:
        quantity = decision.get("quantity")
        if decision.get("outcome") in _GRANTING and isinstance(quantity, Mapping):
            yield Quantity(Decimal(str(quantity["value"])), str(quantity["unit"]))


def _uses(item_no: int, lot: Lot, quantities: list[Quantity], *, units: Units) -> Iterator[Use]:
    """Give one use of what can be measured against the item, and one of each other unit."""
    measured = [one for one in quantities if units.share(lot, one) is not None]
    together, part = units.together(lot, measured), units.part(lot, measured)
    if together is not None and part is not None:
        percent = Decimal(part.numerator) * 100 / Decimal(part.denominator)
        yield Use(item_no, together.amount, together.unit, percent=percent)
    strange: dict[str, Decimal] = {}
    for one in quantities:
        if one not in measured:
            strange[one.unit] = strange.get(one.unit, Decimal(0)) + one.amount
    yield from (Use(item_no, amount, unit, percent=None) for unit, amount in strange.items())


def _lot(document: Document, item_no: int) -> Lot:
    """Say how a certificate measures an item: by unit, each a measure of the same goods."""
    items = (one for one in _mappings(document.get("items")) if one.get("item_no") == item_no)
    quantities = (quantity for item in items for quantity in _mappings(item.get("quantities")))
    return {str(one["unit"]): Decimal(str(one["value"])) for one in quantities}


def _mappings(value: object) -> tuple[Facts, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(one for one in value if isinstance(one, Mapping))
