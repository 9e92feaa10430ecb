"""Outcomes of judging a message or a certificate, as values that carry their facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is refused: a code of the catalogue, the place, and a sentence for a person.

    `path` is an XML or JSON path, `box` the box of the paper form where there is one.
    """

    code: str
    detail: str
    path: str = ""
    box: str = ""
    retryable: bool = False


class Severity(StrEnum):
    """How much a finding weighs."""

    REFUSE = "REFUSE"
    WARN = "WARN"


@dataclass(frozen=True, slots=True)
class Finding:
    """One constraint judged against a certificate; `met` findings are not reported."""

    code: str
    severity: Severity
    detail: str
    path: str = ""
    box: str = ""

    def as_refusal(self) -> Refusal:
        """Return the finding in the form that a refusal travels in."""
        return Refusal(self.code, self.detail, path=self.path, box=self.box)
