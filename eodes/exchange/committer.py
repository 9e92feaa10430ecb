"""The committer of a process: everything that waits is recorded in one transaction.

No timer is needed: while one group is being committed the next one gathers, so load itself makes
the groups.  An event loop that hands over arrivals has the thread woken only after it has run all
that was ready: were both to work at once, they would take turns at the interpreter, and groups
would stay small.  A caller gets its answer only after its group's commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

import structlog

from eodes.errors import StoreBusyError
from eodes.exchange.decide import Arrival
from eodes.exchange.record import Recording

#: More gains nothing: the cost per message is flat beyond some dozens.
MAX_GROUP = 64
#: A queue longer than this means that the store cannot follow; better to refuse than to time out.
MAX_WAITING = 4096
#: Groups of this size and more mean load: then a group is left to grow for a moment, because what
#: a commit costs is shared by all in it.  A message that comes alone never waits.
PRESSED = 4
GATHER_SECONDS = 0.01

Answered = Future[bytes | None]
#: Calls something later: an event loop's `call_soon`.
Later = Callable[[Callable[[], None]], object]

log = structlog.get_logger(__name__)


class Committer:
    """One thread that records arrivals in groups."""

    def __init__(self, recording: Recording) -> None:
        """Prepare the thread; `start` runs it."""
        self._recording = recording
        self._waiting: list[tuple[Arrival, Answered]] = []
        self._wake = threading.Condition()
        self._later: Later | None = None
        self._is_called = False
        self._is_ripe = False
        self._is_pressed = False
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="committer", daemon=True)

    def start(self) -> None:
        """Begin to record."""
        self._thread.start()

    def stop(self) -> None:
        """Record what waits, then end."""
        with self._wake:
            self._is_stopping = True
            self._wake.notify()
        self._thread.join()

    def wake_by(self, later: Later) -> None:
        """Wake the thread by an event loop, once it has run what is ready; it alone submits."""
        self._later = later

    @property
    def is_alive(self) -> bool:
        """Tell whether arrivals are being recorded."""
        return self._thread.is_alive() and not self._is_stopping

    def submit(self, arrival: Arrival) -> Answered | None:
        """Hand an arrival over; None when too many wait already: the partner comes again."""
        answered: Answered = Future()
        with self._wake:
            if self._is_stopping or len(self._waiting) >= MAX_WAITING:
                return None
            self._waiting.append((arrival, answered))
            is_first, self._is_called = not self._is_called, True
        if self._later is None:
            self._call()
        elif is_first:
            self._later(self._call)
        return answered

    def _call(self) -> None:
        with self._wake:
            self._is_called, self._is_ripe = False, True
            self._wake.notify()

    def _run(self) -> None:
        while group := self._next_group():
            self._settle(group)

    def _next_group(self) -> list[tuple[Arrival, Answered]]:
        with self._wake:
            while not (self._waiting and self._is_ripe) and not self._is_stopping:
                self._wake.wait()
            if self._is_pressed and not self._is_stopping:
                self._wake.wait_for(self._is_enough, timeout=GATHER_SECONDS)
            group, self._waiting = self._waiting[:MAX_GROUP], self._waiting[MAX_GROUP:]
            self._is_ripe = bool(self._waiting)
            self._is_pressed = len(group) >= PRESSED
            return group

    def _is_enough(self) -> bool:
        return len(self._waiting) >= MAX_GROUP or self._is_stopping

    def _settle(self, group: list[tuple[Arrival, Answered]]) -> None:
        # From here on nobody can cancel: who has hung up already is not recorded.
        group = [one for one in group if one[1].set_running_or_notify_cancel()]
        if group:
            self._record(group)

    def _record(self, group: list[tuple[Arrival, Answered]]) -> None:
        try:
            answers = self._recording.record([arrival for arrival, _ in group])
        except StoreBusyError as error:
            log.warning("messages.record.failed", count=len(group), error=str(error))
            for _, answered in group:
                answered.set_exception(error)
        except Exception as error:
            # The thread must outlive any defect; and who only stood beside one is not to suffer.
            log.exception("messages.record.broken", count=len(group))
            if len(group) == 1:
                group[0][1].set_exception(error)
                return
            for one in group:
                self._record([one])
        else:
            for (_, answered), answer in zip(group, answers, strict=True):
                answered.set_result(answer)
