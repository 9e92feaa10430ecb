"""The list of applications, and how one is begun: anew, or from an earlier one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.brokers import CHOOSE, company_of, must_choose
from ooms.portal.client import Refused
from ooms.portal.company.drafts import PATH
from ooms.portal.company.words import KINDS, MOVES
from ooms.portal.forms import Form, unfit
from ooms.portal.languages import N_
from ooms.portal.visit import TheForm, TheVisit, Visit
from ooms.portal.words import EXCHANGE, STATES

router = APIRouter(include_in_schema=False)

_ISSUED = "ISSUED"
#: In the order in which an application passes through them.
_FILTER = (
    "DRAFT",
    "SUBMITTED",
    "UNDER_REVIEW",
    "COMPLETION_REQUESTED",
    "ON_SITE_CHECK",
    "APPROVED",
    "ISSUED",
    "REFUSED",
    "RETURNED",
    "WITHDRAWN",
)
#: What an application takes over from the one it is copied from.
_COPIED = ("agreement", "form_type", "import_country", "buyer", "lines", "transport", "producer")


@router.get(PATH)
async def applications(visit: TheVisit, state: str = "", cursor: str = "") -> Response:
    """List the applications of the company, the newest first."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    wanted = state if state in _FILTER else ""
    page = await visit.api.get("/applications", state=wanted, cursor=cursor)
    return visit.page(
        "company/applications.html",
        listed=page["items"],
        next=page["next"],
        certificates=await _certificates(visit, page["items"]),
        form=Form.of({"state": wanted}),
        states=[(code, STATES[code]) for code in _FILTER],
        company=company_of(visit),
        words={"state": STATES, "move": MOVES, "kind": KINDS, "exchange": EXCHANGE},
    )


@router.get(f"{PATH}/new")
async def ask_country(visit: TheVisit, country: str = "", determination: str = "") -> HTMLResponse:
    """Ask where the goods go, and then under which agreement."""
    cited = await visit.api.get(f"/determinations/{determination}") if determination else None
    to = cited["importing_party"] if cited else country
    chosen = {"country": to, "form": _form_of(cited, await _forms(visit)) if cited else ""}
    form, refused = Form.of(chosen), None
    if not to and "country" in visit.request.query_params:
        refused = unfit(N_("Choose the country."), "country")
    return await _ask(visit, form, country=to, determination=determination, refused=refused)


@router.post(f"{PATH}/new")
async def begin(form: TheForm, visit: TheVisit) -> Response:
    """Keep a draft at once, with nothing in it but where it goes."""
    agreement, _, form_type = form["form"].partition("/")
    body = {"agreement": agreement, "form_type": form_type, "import_country": form["country"]}
    try:
        if not form_type:
            raise unfit(N_("Choose the agreement."), "form")
        kept = await visit.api.post("/applications", body, key=form.key)
    except Refused as refused:
        return await _ask(visit, form, country=form["country"], refused=refused)
    query = f"/goods/0?determination={form['determination']}" if form["determination"] else ""
    return visit.go(f"{PATH}/{kept['id']}{query}", done="" if query else "draft-kept")


@router.get(f"{PATH}/copy")
async def choose_earlier(visit: TheVisit, cursor: str = "") -> HTMLResponse:
    """Show the earlier applications that one may be copied from."""
    page = await visit.api.get("/applications", cursor=cursor)
    items = [one for one in page["items"] if one["content"]["kind"] == "NEW"]
    return visit.page(
        "company/copy.html",
        listed=items,
        next=page["next"],
        form=Form.of(),
        words={"state": STATES},
    )


@router.post(PATH + "/{application_id}/copy")
async def copy(application_id: str, form: TheForm, visit: TheVisit) -> Response:
    """Begin a draft with what an earlier application says of buyer, goods and transport.

    Invoices, days of shipment and export declarations are each shipment's own.
    """
    earlier = await visit.api.get(f"/applications/{application_id}")
    content = {member: earlier["content"][member] for member in _COPIED}
    if content["transport"]:
        content["transport"] = content["transport"] | {"departure_date": None, "voyage": None}
    kept = await visit.api.post("/applications", content, key=form.key)
    return visit.go(f"{PATH}/{kept['id']}", done="draft-copied")


async def _certificates(visit: Visit, items: list[Any]) -> dict[str, Any]:
    issued = [one["id"] for one in items if one["state"] == _ISSUED]
    if not issued:
        return {}
    page = await visit.api.get("/certificates", application_id=issued, limit=200)
    return {one["application_id"]: one for one in reversed(page["items"])}


async def _forms(visit: Visit) -> list[Any]:
    forms: list[Any] = (await visit.api.get("/forms"))["items"]
    return forms


def _form_of(cited: Any, forms: list[Any]) -> str:
    fits = (one for one in forms if one["agreement"] == cited["agreement"])
    return next((f"{one['agreement']}/{one['form_type']}" for one in fits), "")


async def _ask(
    visit: Visit,
    form: Form,
    *,
    country: str,
    determination: str = "",
    refused: Refused | None = None,
) -> HTMLResponse:
    forms = await _forms(visit)
    countries = sorted({one for each in forms for one in each["import_countries"]})
    return visit.ask(
        "company/new.html",
        form,
        refused,
        countries=countries,
        country=country,
        forms=[one for one in forms if country in one["import_countries"]],
        determination=determination or form["determination"],
    )
