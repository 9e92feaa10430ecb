"""Does who signs for a company hold a signature card: compared by name, on a day.

The card is the law's for who issues origin proofs himself (Korea: FTA processing Notice 41); an
office may keep one for every signatory.  A company without any card is not asked for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ooms.exporters.model import Signatory, SignatureCard


def held_by(signatory: Signatory, cards: Sequence[SignatureCard]) -> tuple[SignatureCard, ...]:
    """Return the cards of who signs; case and blanks of the name do not matter."""
    wanted = _letters(signatory.name)
    return tuple(one for one in cards if _letters(one.name) == wanted)


def hindrance(signatory: Signatory, cards: Sequence[SignatureCard], *, on: date) -> str:
    """Tell why who signs may not, by the cards that are kept; an empty text when he may."""
    own = held_by(signatory, cards)
    if not cards or any(one.holds(on) for one in own):
        return ""
    if not own:
        return f"{signatory.name} signs, and no signature card of that name is kept"
    last = own[-1]
    if last.revoked_at is not None:
        return f"the signature card of {last.name} was revoked: {last.revoked_because}"
    return f"the signature card of {last.name} does not hold on {on}"


def _letters(name: str) -> str:
    return " ".join(name.split()).casefold()
