"""What every telling of the story must end with, wherever a node died."""

from __future__ import annotations

from sqlalchemy import select

from eodes.store import tables
from tests.crash.process import CHINA, CORRECTED, KOREA, ORIGINAL, Death, Stage

MOST_COMMITS = 200


def check_ending(stage: Stage) -> None:
    """See that each certificate is registered once, used once, and every answer is kept."""
    ours, theirs = stage.nodes[KOREA].store, stage.nodes[CHINA].store
    with ours.read() as here, theirs.read() as there:
        registered = there.connection.execute(
            select(tables.received.c.number_key, tables.received.c.state)
        ).all()
        exchanges = here.connection.execute(
            select(tables.exchange.c.number_key, tables.exchange.c.state)
        ).all()
        assert sorted(registered) == sorted(
            [(ORIGINAL.number_key, "SUPERSEDED"), (CORRECTED.number_key, "AVAILABLE")]
        )
        assert sorted(exchanges) == sorted(
            [(ORIGINAL.number_key, "SUPERSEDED"), (CORRECTED.number_key, "USED")]
        )
        assert len(there.connection.execute(select(tables.use.c.message_id)).all()) == 1
        for sender, receiver in ((here, there), (there, here)):
            sent = sender.connection.execute(select(tables.outgoing)).all()
            came = receiver.connection.execute(select(tables.incoming)).all()
            receipts = sender.connection.execute(select(tables.receipt)).all()
            assert {one.message_id: one.sealed for one in sent} == {
                one.message_id: one.document for one in came
            }
            assert {one.message_id: one.answer for one in came} == {
                one.message_id: one.document for one in receipts
            }
            places = sorted(one.channel_seq for one in sent if one.channel_seq)
            assert places == list(range(1, len(places) + 1))
    stage.let_go()


def die_everywhere(stage: Stage, mortal: str, *, step: int = 1) -> int:
    """Tell the story once for each commit of a node and each side of it; returns how often."""
    for commit in range(1, MOST_COMMITS, step):
        for is_after in (False, True):
            has_died = stage.play(mortal, Death(commit, is_after))
            check_ending(stage)
            if not has_died:
                return commit
    raise AssertionError("the story never came to its end")
