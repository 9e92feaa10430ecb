"""Which certificates a verification doubts as such: their seal, or that they were issued at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ooms.claims.declaration import bare
from ooms.verifications.model import Verification

_SEAL = "SEAL"
_NOT_AUTHENTIC = "NO"
_SAID = frozenset({"YES", _NOT_AUTHENTIC})


@dataclass(frozen=True, slots=True)
class Doubted:
    """A certificate that is doubted as such: in which verification, and why."""

    verification_id: str
    detail: str


def doubted_in(case: Verification) -> Mapping[str, Doubted]:
    """Return the certificates that a verification doubts, by the key of their numbers.

    What the partner says last of a certificate counts, also when the case is over; until it says
    yes or no, a seal that was drafted as a doubt counts as long as the case is open.
    """
    said = {
        bare(finding.certificate_number): finding.authentic
        for reply in case.replies
        for finding in reply.findings
        if finding.authentic in _SAID
    }
    keys = [bare(one.number) for one in case.subject.certificates]
    asked = {one.kind for one in case.draft.doubts} if case.draft and case.is_open else set()
    why = {
        key: _why(case, said.get(key), is_seal_asked=_SEAL in asked) for key in dict.fromkeys(keys)
    }
    return {key: Doubted(case.id, words) for key, words in why.items() if words}


def _why(case: Verification, said: str | None, *, is_seal_asked: bool) -> str:
    if said == _NOT_AUTHENTIC:
        return f"{case.subject.partner} does not vouch for it (verification {case.number})"
    if said is None and is_seal_asked:
        return f"its seal or signature is being verified (verification {case.number})"
    return ""
