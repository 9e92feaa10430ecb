"""Brokers: for which company they act in this browser, and where they choose it."""

from __future__ import annotations

from ooms.portal.visit import Visit

CHOOSE = "/company/choose"
_BROKER = "BROKER"


def must_choose(visit: Visit) -> bool:
    """Tell whether a broker has not said for which company he acts, or it lets him no longer."""
    return visit.role == _BROKER and not company_of(visit)


def company_of(visit: Visit) -> str:
    """Return the name of the company that a broker acts for; nothing for a company's own people."""
    return visit.who.acts_for if visit.who else ""
