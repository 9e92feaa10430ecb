"""The trust register as this process sees it: reloaded when its version has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from eodes.domain.partner import Profile
from eodes.exchange.ports import Clock
from eodes.store.unit import Store
from eodes.trust.registry import TrustRegistry

#: How old the picture may be before its version is looked at again.  Judging with an older one
#: does no harm: the recording step compares versions inside its transaction.
STALE_AFTER = timedelta(seconds=1)

Watcher = Callable[[TrustRegistry], None]


class TrustKeeper:
    """Keeps one picture of the trust register for a process."""

    def __init__(self, *, store: Store, profiles: Mapping[str, Profile], clock: Clock) -> None:
        """Read the register when first asked."""
        self._store = store
        self._profiles = profiles
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: TrustRegistry | None = None
        self._looked_at: datetime | None = None
        self._watchers: list[Watcher] = []

    def current(self) -> TrustRegistry:
        """Return the register, at most a second old."""
        seen, looked_at = self._seen, self._looked_at
        now = self._clock.now()
        if seen is not None and looked_at is not None and now - looked_at < STALE_AFTER:
            return seen
        return self.refresh()

    def refresh(self) -> TrustRegistry:
        """Look at the register now and read it again if its version has changed."""
        with self._lock:
            with self._store.read() as unit:
                version = unit.trust_register.version()
                if self._seen is None or self._seen.version != version:
                    self._seen = unit.trust_register.load(self._profiles)
                    for watch in self._watchers:
                        watch(self._seen)
            self._looked_at = self._clock.now()
            return self._seen

    def watch(self, watcher: Watcher) -> None:
        """Call back with every new picture, and with the present one at once."""
        self._watchers.append(watcher)
        watcher(self.current())
