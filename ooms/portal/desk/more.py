"""Where the desk's other lists are: one page of doors, those that each role may open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ooms.portal.languages import N_
from ooms.portal.navigation import Door
from ooms.portal.visit import TheVisit

router = APIRouter(include_in_schema=False)

_COMPANIES = Door("/desk/companies", N_("Companies"))
_APPLICANTS = Door("/desk/applicants", N_("Lists of applicants"))
_ERRORS = Door("/desk/error-notices", N_("Notices of errors"))
_CONSENTS = Door("/desk/consents", N_("Consents to releases"))
_BLOCKS = Door("/desk/number-blocks", N_("Numbers set aside for outages"))
_APPROVALS = Door("/desk/approvals", N_("Applications for approval as exporter"))
_APPROVED = Door("/desk/approved", N_("Approved exporters"))
_REFUSALS = Door("/desk/refusals", N_("Refusals of all offices"))
_DENIALS = Door("/desk/denials", N_("Denied by partners"))
_FIRST = Door("/desk/first-certificates", N_("First certificates"))
_LEDGER = Door("/border/ledger", N_("Ledger of received certificates"))
_RULINGS = Door("/rulings", N_("Advance rulings"))
_REGISTER = Door("/desk/register", N_("Register of certificates"))
_DAYS = Door("/desk/daily-lists", N_("Lists of each day"))
_OFFICES = Door("/operator/offices", N_("Offices and officers"))
_KEPT = Door("/operator/retention", N_("Retention and holds"))
_ROUTING = Door("/border/routing", N_("How claims are routed"))
#: What officers and supervisors both look up.
_SHARED = (
    *(_COMPANIES, _APPLICANTS, _APPROVALS, _APPROVED, _ERRORS, _CONSENTS, _BLOCKS, _REFUSALS),
    *(_DENIALS, _LEDGER, _RULINGS, _REGISTER, _DAYS, _OFFICES),
)
DOORS: Mapping[str, Sequence[Door]] = {
    "OFFICER": (*_SHARED, _FIRST),
    "SUPERVISOR": (*_SHARED, _KEPT, _ROUTING),
    "IMPORT_OFFICER": (_LEDGER, _ROUTING, _RULINGS),
    "AUDITOR": (
        *(_COMPANIES, _APPLICANTS, _APPROVALS, _APPROVED, _CONSENTS, _BLOCKS, _REFUSALS),
        *(_RULINGS, _REGISTER, _DAYS, _OFFICES, _KEPT, _ROUTING),
    ),
}


@router.get("/desk/more")
async def more(visit: TheVisit) -> HTMLResponse:
    """Show the other lists of the desk."""
    role = visit.role
    return visit.page("desk/more.html", others=DOORS.get(role, ()))
