"""What rules name in words and the Harmonized System knows by heading: where words can apply.

A material of another heading is not what the words say, and nobody needs to be asked.
Words that stand here with no sure headings still leave a person to say which materials they
are. Source: the headings and Section XI notes 2, 5 and 7 of the Harmonized System.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ooms.kernel.hs import HsCode, HsRange, ranges
from ooms.origin.truth import Truth


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that words always mean, and those that they may mean."""

    possible: tuple[HsRange, ...]
    sure: tuple[HsRange, ...] = ()


_FABRICS = (
    "5007", "5111..5113", "5208..5212", "5309..5311", "5407..5408", "5512..5516", "5602..5603",
    "5801..5804", "5806", "5809..5811", "5901..5911", "6001..6006",
)  # fmt: skip
_FILAMENTS = (
    "5401..5402", "5404", "5406", "5511", "5604..5606", "550941..550942", "550991..550999",
)  # fmt: skip
_SYNTHETIC = (
    "4007..4008", "5401..5402", "5404", "5406..5407", "5501", "5503", "5505..5506", "5508..5509",
    "5511..5515", "5601..5609", "5801..5811", "5901..5911", "6001..6310", "9404", "9606..9607",
)  # fmt: skip
_BESIDE_CLOTH = ("3901..4304", "6117", "6217", "6307")
_POLYURETHANE = Known(ranges(*_FILAMENTS))
_STRIP = Known(ranges("3916..3921", "5404..5406", "5605..5606", "7607"))
_LININGS = Known(ranges(*_FABRICS, *_BESIDE_CLOTH))
_STEEL = ranges("7206..7207", "7218", "7224")
_FRUIT = Known(ranges("08", "11", "20..22"))

_KNOWN: Mapping[str, Known] = {
    "apricots": _FRUIT,
    "coated fabric": Known(ranges(*_FABRICS, "3901..4017")),
    # A material of natural or artificial fibers is less than half elastomeric: within a
    # tolerance of 10 % it never reaches the share of 7 % that these words have.
    "elastomeric content": Known(ranges(*_SYNTHETIC)),
    "ingots or other primary forms or semi-finished materials": Known(_STEEL, _STEEL),
    "ingots or other primary forms or semi-finished products": Known(_STEEL, _STEEL),
    "ingots, other primary forms or semi-finished materials": Known(_STEEL, _STEEL),
    "interlinings": _LININGS,
    "linings": _LININGS,
    "linings and interlinings": _LININGS,
    "narrow elastic bands": Known(
        ranges("4007..4016", "5604", "5806", "5808", "6001..6003", "6117", "6217", "6307")
    ),
    "peaches": _FRUIT,
    "pears": _FRUIT,
    "pocket bag fabric": _LININGS,
    "sewing thread": Known(
        ranges("5004..5006", "5106..5110", "5204", "5306..5308", "5401..5402", "5508"),
        ranges("5204", "5401", "5508"),
    ),
    "strip of aluminium foil or coated plastic film between two layers of plastic film": _STRIP,
    "strip with a core of aluminum foil or plastic film, sandwiched between plastic film": _STRIP,
    "sugar": Known(ranges("17", "2106", "2940"), ranges("1701")),
    "yarn made of polyurethane segmented with flexible segments of polyether": _POLYURETHANE,
    "yarn of polyurethane segmented with flexible segments of polyether": _POLYURETHANE,
}


def is_named(words: str, codes: tuple[HsCode, ...]) -> Truth:
    """Tell whether a material of these candidate codes is what the words say."""
    known = _KNOWN.get(words.lower())
    if known is None or not codes:
        return Truth.UNKNOWN
    if all(any(sure.contains(code) for sure in known.sure) for code in codes):
        return Truth.YES
    if any(any(may.overlaps(code) for may in known.possible) for code in codes):
        return Truth.UNKNOWN
    return Truth.NO
