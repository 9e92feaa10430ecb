"""A simple limit on look-ups: so many a minute for each address, kept by each process itself."""

from __future__ import annotations

import threading
from collections import OrderedDict

WINDOW_SECONDS = 60
MOST_ADDRESSES = 10_000


class RateLimit:
    """Counts look-ups by address in windows of a minute."""

    def __init__(self, *, most: int) -> None:
        """Allow so many look-ups a minute."""
        self._most = most
        self._lock = threading.Lock()
        self._counts: OrderedDict[tuple[str, int], int] = OrderedDict()

    def allows(self, address: str, *, second: int) -> bool:
        """Count a look-up and tell whether it is within the limit."""
        window = address, second // WINDOW_SECONDS
        with self._lock:
            count = self._counts.pop(window, 0) + 1
            self._counts[window] = count
            while len(self._counts) > MOST_ADDRESSES:
                self._counts.popitem(last=False)
        return count <= self._most
