"""Were these goods ruled on in advance: shown to exporter and officer with what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ooms.applications.model import Content
from ooms.certificates.model import Finding
from ooms.crosschecks.likeness import key_of
from ooms.determinations.model import Determined
from ooms.lint.model import WARN
from ooms.lint.sense import Placed
from ooms.rulings.model import Goods, Grade, Material
from ooms.rulings.service import Found

_SUBHEADING = 6
_LONGEST_KEY = 120
_CRITERION = "items[].criterion"


def ruled_goods(
    content: Content, grounds: Mapping[int, Determined], *, holder: str, country: str
) -> Mapping[int, Goods]:
    """Return the facts of each line that a ruling may rest on, by its place."""
    wanted = {}
    for place, line in enumerate(content.lines):
        ground = grounds.get(line.item_no)
        case: Mapping[str, Any] = ground.case if ground else {}
        wanted[place] = Goods(
            holder=key_of(holder)[:_LONGEST_KEY],
            agreement=content.agreement,
            hs6=line.hs[:_SUBHEADING],
            description=line.description,
            partner=country,
            hs_edition=case.get("hs_edition"),
            processes=tuple(case.get("processes", ())),
            materials=tuple(
                Material(one["hs"], one.get("origin") or "") for one in case.get("materials", ())
            ),
        )
    return wanted


def told_of(place: int, found: Found, *, country: str) -> Placed:
    """Tell of a ruling; one that found another origin is told as such."""
    origin = found.answer.origin
    is_same = found.match.grade is Grade.SAME
    code = "RUL-RULED" if is_same else "RUL-RULED-ALIKE"
    if is_same and origin and origin != country:
        code = "RUL-RULED-OTHERWISE"
    # Of another's ruling only the number is told: whose it is, and of what, is confidential.
    words = found.match.words if is_same else "on goods that are described alike"
    detail = f"advance ruling {found.number}, origin {origin or 'not ruled on'}: {words}"
    return Placed(Finding(code, WARN, detail, f"/lines/{place}"), _CRITERION)
