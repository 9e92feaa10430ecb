"""An entry of the audit trail, chained to the one before it by its digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

FIRST_LINK = "0" * 64

Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what, when, about which thing, and for which reason."""

    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    reason_code: str
    facts: Facts
    previous: str

    @property
    def digest(self) -> str:
        """The digest that the next entry builds on."""
        told = [
            self.seq,
            self.at.isoformat(timespec="microseconds"),
            self.who,
            self.what,
            self.subject,
            self.reason_code,
            self.facts,
            self.previous,
        ]
        text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted; `what` may be the beginning of a word such as `certificate.`."""

    who: str | None = None
    what: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
