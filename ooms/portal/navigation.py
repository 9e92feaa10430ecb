"""Which doors each role finds at the head of every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ooms.portal.languages import N_


@dataclass(frozen=True, slots=True)
class Door:
    """A link at the head of the page."""

    path: str
    words: str
    #: What a company has to let a broker do, so that no refusal waits behind the door.
    scope: str = ""


_COMPANY = (
    Door("/company/applications", N_("Applications"), "CERTIFICATES"),
    Door("/company/certificates", N_("Certificates"), "CERTIFICATES"),
    Door("/company/products", N_("Products"), "GOODS"),
    Door("/company/suppliers", N_("Suppliers"), "GOODS"),
    Door("/company/compliance", N_("Self-check")),
)
_RULINGS = Door("/rulings", N_("Advance rulings"), "CERTIFICATES")
_QUEUE = Door("/desk/queue", N_("Queue"))
_ISSUED = Door("/desk/certificates", N_("Certificates"))
_REQUESTS = Door("/desk/verifications", N_("Requests of partners"))
_CLAIMS = Door("/border/claims", N_("Claims"))
_CASES = Door("/border/verifications", N_("Verification cases"))
_PAPER = Door("/border/paper", N_("Check a paper"))
_INQUIRIES = Door("/company/inquiries", N_("Inquiries"))
_PARTNERS = Door("/operator/partners", N_("Partners"))
_MESSAGES = Door("/operator/messages", N_("Messages"))
_HEALTH = Door("/operator/health", N_("Diagnostics"))
_PEOPLE = Door("/operator/users", N_("Users"))
_COMPANIES = Door("/desk/companies", N_("Companies"))
_FIGURES = Door("/figures", N_("Figures"))
_OFFICES = Door("/operator/offices", N_("Offices"))
_KEPT = Door("/operator/retention", N_("Retention"))
_MORE = Door("/desk/more", N_("More lists"))
_TRAIL = Door("/operator/trail", N_("Audit trail"))
#: Where people arrive who do not begin at the first door of their role.
_ARRIVALS: Mapping[str, str] = {"BROKER": "/company"}
#: The first door of a role is the page on which its people arrive.
DOORS: Mapping[str, Sequence[Door]] = {
    "EXPORTER": (*_COMPANY, _INQUIRIES, _RULINGS),
    "BROKER": (*_COMPANY, _RULINGS),
    "PRODUCER": (Door("/company/cost-statements", N_("Cost statements")), _INQUIRIES),
    "OFFICER": (_QUEUE, _ISSUED, _REQUESTS, _MORE, _FIGURES),
    "SUPERVISOR": (_QUEUE, _ISSUED, _REQUESTS, _CASES, _MORE, _FIGURES),
    "IMPORT_OFFICER": (_CLAIMS, _CASES, _PAPER, _FIGURES),
    "PARTNER_DESK": (_PARTNERS, _MESSAGES, _KEPT, _FIGURES),
    "OPERATOR": (_PARTNERS, _MESSAGES, _HEALTH, _PEOPLE, _COMPANIES, _OFFICES, _FIGURES),
    "AUDITOR": (_TRAIL, Door("/desk/certificates", N_("Certificates")), _MORE, _FIGURES),
}


def doors_of(role: str) -> Sequence[Door]:
    """Return the doors of a role; a guest has none."""
    return DOORS.get(role, ())


def first_page(role: str) -> str:
    """Return where somebody of a role arrives after signing in."""
    doors = doors_of(role)
    return _ARRIVALS.get(role) or (doors[0].path if doors else "/account")
