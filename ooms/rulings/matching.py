"""Are these the goods of a ruling: fact by fact, the same, another, or not known.

A ruling binds while the facts are equal, exporter or producer included (Korea: Notice 53).  What
one side does not say is no difference; what differs is said in words.
"""

from __future__ import annotations

from ooms.crosschecks.likeness import Likeness
from ooms.rulings.model import Compared, Goods, Grade, Match

_LIKENESS = Likeness()


def match(goods: Goods, ruled: Goods) -> Match:
    """Compare goods with those of a ruling.

    Another agreement, subheading or kind of goods is nothing of a ruling.  Another holder, other
    processes or other materials leave it similar: worth reading, and binding nobody.
    """
    decisive = (
        _same("agreement", goods.agreement, ruled.agreement),
        _code(goods, ruled),
        _described(goods, ruled),
    )
    others = (
        _same("holder", goods.holder, ruled.holder),
        _listed("processes", goods.processes, ruled.processes),
        _listed("materials", _materials(goods), _materials(ruled)),
    )
    compared = decisive + others
    if any(one.same is not True for one in decisive):
        return Match(Grade.NONE, compared)
    is_same = others[0].same is True and all(one.same is not False for one in others)
    return Match(Grade.SAME if is_same else Grade.SIMILAR, compared)


def _same(fact: str, ours: str, ruled: str) -> Compared:
    if not ours or not ruled:
        return Compared(fact, None, f"{fact} is not stated")
    if ours == ruled:
        return Compared(fact, same=True, words=f"{fact} {ruled}")
    return Compared(fact, same=False, words=f"{fact} {ours}, ruled on was {ruled}")


def _code(goods: Goods, ruled: Goods) -> Compared:
    editions = {goods.hs_edition, ruled.hs_edition} - {None}
    if goods.hs6 == ruled.hs6 and len(editions) > 1:
        words = f"subheading {ruled.hs6} of HS {ruled.hs_edition}, not of HS {goods.hs_edition}"
        return Compared("subheading", same=False, words=words)
    return _same("subheading", goods.hs6, ruled.hs6)


def _described(goods: Goods, ruled: Goods) -> Compared:
    if not goods.description or not ruled.description:
        return Compared("description", None, "the goods are not described")
    if _LIKENESS.are_alike(goods.description, ruled.description):
        return Compared("description", same=True, words="described alike")
    words = f"described as {goods.description!r}, ruled on was {ruled.description!r}"
    return Compared("description", same=False, words=words)


def _listed(fact: str, ours: tuple[str, ...], ruled: tuple[str, ...]) -> Compared:
    mine, theirs = _set(ours), _set(ruled)
    if not mine or not theirs:
        return Compared(fact, None, f"{fact} are not stated")
    if mine == theirs:
        return Compared(fact, same=True, words=f"the same {fact}")
    more, less = sorted(mine - theirs), sorted(theirs - mine)
    parts = [f"{fact} beyond the ruling: {', '.join(more)}"] if more else []
    parts += [f"{fact} of the ruling that lack: {', '.join(less)}"] if less else []
    return Compared(fact, same=False, words="; ".join(parts))


def _set(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(one.casefold().split()) for one in names if one.strip())


def _materials(goods: Goods) -> tuple[str, ...]:
    return tuple(f"{one.hs[:6]} {one.origin}".strip() for one in goods.materials)
