"""The lane of short calls: few at once, in the order in which they came."""

import asyncio
from functools import partial
from threading import Barrier, Event, Lock

import pytest
from starlette.concurrency import run_in_threadpool

from ooms.access.lane import Lane


def test_no_more_steps_run_than_lane_is_wide():
    lane, lock = Lane(width=2), Lock()
    under_way, most = 0, 0
    both = Barrier(2, timeout=5)

    def step():
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        both.wait()
        with lock:
            under_way -= 1

    async def crowd():
        await asyncio.gather(*(lane.run(step) for _ in range(8)))

    asyncio.run(crowd())

    assert most == 2


def test_steps_take_turns_as_they_came():
    lane = Lane(width=1)
    served: list[int] = []

    async def crowd():
        await asyncio.gather(*(lane.run(partial(served.append, turn)) for turn in range(5)))

    asyncio.run(crowd())

    assert served == [0, 1, 2, 3, 4]


def test_long_call_elsewhere_holds_no_short_one_up():
    lane, is_over = Lane(width=1), Event()

    async def both():
        long = asyncio.create_task(run_in_threadpool(is_over.wait, 5))
        short = await lane.run(lambda: "answered")
        is_over.set()
        return short, await long

    assert asyncio.run(both()) == ("answered", True)


def test_what_a_step_raises_reaches_its_caller():
    lane = Lane(width=1)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(lane.run(lambda: 1 / 0))

    assert asyncio.run(lane.run(lambda: 1)) == 1
