"""The doorbell: a listener for a node that is built before its office."""

from __future__ import annotations

from collections.abc import Sequence

from eodes.api import News
from ooms.errors import OfficeError
from ooms.gateway.inbound import Inbound


class ClosedOfficeError(OfficeError):
    """News came before the office was open; it is told again."""

    def __init__(self) -> None:
        super().__init__("the office is not open yet; the news is told again")


class Doorbell:
    """Rings in an office, once there is one."""

    def __init__(self) -> None:
        self._inbound: Inbound | None = None

    def connect(self, inbound: Inbound) -> None:
        """Let the bell ring at an office's ear."""
        self._inbound = inbound

    def hear(self, news: Sequence[News]) -> None:
        """Pass the news on.

        Raises:
            ClosedOfficeError: the office is not open yet.

        """
        if self._inbound is None:
            raise ClosedOfficeError
        self._inbound.hear(news)
