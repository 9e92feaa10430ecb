"""A partner's refusal of a certificate of ours, and what a partner refuses most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

#: So long back an exporter is told what his partner refused.
DAYS = 90
#: So many of the commonest reasons are told when nothing else is.
MOST_TOLD = 5

_DENYING = frozenset({"DENIED", "SUSPENDED"})
_REFUSED = frozenset({"REJECTED_BUSINESS", "REJECTED_TECHNICAL"})
_UNNAMED = "UNNAMED"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the code of the catalogue, and the box of the form where the partner named it."""

    code: str
    box: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason for which a partner refused a certificate, or denied preference for it."""

    partner: str
    message_id: str
    certificate_id: str
    agreement: str
    reason: Reason
    at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How many certificates were refused for a reason."""

    reason: Reason
    refused: int


@dataclass(frozen=True, slots=True)
class Record:
    """What a partner refused of so many certificates in so many days, the commonest first."""

    partner: str
    days: int
    sent: int
    refused: int
    counts: tuple[Count, ...] = ()

    def refused_for(self, reason: Reason) -> int:
        """Count the certificates refused for a code; in that box, where both name one.

        A denial at the border names no box of ours, so its code alone decides.
        """
        return sum(
            one.refused
            for one in self.counts
            if one.reason.code == reason.code
            and (one.reason.box in ("", reason.box) or not reason.box)
        )

    @property
    def most(self) -> tuple[Count, ...]:
        """Return the commonest reasons."""
        return self.counts[:MOST_TOLD]


def reasons_in(facts: Mapping[str, object]) -> tuple[Reason, ...]:
    """Read why a piece of news refuses a certificate or denies its use; nothing if it does not."""
    found = [*_of_refusal(facts), *_of_decisions(facts.get("decisions"))]
    return tuple(dict.fromkeys(found))


def _of_refusal(facts: Mapping[str, object]) -> Iterable[Reason]:
    if facts.get("state") not in _REFUSED:
        return ()
    named = [_reason(one) for one in _mappings(facts.get("refusals"))]
    return named or [_reason(facts)]


def _of_decisions(decisions: object) -> Iterable[Reason]:
    for one in _mappings(decisions):
        if one.get("outcome") in _DENYING:
            # A code on the wire has no hyphens; ours have.
            code = str(one.get("reason_code") or _UNNAMED).replace("_", "-")
            yield Reason(code)


def _reason(said: Mapping[str, object]) -> Reason:
    return Reason(str(said.get("code") or _UNNAMED), str(said.get("box") or ""))


def _mappings(value: object) -> tuple[Mapping[str, object], ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(one for one in value if isinstance(one, Mapping))
