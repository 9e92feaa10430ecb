"""Stages of manufacture: a rule that allows a stage allows the earlier ones, not the later.

"Manufacture from X" sets the least work required. So X, and what comes before X, may be
foreign; what comes after X may not. Materials that by nature are never X are free.
Source: introductory notes to EU-type rules (Pan-Euro-Med convention, Annex I, Notes 3.2, 3.5,
4 and 6.2; the same in the notes of EU-Korea and EU-Viet Nam). The stages of textiles follow
Note 4 and the headings of HS Section XI, those of metals the headings of chapters 26, 72 to 81.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum

from ooms.agreements.rule import Codes, CodeSet, Described, Item
from ooms.kernel.hs import HsCode, HsRange, ranges
from ooms.origin.facts import Material
from ooms.origin.truth import Truth


class Textile(Enum):
    """The textile stages, each with what the notes tell apart."""

    NATURAL = "natural fibres, not prepared for spinning"
    NATURAL_EITHER = "natural fibres of headings that hold prepared ones and others"
    NATURAL_PREPARED = "natural fibres, carded, combed or otherwise prepared"
    MAN_MADE = "man-made fibres, not prepared for spinning"
    MAN_MADE_PREPARED = "man-made fibres, carded, combed or otherwise prepared"
    YARN = "yarn"
    FABRIC = "fabric"
    MADE_UP = "made-up articles"


class Metal(IntEnum):
    """The metal stages, in the order of work."""

    ORE = 0
    SCRAP = 1
    PRIMARY = 2
    INGOT = 3
    SEMI_FINISHED = 4
    WROUGHT = 5
    ARTICLE = 6


@dataclass(frozen=True, slots=True)
class _Place:
    """Which metal a code is of, at which stage, and of which kind of steel if that is told."""

    metal: str
    stage: Metal
    line: str = ""

    def is_before(self, other: _Place) -> bool:
        """Tell whether a material here may become one there; ore never becomes scrap."""
        same_line = not self.line or not other.line or self.line == other.line
        is_source = not (self.stage is Metal.ORE and other.stage is Metal.SCRAP)
        return same_line and is_source and self.stage < other.stage


_TEXTILES: tuple[tuple[Textile, tuple[HsRange, ...]], ...] = (
    (Textile.NATURAL, ranges("5001..5002", "5101..5103", "5201")),
    (Textile.NATURAL_EITHER, ranges("0511", "5003", "5104", "5202", "5301..5305")),
    (Textile.NATURAL_PREPARED, ranges("5105", "5203")),
    (Textile.MAN_MADE, ranges("5501..5505")),
    (Textile.MAN_MADE_PREPARED, ranges("5506..5507")),
    (
        Textile.YARN,
        ranges(
            "5004..5006", "5106..5110", "5204..5207", "5306..5308", "5401..5403", "5406",
            "5508..5511", "5605..5606",
        ),
    ),
    (
        Textile.FABRIC,
        ranges(
            "5007", "5111..5113", "5208..5212", "5309..5311", "5407..5408", "5512..5516",
            "5602..5603", "5608", "5801..5804", "5806", "5809", "5811", "5901..5903",
            "5906..5907", "6001..6006",
        ),
    ),
    (Textile.MADE_UP, ranges("5609", "5701..5705", "5805", "6101..6310")),
)  # fmt: skip
_FIBRES = frozenset(
    {
        Textile.NATURAL,
        Textile.NATURAL_EITHER,
        Textile.NATURAL_PREPARED,
        Textile.MAN_MADE,
        Textile.MAN_MADE_PREPARED,
    }
)
_YARN = _FIBRES | {Textile.YARN}
_FABRIC = _YARN | {Textile.FABRIC}

# What the words of a rule allow; other words are a question, however like these they are.
_ALLOWED: dict[str, frozenset[Textile]] = {
    "chemical materials": frozenset(),
    "chemical materials or textile pulp": frozenset(),
    "textile pulp": frozenset(),
    "fabric": _FABRIC,
    "fabrics": _FABRIC,
    "fibers": _FIBRES,
    "fibres": _FIBRES,
    "man-made staple fibres": frozenset({Textile.MAN_MADE, Textile.MAN_MADE_PREPARED}),
    "man-made staple fibres not carded or combed or otherwise prepared for spinning": frozenset(
        {Textile.MAN_MADE}
    ),
    "man-made staple fibres not carded or combed or otherwise processed for spinning": frozenset(
        {Textile.MAN_MADE}
    ),
    "natural fibres": frozenset(
        {Textile.NATURAL, Textile.NATURAL_EITHER, Textile.NATURAL_PREPARED}
    ),
    "natural fibres not carded or combed": frozenset({Textile.NATURAL}),
    "natural fibres not carded or combed or otherwise prepared for spinning": frozenset(
        {Textile.NATURAL}
    ),
    "yarn": _YARN,
    "yarns": _YARN,
}

_LONGEST_FIRST = sorted(_ALLOWED, key=len, reverse=True)

_STEEL = "iron and steel"
_NON_ALLOY, _STAINLESS, _ALLOY = "non-alloy", "stainless", "other alloy"
_METALS: tuple[tuple[_Place, tuple[HsRange, ...]], ...] = (
    (_Place(_STEEL, Metal.ORE), ranges("2601")),
    (_Place(_STEEL, Metal.SCRAP), ranges("7204")),
    (_Place(_STEEL, Metal.PRIMARY), ranges("7201..7203")),
    (_Place(_STEEL, Metal.INGOT, _NON_ALLOY), ranges("7206")),
    (_Place(_STEEL, Metal.INGOT, _STAINLESS), ranges("721810")),
    (_Place(_STEEL, Metal.INGOT, _ALLOY), ranges("722410")),
    (_Place(_STEEL, Metal.SEMI_FINISHED, _NON_ALLOY), ranges("7207")),
    (_Place(_STEEL, Metal.SEMI_FINISHED, _STAINLESS), ranges("721891..721899")),
    (_Place(_STEEL, Metal.SEMI_FINISHED, _ALLOY), ranges("722490")),
    (_Place(_STEEL, Metal.WROUGHT, _NON_ALLOY), ranges("7208..7217")),
    (_Place(_STEEL, Metal.WROUGHT, _STAINLESS), ranges("7219..7223")),
    (_Place(_STEEL, Metal.WROUGHT, _ALLOY), ranges("7225..7229")),
    (_Place(_STEEL, Metal.ARTICLE), ranges("7301..7326")),
    (_Place("copper", Metal.ORE), ranges("2603")),
    (_Place("copper", Metal.SCRAP), ranges("7404")),
    (_Place("copper", Metal.PRIMARY), ranges("7401..7403")),
    (_Place("copper", Metal.WROUGHT), ranges("7407..7411")),
    (_Place("copper", Metal.ARTICLE), ranges("7412..7419")),
    (_Place("nickel", Metal.ORE), ranges("2604")),
    (_Place("nickel", Metal.SCRAP), ranges("7503")),
    (_Place("nickel", Metal.PRIMARY), ranges("7501..7502")),
    (_Place("nickel", Metal.WROUGHT), ranges("7505..7507")),
    (_Place("nickel", Metal.ARTICLE), ranges("7508")),
    (_Place("aluminium", Metal.ORE), ranges("2606")),
    (_Place("aluminium", Metal.SCRAP), ranges("7602")),
    (_Place("aluminium", Metal.PRIMARY), ranges("7601")),
    (_Place("aluminium", Metal.WROUGHT), ranges("7604..7608")),
    (_Place("aluminium", Metal.ARTICLE), ranges("7609..7616")),
)

# Neither made of a base metal nor a source of one: paints, soaps and waxes, glues, plastics,
# rubber, wood, cork, straw, pulp, paper and print.
_NEVER_METAL = ranges("3201..3215", "3401..3407", "3501..3505", "3901..4017", "4401..4911")
_TEXTILE_GOODS = HsRange.parse("50", "63")
_METAL_GOODS = HsRange.parse("72", "81")


def allows(items: CodeSet, material: Material, *, good: HsCode, free: Iterable[HsRange]) -> Truth:
    """Tell whether a rule "from these" lets a material in that it does not name.

    `free` are the codes that a textile rule leaves free.
    """
    if _TEXTILE_GOODS.contains(good):
        return _one_answer(_textile(items, code, tuple(free)) for code in material.codes)
    if _METAL_GOODS.contains(good):
        return _one_answer(_metal(items, code) for code in material.codes)
    return Truth.UNKNOWN


def _one_answer(answers: Iterable[Truth]) -> Truth:
    """Agree on one answer for all candidate codes, or say that it is not known."""
    distinct = set(answers)
    return distinct.pop() if len(distinct) == 1 else Truth.UNKNOWN


def _textile(items: CodeSet, code: HsCode, free: tuple[HsRange, ...]) -> Truth:
    """Judge a material of a textile good: free by its code, or by its stage."""
    if any(codes.contains(code) for codes in free):
        return Truth.YES
    stage = next((s for s, held in _TEXTILES if any(r.contains(code) for r in held)), None)
    if stage is None:
        return Truth.UNKNOWN
    allowed = [_textile_allowed(item) for item in items]
    if any(known is not None and stage in known for known in allowed):
        return Truth.YES
    if any(known is None for known in allowed):
        return Truth.UNKNOWN
    is_natural = any(Textile.NATURAL in (known or ()) for known in allowed)
    perhaps = stage is Textile.NATURAL_EITHER and is_natural
    return Truth.UNKNOWN if perhaps else Truth.NO


def _textile_allowed(item: Item) -> frozenset[Textile] | None:
    """Give the stages that a member of the set allows; None where its words are not known."""
    if isinstance(item, Described) and item.within is None:
        return _allowed_by(_plain(item.words))
    return None


def _allowed_by(words: str) -> frozenset[Textile] | None:
    """Give the stages that words allow: one phrase that is known, or a list of such phrases."""
    known = _ALLOWED.get(words)
    if known is not None:
        return known
    for phrase in _LONGEST_FIRST:
        rest = words.removeprefix(f"{phrase} ")
        others = _allowed_by(rest.removeprefix("or ")) if rest != words else None
        if others is not None:
            return _ALLOWED[phrase] | others
    return None


def _metal(items: CodeSet, code: HsCode) -> Truth:
    """Judge a material of a metal good: never metal, an earlier stage, a later one, or unclear.

    Note: a material of the same metal and stage that the rule does not name stays a question.
    """
    named = [_place_of(item) for item in items]
    known = [place for place in named if place is not None]
    if len(known) < len(named) or not known:
        return Truth.UNKNOWN
    if any(codes.contains(code) for codes in _NEVER_METAL):
        return Truth.YES
    place = _place(code)
    if place is None or any(place.metal != other.metal for other in known):
        return Truth.UNKNOWN
    if any(place.is_before(other) for other in known):
        return Truth.YES
    is_later = place.stage > max(other.stage for other in known)
    return Truth.NO if is_later else Truth.UNKNOWN


def _place(code: HsCode) -> _Place | None:
    return next((place for place, held in _METALS if any(r.contains(code) for r in held)), None)


def _place_of(item: Item) -> _Place | None:
    """Place a member of the set, at the later stage where its codes span two.

    Words may mean one of two stages only, so their codes must be of one.
    """
    codes = item.range if isinstance(item, Codes) else getattr(item, "within", None)
    if not isinstance(codes, HsRange):
        return None
    first, last = _place(codes.start), _place(codes.end)
    if first is None or last is None or first.metal != last.metal:
        return None
    if isinstance(item, Described) and first.stage is not last.stage:
        return None
    return max(first, last, key=lambda place: place.stage)


def _plain(words: str) -> str:
    return " ".join(words.lower().replace(",", " ").split())
