"""What sets an office for practice apart from the real world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ooms.errors import ConflictError, OfficeError

NO_LEGAL_EFFECT = "TRAINING: no legal effect"


class Office(Protocol):
    """An office as it stands on certificates."""

    @property
    def training(self) -> bool:
        """Whether people only practice here."""
        ...


class TrainingWorldError(OfficeError):
    """An office for practice is wired to the real world; nothing was opened."""

    code = "SYS-TRAINING-WORLD"

    def __init__(self, *, problem: str) -> None:
        self.problem = problem
        super().__init__(f"office.training: {problem}")


class NoTrainingError(ConflictError):
    """The office is no office for practice, so nothing is filled in or taken away."""

    code = "SYS-NO-TRAINING"
    then = "set training = true under [office] of ooms.toml beside a test node"

    def __init__(self) -> None:
        super().__init__(what="office", current="a real one", wanted="filled or emptied")


def require_training_world(*, is_test: bool, others: Sequence[str]) -> None:
    """Refuse to open an office for practice beside a real node, or with real partners.

    A test node marks each message in its signed head, and a real one refuses what is marked.

    Raises:
        TrainingWorldError: the node is no test node, or trusts a node that is none.

    """
    if not is_test:
        raise TrainingWorldError(
            problem="people practice beside a test node: make one with `eodes node init --test`"
        )
    if others:
        raise TrainingWorldError(
            problem=f"the node trusts {', '.join(others)} by the card of a production node; "
            "only the cards of test nodes may be trusted here"
        )


def mark_of(office: Office) -> str:
    """Return the mark that stands on everything that an office prints; empty for a real one."""
    return NO_LEGAL_EFFECT if office.training else ""
