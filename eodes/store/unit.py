"""One transaction of the gateway, with every collection it may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Connection

from eodes.store.database import Database
from eodes.store.exchanges import Exchanges
from eodes.store.inbox import Inbox
from eodes.store.leases import Leases
from eodes.store.newsstand import Newsstand
from eodes.store.outbox import Outbox
from eodes.store.reconciliations import Reconciliations
from eodes.store.register import Register
from eodes.store.statistics import Counted, counts
from eodes.store.traffic import Traffic, traffic
from eodes.store.trust_register import TrustRows
from eodes.store.verifications import Verifications

Result = TypeVar("Result")


class Unit:
    """The collections of the gateway within one open transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside an open transaction; the one who opened it commits it."""
        self.connection = connection

    @cached_property
    def outbox(self) -> Outbox:
        """Messages of ours."""
        return Outbox(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        """Messages of partners."""
        return Inbox(self.connection)

    @cached_property
    def register(self) -> Register:
        """Certificates that partners sent us."""
        return Register(self.connection)

    @cached_property
    def exchanges(self) -> Exchanges:
        """Certificates of ours, by partner."""
        return Exchanges(self.connection)

    @cached_property
    def newsstand(self) -> Newsstand:
        """News for the office."""
        return Newsstand(self.connection)

    @cached_property
    def reconciliations(self) -> Reconciliations:
        """Comparisons with partners."""
        return Reconciliations(self.connection)

    @cached_property
    def leases(self) -> Leases:
        """Who runs which job."""
        return Leases(self.connection)

    def statistics(self) -> tuple[Counted, ...]:
        """Count messages by direction, partner and state."""
        return counts(self.connection)

    def traffic(self, partner: str) -> Traffic:
        """Tell how things stand with a partner."""
        return traffic(self.connection, partner)

    @cached_property
    def trust_register(self) -> TrustRows:
        """Partners and their pins."""
        return TrustRows(self.connection)

    @cached_property
    def verifications(self) -> Verifications:
        """Cases, ours and partners'."""
        return Verifications(self.connection)


class Store:
    """Opens units of work on one database."""

    def __init__(self, database: Database) -> None:
        """Use a database whose migrations have run."""
        self.database = database

    @contextmanager
    def begin(self) -> Iterator[Unit]:
        """Open a writing unit; it commits when the block ends well."""
        with self.database.begin() as connection:
            yield Unit(connection)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """Open a unit that only reads."""
        with self.database.read() as connection:
            yield Unit(connection)

    def join(self, connection: Connection) -> Unit:
        """Work inside a transaction that the office opened on the same database."""
        return Unit(connection)

    def repeat(self, step: Callable[[], Result]) -> Result:
        """Run a step, again if the database was busy."""
        return self.database.repeat(step)
