"""The error tree of the office.

    OfficeError
    ├── UnauthenticatedError     nobody, or no longer anybody, is logged in
    ├── NotAllowedError          the role lacks the right
    ├── MissingError             there is no such thing, or none that the caller may see
    ├── ConflictError            the thing stands elsewhere than the caller believes
    │   └── PeriodEndedError     the period for it has ended
    ├── UnfitError               what was given cannot be taken; every flaw has its place
    │   ├── OpenChecksError      a check before issue failed, or waits for the officer
    │   ├── CrossCheckError      another register stands in the way of the issue
    │   └── NotSendableError     the partner could not take the certificate; flaws name the box
    ├── UnavailableError         somebody outside whom we need did not answer: try again later
    ├── WrongFileError           a file that ships with the code, or was put beside it, is wrong
    └── BrokenChainError         the audit trail was tampered with: stop and investigate

The code comes from the catalogue of refusals.  All but the last three are the caller's to mend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong, with its place: a JSON pointer, and the box of a form if any."""

    pointer: str
    detail: str
    code: str = ""
    box: str = ""


class OfficeError(Exception):
    """Every error this package raises on purpose."""

    code: ClassVar[str] = "SYS-OFFICE"
    flaws: tuple[Flaw, ...] = ()


class UnauthenticatedError(OfficeError):
    """Nobody is logged in; open a session first."""

    code = "AUT-SESSION"

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{reason}; open a session with user and password")


class NotAllowedError(OfficeError):
    """The role of the caller lacks the right."""

    code = "AUT-ROLE"

    def __init__(self, *, role: str, action: str) -> None:
        self.role = role
        self.action = action
        super().__init__(f"the role {role} may not {action}")


class MissingError(OfficeError):
    """There is no such thing, or none that the caller may see."""

    code = "REF-UNKNOWN"

    def __init__(self, *, what: str, id: str) -> None:  # noqa: A002  # what the thing is found by
        self.what = what
        self.id = id
        super().__init__(f"there is no {what} {id}")


class ConflictError(OfficeError):
    """The thing stands elsewhere than the caller believes; look again, then decide."""

    code = "RUL-STATE"
    #: What the caller is told to do next.
    then: ClassVar[str] = "look at it again, then decide"

    def __init__(self, *, what: str, current: str, wanted: str) -> None:
        self.what = what
        self.current = current
        self.wanted = wanted
        super().__init__(f"the {what} is {current}, so it cannot become {wanted}; {self.then}")


class PeriodEndedError(ConflictError):
    """The period for it has ended; apply anew."""

    code = "RUL-PERIOD-ENDED"
    then = "apply anew"

    def __init__(self, *, what: str, ended_on: str) -> None:
        self.ended_on = ended_on
        super().__init__(what=what, current=f"open until {ended_on} only", wanted="answered now")


class UnfitError(OfficeError):
    """What was given cannot be taken; every flaw has its place."""

    code = "SCH-BODY"

    def __init__(self, *flaws: Flaw) -> None:
        self.flaws = flaws
        more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
        super().__init__(f"{flaws[0].pointer}: {flaws[0].detail}{more}")


class OpenChecksError(UnfitError):
    """A check before issue failed, or waits for the officer; see the application's checks."""

    code = "RUL-CHECKS"


class CrossCheckError(UnfitError):
    """A register was not asked, or stands in the way; see the application's cross-checks."""

    code = "RUL-CROSSCHECK"


class NotSendableError(UnfitError):
    """The partner could not take the certificate; nothing was issued and no number was used."""

    code = "RUL-NOT-SENDABLE"

    def __init__(self, *flaws: Flaw, partner: str) -> None:
        self.partner = partner
        super().__init__(*flaws)


class UnavailableError(OfficeError):
    """Somebody outside whom we need did not answer; the same request may do later."""

    code = "SYS-OUTSIDE"
    #: When it is worth trying again.
    seconds: ClassVar[int] = 60


class WrongFileError(OfficeError):
    """A file of ours is wrong; correct the file that it names."""

    def __init__(self, *, file: str, problem: str) -> None:
        self.file = file
        self.problem = problem
        super().__init__(f"{file}: {problem}")


class BrokenChainError(OfficeError):
    """The audit trail does not hang together; somebody changed what was recorded."""

    code = "SYS-AUDIT"

    def __init__(self, *, at: int, problem: str) -> None:
        self.at = at
        self.problem = problem
        super().__init__(f"the audit trail breaks at entry {at}: {problem}")
