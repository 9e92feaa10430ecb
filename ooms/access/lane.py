"""A lane of their own for short calls that come in crowds, so that few are under way at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class Lane:
    """A few threads that run short steps in the order in which they came.

    A process computes one thing at a time: twenty steps at once would take it from each other
    every few milliseconds, each over a database connection of its own, and all would end late.
    What may take long has the framework's threads, and holds nobody up here.
    """

    def __init__(self, *, width: int) -> None:
        """Run so many steps at once; a thread starts when it is first needed."""
        self._threads = ThreadPoolExecutor(width, thread_name_prefix="lane")

    async def run(self, step: Callable[[], Result]) -> Result:
        """Run a step when its turn comes."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, step)
