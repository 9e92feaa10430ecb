"""A list that a company answered and signed: kept as it was, compared with the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Said(StrEnum):
    """What a company says to a question."""

    YES = "YES"
    NO = "NO"
    NOT_APPLICABLE = "NOT_APPLICABLE"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a question, and what shows it."""

    question: str
    said: Said
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A list as it was answered: by whom, when, and in which edition of the questions."""

    id: str
    exporter_id: str
    industry: str
    agreement: str
    edition: str
    answers: tuple[Answer, ...]
    kept_by: str
    signed_as: str
    kept_at: datetime

    @property
    def sha256(self) -> str:
        """The digest of what was signed, as it stands in the audit trail."""
        signed = {
            "exporter": self.exporter_id,
            "industry": self.industry,
            "agreement": self.agreement,
            "edition": self.edition,
            "answers": [[one.question, one.said.value, one.evidence] for one in self.answers],
            "signed_as": self.signed_as,
            "at": self.kept_at.isoformat(),
        }
        return hashlib.sha256(_canonical(signed)).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """A question that is answered otherwise than before; None where it was not asked."""

    question: str
    before: Said | None
    now: Said | None


def changes(kept: KeptCheck, *, since: KeptCheck | None) -> tuple[Change, ...]:
    """Tell what a list says otherwise than the one before; nothing where there was none."""
    if since is None:
        return ()
    before, now = _said(since), _said(kept)
    return tuple(
        Change(one, before.get(one), now.get(one))
        for one in sorted(before.keys() | now.keys())
        if before.get(one) is not now.get(one)
    )


def edition_of(questions: Sequence[tuple[str, str]]) -> str:
    """Return the digest of questions by code and words: other words are another edition."""
    return hashlib.sha256(_canonical(list(questions))).hexdigest()[:16]


def _said(kept: KeptCheck) -> Mapping[str, Said]:
    return {one.question: one.said for one in kept.answers}


def _canonical(document: object) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
