"""The desks of applications."""

from __future__ import annotations

from functools import cached_property

from ooms.applications.checks import Checks
from ooms.applications.completion import Completions
from ooms.applications.four_eyes import FourEyes
from ooms.applications.grounds import Grounds
from ooms.applications.history import History
from ooms.applications.holdings import Holdings
from ooms.applications.queue import Queue
from ooms.applications.service import Applications
from ooms.applications.waiving import Waiving
from ooms.bootstrap.proof import Proof
from ooms.cost_statements.service import CostStatements
from ooms.crosschecks.opening import open_crosschecks
from ooms.crosschecks.refreshing import Lists
from ooms.crosschecks.service import Crosschecks
from ooms.site_checks.service import SiteChecks


class Cases(Proof):
    """The desks of applications."""

    @cached_property
    def applications(self) -> Applications:
        """Applications; whoever holds one sees what it rests on."""
        self.confidentiality.connect(Holdings())
        return Applications(
            determinations=self.determinations,
            exporters=self.exporters,
            officers=self.officers,
            clocks=self.clocks,
            waiving=Waiving(self.waivers),
        )

    @cached_property
    def grounds(self) -> Grounds:
        """What the lines of applications rest on."""
        return Grounds(self.applications)

    @cached_property
    def history(self) -> History:
        """What became of applications."""
        return History(self.applications)

    @cached_property
    def cost_statements(self) -> CostStatements:
        """Statements of producers; whoever rests on them hears of their end."""
        statements = CostStatements(
            determinations=self.determinations, exporters=self.exporters, products=self.products
        )
        self.determinations.staleness.connect(statements)
        statements.connect(self.grounds)
        return statements

    @cached_property
    def four_eyes(self) -> FourEyes:
        """Refusals, proposed by one and confirmed by another."""
        office = self.issuing.code
        return FourEyes(self.applications, self.exporters, self.refusals, office=office)

    @cached_property
    def checks(self) -> Checks:
        """What the law wants checked before issue."""
        return Checks(
            self.applications,
            self.exporters,
            eyes=self.four_eyes,
            approvals=self.approvals,
            country=self.issuing.country,
        )

    @cached_property
    def completions(self) -> Completions:
        """Requests for completion."""
        return Completions(self.applications)

    @cached_property
    def queue(self) -> Queue:
        """What waits for the office."""
        return Queue()

    @cached_property
    def site_checks(self) -> SiteChecks:
        """Checks on site."""
        return SiteChecks(
            self.applications, self.officers, listings=self.listings, approvals=self.approvals
        )

    @cached_property
    def _registers_asked(self) -> tuple[Crosschecks, Lists]:
        """Cross-checks and the lists behind them."""
        return open_crosschecks(
            self.settings.crosschecks.registers(beside=self.folder),
            works=self.works,
            applications=self.applications,
            exporters=self.exporters,
        )

    @cached_property
    def crosschecks(self) -> Crosschecks:
        """What other registers say before issue."""
        return self._registers_asked[0]

    @cached_property
    def crosscheck_lists(self) -> Lists:
        """The lists that the scheduler refreshes."""
        return self._registers_asked[1]
