"""The desks of certificates, from the issue to the legal deletion."""

from __future__ import annotations

from functools import cached_property

from eodes.api import Copies
from eodes.bootstrap import Node
from ooms.back_to_back.service import BackToBack
from ooms.bootstrap.cases import Cases
from ooms.certificates.numbering import Numbering
from ooms.certificates.service import Certificates
from ooms.documents.check import Checker
from ooms.documents.service import Documents
from ooms.documents.timestamps import timestamper
from ooms.documents.trust import Issuer, load_trust
from ooms.error_notices.service import ErrorNotices
from ooms.gateway.annulling import Annulling
from ooms.gateway.exchanged import ExactBytes
from ooms.gateway.firsts import ReceivedFirsts
from ooms.gateway.linting import FormBoxes
from ooms.gateway.lots import ReceivedLots
from ooms.gateway.outbound import Outbound
from ooms.gateway.printing import Printing, SealedXml
from ooms.ledger.loader import load_tolerances, load_units
from ooms.ledger.service import Ledger
from ooms.lint.service import Lint
from ooms.outages.service import Outages
from ooms.reach.service import Reach
from ooms.registers.bundle import Evidence
from ooms.registers.service import Registers
from ooms.retention.loader import load_periods
from ooms.retention.service import Retention
from ooms.rulings.amending import Amending
from ooms.rulings.service import Rulings
from ooms.rulings.terms import load_terms
from ooms.training.world import mark_of


class Papers(Cases):
    """The desks of certificates, from the issue to the legal deletion."""

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger that draws received certificates down."""
        lots = ReceivedLots(self.gateway)
        return Ledger(units=load_units(), tolerances=load_tolerances(), lots=lots)

    @cached_property
    def back_to_back(self) -> BackToBack:
        """The ledger of first certificates."""
        return BackToBack(ReceivedFirsts(self.gateway), uses=self.ledger)

    @cached_property
    def certificates(self) -> Certificates:
        """Certificates."""
        return Certificates(
            applications=self.applications,
            checks=self.checks,
            crosschecks=self.crosschecks,
            exporters=self.exporters,
            sender=Outbound(self.gateway),
            numbering=Numbering(self.issuing, self.officers),
            first_certificates=self.back_to_back,
            units=self.ledger.units,
        )

    @cached_property
    def reach(self) -> Reach:
        """What rests on a determination or a declaration."""
        made = Reach(self.determinations)
        self.determinations.staleness.follow(made)
        return made

    @cached_property
    def error_notices(self) -> ErrorNotices:
        """Notices of errors in issued certificates."""
        return ErrorNotices(
            certificates=self.certificates,
            exporters=self.exporters,
            reach=self.reach,
            clocks=self.clocks,
            annuller=Annulling(self.gateway),
            office=self.issuing.name,
        )

    @cached_property
    def lint(self) -> Lint:
        """What a partner would say, before submission."""
        return Lint(
            applications=self.applications,
            certificates=self.certificates,
            forms=FormBoxes(self.gateway),
            country=self.issuing.country,
            rulings=self.rulings,
        )

    @cached_property
    def rulings(self) -> Rulings:
        """Advance rulings."""
        return Rulings(load_terms(self.issuing.country), office=self.issuing.code)

    @cached_property
    def ruling_changes(self) -> Amending:
        """What happens to rulings after they were given."""
        return Amending(self.rulings)

    @cached_property
    def documents(self) -> Documents:
        """Certificates as sealed documents."""
        written = self.settings.documents
        trust = load_trust(self.folder / written.trust).joined((own_issuer(self.node),))
        return Documents(
            certificates=self.certificates,
            printer=Printing(self.gateway, Copies(self.node.own, self.node.signer)),
            checker=Checker(trust, SealedXml()),
            key=self.node.signer,
            authority=self.node.settings.authority,
            public_address=written.public_address,
            stamps=timestamper(written.timestamp_url) if written.timestamp_url else None,
            mark=mark_of(self.issuing),
        )

    @cached_property
    def outages(self) -> Outages:
        """Numbers set aside for outages."""
        return Outages(
            applications=self.applications,
            certificates=self.certificates,
            exporters=self.exporters,
            officers=self.officers,
        )

    @cached_property
    def registers(self) -> Registers:
        """The issuer's register and its daily lists."""
        numbering = self.certificates.numbering
        return Registers(numbering=numbering, officers=self.officers, zone=self.works.zone)

    @cached_property
    def evidence(self) -> Evidence:
        """Everything about a certificate in one file."""
        return Evidence(
            certificates=self.certificates,
            exchange=ExactBytes(self.gateway),
            key=self.node.signer,
            authority=self.node.settings.authority,
        )

    @cached_property
    def retention(self) -> Retention:
        """Periods of keeping, and legal deletion."""
        periods = load_periods(self.issuing.country)
        return Retention(periods=periods, certificates=self.certificates, zone=self.works.zone)


def own_issuer(node: Node) -> Issuer:
    """Return this node as an issuer that others may trust."""
    return Issuer.of(node.settings.authority, node.signer.certificate_der)
