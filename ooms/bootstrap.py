"""The composition root of the office: settings and a node in, an office out."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from eodes.api import Copies, Gateway
from eodes.bootstrap import Node, build_node
from eodes.errors import StoreBusyError
from eodes.settings import load_settings
from ooms.access.confidentiality import Confidentiality
from ooms.access.sealing import load_keys
from ooms.access.service import Access
from ooms.agreements.edition_tables import load_editions
from ooms.agreements.registry import Registry, load_packs
from ooms.applications.checks import Checks
from ooms.applications.completion import Completions
from ooms.applications.four_eyes import FourEyes
from ooms.applications.grounds import Grounds
from ooms.applications.holdings import Holdings
from ooms.applications.service import Applications
from ooms.applications.waiving import Waiving
from ooms.approvals.applying import Applying
from ooms.approvals.deciding import Deciding
from ooms.approvals.ending import Ending
from ooms.approvals.keeping import Keeping
from ooms.approvals.loader import load_scheme
from ooms.approvals.service import Approvals
from ooms.audit.service import record
from ooms.back_to_back.service import BackToBack
from ooms.certificates.hearing import Hearing
from ooms.certificates.model import IssuingOffice
from ooms.certificates.numbering import Numbering
from ooms.certificates.service import Certificates
from ooms.claims.service import Claims
from ooms.consents.service import Consents
from ooms.cost_statements.service import CostStatements
from ooms.crosschecks.opening import open_crosschecks
from ooms.crosschecks.refreshing import Lists
from ooms.crosschecks.service import Crosschecks
from ooms.db import Works
from ooms.determinations.service import Determinations
from ooms.documents.check import Checker
from ooms.documents.service import Documents
from ooms.documents.timestamps import timestamper
from ooms.documents.trust import Issuer, load_trust
from ooms.error_notices.service import ErrorNotices
from ooms.exporters.service import Exporters
from ooms.gateway.annulling import Annulling
from ooms.gateway.doorbell import Doorbell
from ooms.gateway.exchanged import ExactBytes
from ooms.gateway.firsts import ReceivedFirsts
from ooms.gateway.inbound import Inbound
from ooms.gateway.linting import FormBoxes
from ooms.gateway.outbound import Outbound
from ooms.gateway.printing import Printing, SealedXml
from ooms.gateway.received import FeedbackSender, Register
from ooms.lint.service import Lint
from ooms.listings.service import Listings
from ooms.listings.waivers import Waivers
from ooms.officers.service import Officers
from ooms.outages.service import Outages
from ooms.people.service import People
from ooms.procedures.loader import load_procedure
from ooms.procedures.model import Procedure
from ooms.procedures.running import Clocks
from ooms.products.service import Products
from ooms.reach.service import Reach
from ooms.refusals.service import Refusals
from ooms.registers.bundle import Evidence
from ooms.registers.service import Registers
from ooms.retention.loader import load_periods
from ooms.retention.service import Retention
from ooms.settings import OfficeSettings, load_office_settings
from ooms.sign_on.opening import open_sign_on
from ooms.sign_on.service import SignOn
from ooms.site_checks.service import SiteChecks
from ooms.suppliers.service import Suppliers
from ooms.tallies.service import RecordedTallies
from ooms.tariffs.service import Tariffs


@dataclass(frozen=True, slots=True)
class Office:
    """The desks of one office, and the node it stands beside."""

    settings: OfficeSettings
    issuing: IssuingOffice
    works: Works
    access: Access
    confidentiality: Confidentiality
    people: People
    sign_on: SignOn
    exporters: Exporters
    products: Products
    suppliers: Suppliers
    determinations: Determinations
    cost_statements: CostStatements
    consents: Consents
    grounds: Grounds
    procedure: Procedure
    officers: Officers
    approvals: Approvals
    applying: Applying
    deciding: Deciding
    keeping: Keeping
    ending: Ending
    listings: Listings
    waivers: Waivers
    refusals: Refusals
    four_eyes: FourEyes
    site_checks: SiteChecks
    applications: Applications
    completions: Completions
    checks: Checks
    crosschecks: Crosschecks
    crosscheck_lists: Lists
    back_to_back: BackToBack
    certificates: Certificates
    lint: Lint
    reach: Reach
    error_notices: ErrorNotices
    documents: Documents
    outages: Outages
    registers: Registers
    evidence: Evidence
    retention: Retention
    claims: Claims
    tariffs: Tariffs
    inbound: Inbound
    gateway: Gateway
    #: What the database raises when others are in the way: the caller may try again.
    busy: tuple[type[Exception], ...] = (StoreBusyError,)


def build_office(
    node: Node,
    settings: OfficeSettings,
    *,
    registry: Registry | None = None,
    hasher: PasswordHasher | None = None,
) -> Office:
    """Open the desks beside a node, on the node's database.

    Raises:
        PackError: an agreement's pack is broken.

    """
    gateway = node.gateway
    issuing = _issuing_office(node, settings)
    works = Works(node.database, node.clock.now, secrets.token_bytes, ZoneInfo(issuing.zone))
    exporters = Exporters(vetting=settings.companies.vetting)
    folder = node.settings.file.parent
    access = Access(
        hasher,
        keys=load_keys(folder / settings.access.secrets_key_file, noise=secrets.token_bytes),
        record=record,
        policy=settings.access.policy(),
        standing=exporters,
    )
    confidentiality = Confidentiality()
    products, suppliers, determinations = _desks_of_proof(
        registry or load_packs(), exporters, confidentiality
    )
    clocks = _clocks(gateway, issuing.country)
    officers, refusals = Officers(clocks.procedure), Refusals()
    approvals = Approvals(
        load_scheme(issuing.country), country=issuing.country, office=issuing.code
    )
    listings, waivers = Listings(approvals, exporters, RecordedTallies()), Waivers(approvals)
    applications = Applications(
        determinations=determinations,
        exporters=exporters,
        officers=officers,
        clocks=clocks,
        waiving=Waiving(waivers),
    )
    confidentiality.connect(Holdings())
    grounds = Grounds(applications)
    eyes = FourEyes(applications, exporters, refusals, office=issuing.code)
    checks = Checks(
        applications, exporters, eyes=eyes, approvals=approvals, country=issuing.country
    )
    crosschecks, lists = open_crosschecks(
        settings.crosschecks.registers(beside=node.settings.file.parent),
        works=works,
        applications=applications,
        exporters=exporters,
    )
    firsts = BackToBack(ReceivedFirsts(gateway))
    certificates = Certificates(
        applications=applications,
        checks=checks,
        crosschecks=crosschecks,
        exporters=exporters,
        sender=Outbound(gateway),
        numbering=Numbering(issuing, officers),
        first_certificates=firsts,
    )
    determinations.staleness.follow(reach := Reach(determinations))
    return Office(
        settings=settings,
        issuing=issuing,
        works=works,
        access=access,
        confidentiality=confidentiality,
        sign_on=open_sign_on(access, settings.access.oidc, folder=folder),
        people=People(access=access, exporters=exporters, office=issuing.name),
        exporters=exporters,
        products=products,
        suppliers=suppliers,
        determinations=determinations,
        cost_statements=_cost_statements(
            determinations, products=products, exporters=exporters, grounds=grounds
        ),
        consents=Consents(),
        grounds=grounds,
        procedure=clocks.procedure,
        officers=officers,
        approvals=approvals,
        applying=(applying := Applying(approvals, exporters)),
        deciding=Deciding(approvals, applying),
        keeping=Keeping(approvals),
        ending=Ending(approvals),
        listings=listings,
        waivers=waivers,
        refusals=refusals,
        four_eyes=eyes,
        site_checks=SiteChecks(applications, officers, listings=listings, approvals=approvals),
        applications=applications,
        completions=Completions(applications),
        checks=checks,
        crosschecks=crosschecks,
        crosscheck_lists=lists,
        back_to_back=firsts,
        certificates=certificates,
        reach=reach,
        error_notices=ErrorNotices(
            certificates=certificates,
            exporters=exporters,
            reach=reach,
            clocks=clocks,
            annuller=Annulling(gateway),
            office=issuing.name,
        ),
        lint=Lint(
            applications=applications,
            certificates=certificates,
            forms=FormBoxes(gateway),
            country=issuing.country,
        ),
        documents=_documents(node, settings, certificates),
        claims=_claims(gateway, issuing),
        outages=Outages(
            applications=applications,
            certificates=certificates,
            exporters=exporters,
            officers=officers,
        ),
        registers=_registers(certificates, officers, works=works),
        evidence=_evidence(node, certificates),
        retention=_retention(certificates, works=works, country=issuing.country),
        tariffs=Tariffs(),
        inbound=Inbound(
            works=works, certificates=Hearing(country=issuing.country, first_certificates=firsts)
        ),
        gateway=gateway,
    )


def _desks_of_proof(
    registry: Registry, exporters: Exporters, confidentiality: Confidentiality
) -> tuple[Products, Suppliers, Determinations]:
    """Open the desks whose papers a determination rests on, and that of determinations."""
    editions = load_editions()
    products = Products(editions=editions)
    suppliers = Suppliers(registry=registry, editions=editions)
    determinations = Determinations(
        registry=registry,
        editions=editions,
        exporters=exporters,
        products=products,
        suppliers=suppliers,
        confidentiality=confidentiality,
    )
    products.connect(determinations.staleness)
    suppliers.connect(determinations.staleness)
    return products, suppliers, determinations


def _cost_statements(
    determinations: Determinations, *, products: Products, exporters: Exporters, grounds: Grounds
) -> CostStatements:
    """Open the desk of producers' statements; whoever rests on them hears of their end."""
    statements = CostStatements(
        determinations=determinations, exporters=exporters, products=products
    )
    determinations.staleness.connect(statements)
    statements.connect(grounds)
    return statements


