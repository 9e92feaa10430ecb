"""Companies at this office: the list, the page of one, and registering another."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from ooms.portal.client import Refused
from ooms.portal.code_words import ERRORS, GROUNDS, LISTS, PURPOSES
from ooms.portal.days import today_of
from ooms.portal.desk import words
from ooms.portal.desk.consents import with_standing
from ooms.portal.desk.showing import or_nothing
from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit
from ooms.portal.words import STATES

router = APIRouter(include_in_schema=False)

LIST = "/desk/companies"
_NEW = "desk/company_new.html"
#: Rows of the list; the account of each is asked for.
_MOST = 25
#: Rows of each list on a company's page; the newest, the rest is a list of its own.
_LATEST = 10


@router.get(LIST)
async def companies(
    visit: TheVisit,
    *,
    words_of: Annotated[str, Query(alias="words", max_length=100)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HTMLResponse:
    """List companies, the newest first; by words of the name or number, and by standing."""
    given = {"words": words_of, "state": state}
    found = await visit.api.get("/exporters", **given, cursor=cursor, limit=_MOST)
    accounts = await asyncio.gather(
        *(or_nothing(visit.api.get(f"/exporters/{one['id']}/account")) for one in found["items"])
    )
    return visit.page(
        "desk/companies.html",
        form=Form.of(given),
        companies=found["items"],
        following=found["next"],
        filters={name: one for name, one in given.items() if one},
        standings={one["company_id"]: one["state"] for one in accounts if one},
        words=words,
    )


@router.get(LIST + "/new")
async def new(visit: TheVisit) -> HTMLResponse:
    """Ask who is to be registered."""
    return visit.page(_NEW, form=Form.of())


@router.post(LIST + "/new")
async def register(form: TheForm, visit: TheVisit) -> Response:
    """Register a company, and go to it."""
    body = {"signatory": {}} | form.body()
    try:
        registered = await visit.api.post("/exporters", body, key=form.key)
    except Refused as refused:
        return visit.refuse(_NEW, form, refused)
    return visit.go(f"{LIST}/{registered['id']}", done="company-registered")


@router.get(LIST + "/{exporter_id}")
async def company(exporter_id: str, visit: TheVisit) -> HTMLResponse:
    """Show a company: its account, who signs and acts for it, and what it has here."""
    return await show(visit, exporter_id)


async def show(
    visit: Visit, exporter_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    """Show a company, or show it again with what was refused of a form on it."""
    facts = await _facts(visit, exporter_id)
    return visit.ask("desk/company.html", form or Form.of(), refused, **facts)


async def _facts(visit: Visit, exporter_id: str) -> dict[str, Any]:
    path, today = f"/exporters/{exporter_id}", today_of(visit)
    found = await visit.api.get(path)
    account, sites, cards, delegations, events = await asyncio.gather(
        *(visit.api.get(f"{path}{part}") for part in _OWN_PARTS)
    )
    return await _elsewhere(visit, exporter_id, year=today.year) | {
        "company": found,
        "account": account,
        "sites": sites["items"],
        "cards": cards["items"],
        "delegations": delegations["items"],
        "brokers": {
            one["facts"]["delegation"]: one["facts"]["broker"]
            for one in events["items"]
            if one["what"] == "delegated"
        },
        "events": tuple(reversed(events["items"])),
        "year": today.year,
        "words": words,
        "states": STATES,
        "purposes": PURPOSES,
        "errors": ERRORS,
        "lists": LISTS,
        "grounds": GROUNDS,
    }


#: What is kept about a company at its own desk.
_OWN_PARTS = ("/account", "/sites", "/signatories", "/delegations", "/history")


async def _elsewhere(visit: Visit, exporter_id: str, *, year: int) -> dict[str, Any]:
    """Read what other desks have of a company; nothing of what is not the caller's to see."""
    asked = {"exporter_id": exporter_id}
    approvals, applications, consents, figures, stated, scheme = await asyncio.gather(
        or_nothing(visit.api.get("/approved-exporters", **asked, limit=_LATEST)),
        or_nothing(visit.api.get("/applications", **asked, limit=_LATEST)),
        or_nothing(visit.api.get("/consents", **asked, limit=_LATEST)),
        or_nothing(visit.api.get("/approvals/figures", **asked, year=year)),
        or_nothing(visit.api.get("/approvals/facts", **asked)),
        or_nothing(visit.api.get("/approved-exporters/scheme")),
    )
    return {
        "approvals": approvals["items"] if approvals else (),
        "applications": applications["items"] if applications else (),
        "consents": with_standing(visit, consents["items"] if consents else ()),
        "figures": figures,
        "stated": stated["items"] if stated else (),
        "fact_codes": _fact_codes(scheme),
    }


def _fact_codes(scheme: Any) -> tuple[str, ...]:
    """Name the codes that a fact may carry: the laws of convictions, the grades of operators."""
    lists = scheme["scheme"]["lists"] if scheme else None
    return (*lists["convictions"]["laws"], *lists["waiver"]["grades"]) if lists else ()
