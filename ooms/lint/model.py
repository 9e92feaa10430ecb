"""What lint tells: findings with the box of the form, and how often the partner refused for it."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.certificates.model import Finding
from ooms.partner_refusals.model import Record

REFUSE, WARN = "REFUSE", "WARN"


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a form: its number and its title as printed."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class FormBox(Box):
    """A box of a form, and the members of an application's content that ask for what it shows.

    Members are named as pointers without the numbers of lists: `/lines/hs`.
    """

    asked_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormInUse:
    """A form on which certificates are asked for: its boxes, and the countries it goes to."""

    agreement: str
    form_type: str
    title: str
    import_countries: tuple[str, ...]
    boxes: tuple[FormBox, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with its box and line, and how many certificates the partner refused for it."""

    finding: Finding
    box: Box | None
    line_no: int | None
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is to be said before a certificate is asked for; no partner means paper."""

    partner: str | None
    findings: tuple[Told, ...]
    record: Record | None = None

    @property
    def may_be_issued(self) -> bool:
        """Tell whether nothing that was found refuses."""
        return all(one.finding.severity != REFUSE for one in self.findings)