@contextmanager
def opened(
    config: Path, *, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[Node, Office]]:
    """Open a node and its office from the node's file of settings; closed when the block ends.

    Raises:
        ConfigurationError: a file of the node is wrong.
        SettingsError: a setting of the office is wrong.
        PackError: a pack of rules is broken.

    """
    settings = load_settings(config, environment=environment)
    beside = load_office_settings(config.parent, environment=environment)
    doorbell = Doorbell()
    node = build_node(settings, listeners=(doorbell,))
    try:
        packs = load_packs(config.parent / beside.rules.folder)
        office = build_office(node, beside, registry=packs)
        doorbell.connect(office.inbound)
        office.works.do(office.access.reseal)
        yield node, office
    finally:
        node.close()


def own_issuer(node: Node) -> Issuer:
    """Return this node as an issuer that others may trust."""
    return Issuer.of(node.settings.authority, node.signer.certificate_der)


def _claims(gateway: Gateway, issuing: IssuingOffice) -> Claims:
    feedback = FeedbackSender(gateway, office=issuing.name)
    return Claims(received=Register(gateway), feedback=feedback)


def _documents(node: Node, settings: OfficeSettings, certificates: Certificates) -> Documents:
    written, folder = settings.documents, node.settings.file.parent
    trust = load_trust(folder / written.trust).joined((own_issuer(node),))
    return Documents(
        certificates=certificates,
        printer=Printing(node.gateway, Copies(node.own, node.signer)),
        checker=Checker(trust, SealedXml()),
        key=node.signer,
        authority=node.settings.authority,
        public_address=written.public_address,
        stamps=timestamper(written.timestamp_url) if written.timestamp_url else None,
    )


def _evidence(node: Node, certificates: Certificates) -> Evidence:
    return Evidence(
        certificates=certificates,
        exchange=ExactBytes(node.gateway),
        key=node.signer,
        authority=node.settings.authority,
    )


def _retention(certificates: Certificates, *, works: Works, country: str) -> Retention:
    periods = load_periods(country)
    return Retention(periods=periods, certificates=certificates, zone=works.zone)


def _registers(certificates: Certificates, officers: Officers, *, works: Works) -> Registers:
    return Registers(numbering=certificates.numbering, officers=officers, zone=works.zone)


def _clocks(gateway: Gateway, country: str) -> Clocks:
    return Clocks(load_procedure(country), gateway.calendar(country), country)


def _issuing_office(node: Node, settings: OfficeSettings) -> IssuingOffice:
    written, own = settings.office, node.own
    return IssuingOffice(
        code=written.code or f"{own.country}01",
        name=written.name or own.name,
        country=own.country,
        place=written.place or own.country,
        zone=written.zone or own.content.zone,
        number_pattern=written.number_pattern,
    )
