"""Whatever comes in whatever order: the end is a function of what was committed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from eodes.domain.lifecycle import Exchange, Outgoing
from eodes.store import tables
from tests.builders import a_certificate
from tests.world import World, answer_of, correction_of

CHINA = "CN-GACC"
TERMINAL = {"exchange.registered", "exchange.rejected_technical", "exchange.rejected_business"}
EVENTS = ("answer", "lost answer", "lost document", "late answer", "time", "expire", "resend")


@given(events=st.lists(st.sampled_from(EVENTS), max_size=12))
@settings(max_examples=25)
def test_any_interleaving_ends_registered_and_told_once(events):
    with TemporaryDirectory() as folder:
        world = World(Path(folder), "KR-KCS", CHINA)
        try:
            play(world, events)
        finally:
            world.close()


def play(world, events):
    node, wire = world.nodes["KR-KCS"], world.wires["KR-KCS"]
    certificate = a_certificate(agreement="KCFTA")
    prepared = world.issue(certificate, to=CHINA)
    document = world.sealed(prepared.message_id)

    def late_answer():
        answer = world.post(document, to=CHINA)
        world.post(answer.body, to="KR-KCS", by=CHINA)
        node.settle()

    def lose(what):
        setattr(wire, what, 1)
        node.deliver()

    def resend():
        with node.store.begin() as unit:
            unit.outbox.resend(prepared.message_id, now=world.clock.now())

    steps = {
        "answer": node.deliver,
        "lost answer": lambda: lose("lost_answers"),
        "lost document": lambda: lose("lost_documents"),
        "late answer": late_answer,
        "time": lambda: world.clock.advance(minutes=20),
        "expire": node.expire,
        "resend": resend,
    }
    for event in events:
        steps[event]()
    wire.lost_answers = wire.lost_documents = 0
    world.clock.advance(hours=1)
    world.run()

    told = [one for one in world.hearings["KR-KCS"].kinds() if one in TERMINAL]
    assert world.exchange(certificate, to=CHINA) is Exchange.REGISTERED
    assert world.outgoing(prepared.message_id).state is Outgoing.ACKNOWLEDGED
    assert told == ["exchange.registered"]
    assert world.hearings[CHINA].kinds() == ["certificate.received"]
    assert len(set(wire.sent)) <= 1
    assert len(world.receipts(prepared.message_id)) == 1


def test_two_committers_record_hundreds_of_overlapping_messages(world):
    originals = [
        a_certificate(agreement="KCFTA", number_raw=f"K001-26-{4000000 + place}0"[:15])
        for place in range(0, 1000, 10)
    ]
    documents = []
    for one in originals:
        first = world.issue(one, to=CHINA)
        second = world.correct(correction_of(one), one, to=CHINA)
        documents += [first, second]
    while world.nodes["KR-KCS"].seal():
        pass
    sealed = [world.outgoing(one.message_id).sealed for one in documents]
    _, second_process = world.another(CHINA)
    receivings = [world.receiving[CHINA], second_process]
    calls = [
        (receivings[place % 2], document) for place, document in enumerate(sealed + sealed[::-1])
    ]

    with ThreadPoolExecutor(16) as pool:
        answers = list(
            pool.map(lambda call: answer_of(call[0], call[1], connected_as="KR-KCS"), calls)
        )
    world.nodes[CHINA].release()

    assert {one.status for one in answers} == {200}
    with world.nodes[CHINA].database.read() as connection:
        states = dict(
            connection.execute(
                select(tables.received.c.state, func.count()).group_by(tables.received.c.state)
            ).all()
        )
    assert states == {"AVAILABLE": len(originals), "SUPERSEDED": len(originals)}
