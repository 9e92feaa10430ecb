"""What both sides say was exchanged: lines, their digest, and the differences between two lists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from eodes.domain.certificate import AgreementCode, Country
from eodes.domain.message import Digest
from eodes.domain.record import Text, Whole


@dataclass(frozen=True, slots=True)
class Line:
    """One certificate as one side knows it."""

    issuing_country: Country
    agreement: AgreementCode
    number_key: Annotated[str, Text(35)]
    position: Annotated[int, Whole(0, 99)]
    body_digest: Digest
    state: Annotated[str, Text(12)]

    @property
    def subject(self) -> str:
        """Name the certificate in one string."""
        return f"{self.issuing_country}/{self.agreement}/{self.number_key}"

    def text(self) -> str:
        """Return the line as it is digested."""
        return f"{self.subject}|{self.position}|{self.body_digest}|{self.state}"


class DifferenceKind(StrEnum):
    """How two lists differ on one certificate."""

    MISSING_THERE = "MISSING_THERE"
    MISSING_HERE = "MISSING_HERE"
    OTHER_CONTENT = "OTHER_CONTENT"
    OTHER_STATE = "OTHER_STATE"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, with the line of each side that has one."""

    kind: DifferenceKind
    subject: str
    ours: Line | None
    theirs: Line | None


def digest(lines: Iterable[Line]) -> str:
    """Return the SHA-256 of the sorted lines; equal lists, whatever their order, agree in it."""
    text = "\n".join(sorted(line.text() for line in lines))
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(partner: str, kind: str, *, subject: str, ours: str, theirs: str) -> str:
    """Return the SHA-256 by which a difference is known again while neither side's line changes."""
    text = f"{partner}\n{kind}\n{subject}\n{ours}\n{theirs}"
    return hashlib.sha256(text.encode()).hexdigest()


def compare(ours: Iterable[Line], theirs: Iterable[Line]) -> tuple[Difference, ...]:
    """Return every difference between two lists, sorted by certificate."""
    here = {line.subject: line for line in ours}
    there = {line.subject: line for line in theirs}
    found = (
        _difference(subject, here.get(subject), there.get(subject))
        for subject in sorted(here.keys() | there.keys())
    )
    return tuple(one for one in found if one is not None)


def _difference(subject: str, ours: Line | None, theirs: Line | None) -> Difference | None:
    if ours is None:
        return Difference(DifferenceKind.MISSING_HERE, subject, ours, theirs)
    if theirs is None:
        return Difference(DifferenceKind.MISSING_THERE, subject, ours, theirs)
    if ours.body_digest != theirs.body_digest:
        return Difference(DifferenceKind.OTHER_CONTENT, subject, ours, theirs)
    if ours.state != theirs.state:
        return Difference(DifferenceKind.OTHER_STATE, subject, ours, theirs)
    return None
