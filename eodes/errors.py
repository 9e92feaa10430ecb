"""The error tree of the gateway.

    EodesError
    ├── TransientError            try again later, same bytes, same id
    │   ├── PartnerUnreachableError
    │   ├── SigningDeviceError
    │   └── StoreBusyError
    │       └── NoConnectionError
    ├── PermanentError            a person must change something before it can work
    │   ├── ConfigurationError
    │   ├── UnsealableError
    │   ├── UnknownCertificateError
    │   ├── UnknownDifferenceError
    │   ├── UnknownMessageError
    │   ├── UnknownPartnerError
    │   └── UnpreparableError
    └── OursError                 a defect of this program: stop, report, mend
        ├── IllegalMoveError
        ├── NotCanonicalError
        └── UnreadableArchiveError

What may honestly happen to a message (bad signature, schema breach, duplicate) is no error: it is
a value, see `eodes.domain.verdict`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from eodes.domain.verdict import Refusal


class EodesError(Exception):
    """Every error this package raises on purpose."""


class TransientError(EodesError):
    """The step may be repeated unchanged and can then succeed."""


class PermanentError(EodesError):
    """Repeating changes nothing until a person acts on what the message says."""


class OursError(EodesError):
    """The program contradicts itself: a defect to report."""


class PartnerUnreachableError(TransientError):
    """The partner's endpoint did not answer."""

    def __init__(self, *, partner: str, reason: str) -> None:
        self.partner = partner
        self.reason = reason
        super().__init__(f"{partner} did not answer ({reason}); the same bytes are sent again")


class SigningDeviceError(TransientError):
    """The device that keeps the signing key did not sign."""

    def __init__(self, *, device: str, reason: str) -> None:
        self.device = device
        self.reason = reason
        super().__init__(f"{device} did not sign ({reason}); the step is repeated")


class StoreBusyError(TransientError):
    """The database refused the transaction because of others running beside it."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the database was busy ({reason}); the step is repeated")


class NoConnectionError(StoreBusyError):
    """Every connection to the database was in use, for as long as one is waited for."""


class ConfigurationError(PermanentError):
    """A file of settings, a profile or a form is wrong; names the file and the line."""

    def __init__(self, *, file: Path | str, problem: str, line: int | None = None) -> None:
        self.file = str(file)
        self.line = line
        self.problem = problem
        where = f"{file}:{line}" if line else f"{file}"
        super().__init__(f"{where}: {problem}")


class UnsealableError(PermanentError):
    """Our own signature does not stand before the code that the receiver would use."""

    def __init__(self, *, message_id: str, refusal: Refusal) -> None:
        self.message_id = message_id
        self.refusal = refusal
        super().__init__(f"message {message_id} cannot be sealed: {refusal.code} {refusal.detail}")


class UnpreparableError(PermanentError):
    """The message cannot be expressed towards this partner; nothing was written."""

    def __init__(self, *, partner: str, refusals: tuple[Refusal, ...]) -> None:
        self.partner = partner
        self.refusals = refusals
        first = refusals[0]
        more = f" (and {len(refusals) - 1} more)" if len(refusals) > 1 else ""
        super().__init__(f"not sendable to {partner}: {first.code} {first.detail}{more}")


class UnknownCertificateError(PermanentError):
    """No certificate under this number."""

    def __init__(self, *, number: str) -> None:
        self.number = number
        super().__init__(f"no certificate {number}; check the number as printed on it")


class UnknownDifferenceError(PermanentError):
    """The last comparison with a partner found no such difference."""

    def __init__(self, *, partner: str, digest: str) -> None:
        self.partner = partner
        self.digest = digest
        super().__init__(
            f"the last comparison with {partner} found no difference {digest}; "
            f"`eodes finding list --with {partner}` shows what it found"
        )


class UnknownMessageError(PermanentError):
    """No message under this id."""

    def __init__(self, *, message_id: str) -> None:
        self.message_id = message_id
        super().__init__(f"no message {message_id}; `eodes message list` shows those there are")


class UnknownPartnerError(PermanentError):
    """No partner under this authority code is trusted here."""

    def __init__(self, *, authority: str) -> None:
        self.authority = authority
        super().__init__(f"{authority} is no partner of this node; run `eodes partner add` first")


class IllegalMoveError(OursError):
    """A state was asked to move where its table has no row."""

    def __init__(self, *, table: str, current: str, wanted: str) -> None:
        self.table = table
        self.current = current
        self.wanted = wanted
        super().__init__(f"{table}: no move from {current} to {wanted}")


class NotCanonicalError(OursError):
    """Bytes or a tree that we built ourselves have no canonical form to sign."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"no canonical form: {reason}")


class UnreadableArchiveError(OursError):
    """Stored bytes that were once judged good cannot be read any more."""

    def __init__(self, *, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(f"a stored document cannot be read: {refusal.code} {refusal.detail}")
