"""The application: the routes of all desks under /api/v1, the public pages, and the probes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI

from ooms.access import routes as sessions
from ooms.access.lane import Lane
from ooms.applications import routes as applications
from ooms.approvals import pages as public_approvals
from ooms.approvals import routes as approvals
from ooms.audit import routes as trail
from ooms.back_to_back import routes as first_certificates
from ooms.bill_imports import routes as bill_imports
from ooms.certificates import pages as public_certificates
from ooms.certificates import routes as certificates
from ooms.claims import routes as claims
from ooms.company_letters import routes as company_letters
from ooms.compliance import routes as compliance
from ooms.consents import routes as consents
from ooms.cost_statements import routes as cost_statements
from ooms.crosschecks import routes as crosschecks
from ooms.decisions.routes import deciding as decisions
from ooms.decisions.routes import prior_notices
from ooms.denials import routes as denials
from ooms.determinations import routes as determinations
from ooms.documents import pages as public_documents
from ooms.documents import routes as documents
from ooms.error_notices import routes as error_notices
from ooms.exchanges import routes as exchanges
from ooms.exporters import routes as exporters
from ooms.handbook import pages as handbook
from ooms.ledger import routes as ledger
from ooms.lint import routes as lint
from ooms.listings import routes as listings
from ooms.materials import routes as materials
from ooms.officers import routes as officers
from ooms.outages import routes as outages
from ooms.passkeys import routes as passkeys
from ooms.people import routes as people
from ooms.portal import problems as page_problems
from ooms.portal.areas import AREAS
from ooms.portal.static_files import StaticPages
from ooms.procedures import routes as procedures
from ooms.products import routes as products
from ooms.reach import routes as reach
from ooms.refusals import routes as refusals
from ooms.registers import routes as registers
from ooms.retention import routes as retention
from ooms.risk import routes as risk
from ooms.rulings import pages as public_rulings
from ooms.rulings import routes as rulings
from ooms.sign_on import routes as sign_on
from ooms.site_checks import routes as site_checks
from ooms.statistics import routes as statistics
from ooms.suppliers import routes as suppliers
from ooms.tariffs import routes as tariffs
from ooms.training import routes as training
from ooms.verifications.routes import asking as verifications
from ooms.verifications.routes import deciding as verification_decisions
from ooms.verifications.routes import importer as verified_importers
from ooms.verifications.routes import inquiries
from ooms.verifications.routes import letters as verification_letters
from ooms.verifications.routes import received as received_verifications
from ooms.watch import routes as watch
from ooms.web import description, pages, problems
from ooms.web.frame import API, Frame
from ooms.web.rate_limit import RateLimit
from ooms.web.signpost import Signpost

_TITLE = "OOMS"
_SUMMARY = "The office of certificates of origin: for exporters' and officers' programs."
STATIC = Path(page_problems.__file__).parent / "static"

#: Every desk, in the order in which its routes are described.
DESKS = (
    sessions,
    sign_on,
    passkeys,
    people,
    trail,
    exporters,
    procedures,
    officers,
    approvals,
    public_approvals,
    listings,
    compliance,
    company_letters,
    refusals,
    tariffs,
    bill_imports,
    products,
    materials,
    suppliers,
    determinations,
    cost_statements,
    consents,
    applications,
    site_checks,
    crosschecks,
    certificates,
    public_certificates,
    first_certificates,
    lint,
    reach,
    error_notices,
    documents,
    public_documents,
    outages,
    registers,
    retention,
    claims,
    received_verifications,
    inquiries,
    verification_letters,
    verification_decisions,
    verified_importers,
    verifications,
    decisions,
    prior_notices,
    denials,
    statistics,
    ledger,
    watch,
    risk,
    rulings,
    public_rulings,
    handbook,
    exchanges,
    training,
)


class _App(FastAPI):
    """An application of an office: all are described alike, for they have the same routes."""

    def openapi(self) -> dict[str, Any]:
        """Return the description."""
        return _description()


def make_app(office: Any) -> FastAPI:
    """Make the application of an office: `ooms.bootstrap.Office`, or whatever has its parts."""
    app = _App(
        title=_TITLE,
        version=description.VERSION,
        openapi_url=None,  # one of the routes
        docs_url=None,
        redoc_url=None,
    )
    app.state.office = office
    app.state.lane = Lane(width=office.settings.http.checks_at_once)
    app.state.rate_limit = RateLimit(most=office.settings.public.lookups_a_minute)
    app.add_middleware(Frame)
    problems.install(app, busy=office.busy)
    page_problems.install(app)
    app.router = _routes()
    return app


@cache
def _description() -> dict[str, Any]:
    return description.description_of(_routes().routes, title=_TITLE, summary=_SUMMARY)


@cache
def _routes() -> Signpost:
    """Prepare the routes once a process; each finds its office by the request's application.

    A desk is included straight away: within a second router its routes are prepared twice.
    """
    routes = APIRouter()
    for desk in DESKS:
        routes.include_router(desk.router, prefix=API)
    routes.include_router(description.router, prefix=API)
    for shown in (pages, *AREAS):
        routes.include_router(shown.router)
    routes.mount("/static", StaticPages(directory=STATIC), name="static")
    return Signpost(routes.routes)
