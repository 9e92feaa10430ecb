"""Where a line goes: the table's points, the random sample and tips, each for itself.

Nothing here can deny: a channel only says who looks.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from ooms.risk.features import measure
from ooms.risk.model import (
    Around,
    Channel,
    Decision,
    Goods,
    Scored,
    Selection,
    strictest,
)
from ooms.risk.scorecard import Scorecard

_PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Tables:
    """The table that routes, and the one that is only watched."""

    champion: Scorecard
    challenger: Scorecard | None = None


def is_sampled(goods: Goods, *, seed: bytes, per_mille: int) -> bool:
    """Draw a line for the random sample: by a keyed digest of its place, so the same each time.

    Who does not hold the seed cannot tell which claims are drawn.
    """
    name = f"{goods.declaration}/{goods.line_no}/{goods.spec_no}".encode()
    drawn = int.from_bytes(hmac.digest(seed, name, hashlib.sha256)[:8], "big")
    return drawn % _PER_MILLE < per_mille


def route(  # noqa: PLR0913  # the facts of one decision, each by its name
    goods: Goods,
    around: Around,
    *,
    tables: Tables,
    seed: bytes,
    decision_id: str,
    now: datetime,
) -> Decision:
    """Route a line.

    1. Measure, and let the table add up its points; the challenger does the same in silence.
    2. Draw the sample and look for tips, whatever the table says.
    3. Take the channel that looks closest, with the reasons of everything that picked the line.
    """
    card = tables.champion
    measured = measure(goods, around)
    scored = card.score(measured)  # 1
    challenger = tables.challenger.score(measured) if tables.challenger else None
    picked: list[tuple[Selection, Channel, tuple[str, ...]]] = []
    if scored.channel is not Channel.GREEN:
        picked.append((Selection.MODEL, scored.channel, _why(scored)))
    if is_sampled(goods, seed=seed, per_mille=card.sample_per_mille):  # 2
        picked.append((Selection.SAMPLE, card.sample_channel, ("drawn for the random sample",)))
    if around.tips:
        told = tuple(f"tip: {one.reason}" for one in around.tips)
        picked.append((Selection.TIP, card.tip_channel, told))
    return Decision(  # 3
        id=decision_id,
        goods=goods,
        made_at=now,
        channel=strictest(Channel.GREEN, *(channel for _, channel, _ in picked)),
        selected_by=tuple(by for by, _, _ in picked),
        scored=scored,
        reasons=tuple(reason for _, _, reasons in picked for reason in reasons),
        challenger=challenger,
    )


def _why(scored: Scored) -> tuple[str, ...]:
    counted = sorted(
        (one for one in scored.contributions if one.points > 0),
        key=lambda one: (-one.points, one.feature),
    )
    return tuple(f"{one.code}, {one.points} points: {one.words}" for one in counted)
