"""What the desk of claims needs of others: certificates, answers, registers, risks, rulings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from ooms.claims.declaration import Declaration, Line
from ooms.claims.facts import Approved, Limit, Routed, Ruling, Timing
from ooms.claims.held import Held
from ooms.claims.model import Checked, CheckedLine, Claim, Feedback
from ooms.db import Transaction, Work

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a declaration, with the certificate that it means, if that is clear."""

    declaration: Declaration
    line: Line
    held: Held | None

    @property
    def place(self) -> Place:
        """Where the line stands."""
        return self.line.place


class ReceivedCertificates(Protocol):
    """Whoever keeps what partners sent."""

    def find_all(
        self, numbers: Iterable[str], *, within: Transaction
    ) -> Mapping[str, tuple[Held, ...]]:
        """Find certificates by number, however it is spelled; each number as it was asked."""
        ...


class UseFeedback(Protocol):
    """Whoever speaks to partners."""

    def send(self, held: Held, *, feedback: Feedback, within: Transaction) -> str:
        """Tell the issuing side what was decided; returns the message's id."""
        ...


class Standing(Protocol):
    """Whoever keeps verifications: open ones, their results, and preference suspended."""

    def limits(self, work: Work, asked: Sequence[Asked]) -> Mapping[Place, tuple[Limit, ...]]:
        """Say what stands against goods and persons, by the place of the line."""
        ...


class Routing(Protocol):
    """Whoever selects by risk; it routes, it never denies."""

    def routes(self, work: Work, asked: Sequence[Asked], *, is_dry: bool) -> Mapping[Place, Routed]:
        """Say which lines somebody is to look at, and why; a dry run leaves no trace."""
        ...


class Rulings(Protocol):
    """Whoever keeps advance rulings."""

    def rulings(self, work: Work, asked: Sequence[Asked]) -> Mapping[Place, Ruling]:
        """Find the ruling that was made on the same goods, by the place of the line."""
        ...


class ApprovedExporters(Protocol):
    """Whoever keeps the register of approved exporters."""

    def approved(self, work: Work, numbers: Mapping[str, date]) -> Mapping[str, Approved]:
        """Say of numbers whether an approval held on a day; of an unknown one nothing."""
        ...


class IssueClocks(Protocol):
    """Whoever knows by when a certificate is issued after a shipment."""

    def timing(self, held: Held, *, shipped_on: date) -> Timing | None:
        """Say whether a certificate was issued late after a shipment on a day."""
        ...


class Follower(Protocol):
    """Whoever keeps decisions, knows the periods for claims, and decides what rules leave open."""

    def barred(self, work: Work, declaration: Declaration, line: CheckedLine) -> Checked | None:
        """Say what bars a line whatever its checks say, such as a claim that comes too late."""
        ...

    def decided(self, work: Work, claim: Claim, *, lines: tuple[CheckedLine, ...], by: str) -> None:
        """Hear what was decided on lines, in the transaction of the decision."""
        ...

    def withdrawn(self, work: Work, claim: Claim, *, by: str) -> None:
        """Hear that a later version of the declaration took the place of a claim."""
        ...


class NothingKnown:
    """Stands in for a register that the office does not keep."""

    def limits(self, _work: Work, _asked: Sequence[Asked]) -> Mapping[Place, tuple[Limit, ...]]:
        """Know of nothing that stands against anybody."""
        return {}

    def routes(
        self,
        _work: Work,
        _asked: Sequence[Asked],
        *,
        is_dry: bool,  # noqa: ARG002  # as every routing
    ) -> Mapping[Place, Routed]:
        """Select nothing."""
        return {}

    def rulings(self, _work: Work, _asked: Sequence[Asked]) -> Mapping[Place, Ruling]:
        """Know no ruling."""
        return {}

    def approved(self, _work: Work, _numbers: Mapping[str, date]) -> Mapping[str, Approved]:
        """Know no approved exporter."""
        return {}

    def timing(self, _held: Held, *, shipped_on: date) -> Timing | None:  # noqa: ARG002  # as every
        """Know no clock."""
        return None


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The registers that are asked for every claim, each once for all of its lines."""

    standing: Standing = field(default_factory=NothingKnown)
    routing: Routing = field(default_factory=NothingKnown)
    rulings: Rulings = field(default_factory=NothingKnown)
    approved: ApprovedExporters = field(default_factory=NothingKnown)
    clocks: IssueClocks = field(default_factory=NothingKnown)
