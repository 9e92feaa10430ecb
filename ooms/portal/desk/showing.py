"""One application with everything that its checks and its decision rest on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.responses import HTMLResponse

from ooms.portal.client import Document, Refused
from ooms.portal.desk import words
from ooms.portal.desk.fields import named
from ooms.portal.forms import Form
from ooms.portal.products import words as goods
from ooms.portal.visit import Visit
from ooms.portal.words import STATES

#: What is read about every application, by the name that the template knows it by.
_PARTS: Mapping[str, str] = {
    "history": "/history",
    "checks": "/checks",
    "grounds": "/grounds",
    "warned": "/warnings",
    "registers": "/crosschecks",
    "completions": "/completions",
    "changes": "/changes",
    "visits": "/site-checks",
    "lint": "/lint",
}
#: A right that the caller lacks and a thing that is not there are both nothing to show.
_NOTHING = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


async def show(
    visit: Visit, application_id: str, *, form: Form | None = None, refused: Refused | None = None
) -> HTMLResponse:
    """Show an application, or show it again with what was refused of a form on it."""
    facts = await facts_of(visit, application_id)
    return visit.ask("desk/application.html", form or Form.of(), refused, **facts)


async def facts_of(visit: Visit, application_id: str) -> dict[str, Any]:
    """Read an application and what it rests on, as far as the caller may see it."""
    path = f"/applications/{application_id}"
    application = await visit.api.get(path)
    parts = await asyncio.gather(
        *(or_nothing(visit.api.get(f"{path}{part}")) for part in _PARTS.values())
    )
    company = f"/exporters/{application['exporter_id']}"
    exporter, account, cards, officers, procedure, forms, waiver, judged = await asyncio.gather(
        visit.api.get(company),
        or_nothing(visit.api.get(f"{company}/account")),
        visit.api.get(f"{company}/signatories"),
        visit.api.get("/officers"),
        visit.api.get("/procedure"),
        visit.api.get("/forms"),
        or_nothing(visit.api.get(f"/approvals/waivers/{application_id}")),
        _determinations(visit, application["content"]["lines"]),
    )
    form = _form_of(application["content"], forms["items"])
    changes = dict(zip(_PARTS, parts, strict=True))
    return changes | {
        "application": application,
        "content": application["content"],
        "exporter": exporter,
        "account": account,
        "cards": cards["items"],
        "officers": {one["user_id"]: one["name"] for one in officers["items"]},
        "choice": tuple(one for one in officers["items"] if one["is_let_in"]),
        "procedure": procedure,
        "reasons": _reasons(procedure),
        "boxes": form["boxes"] if form else (),
        "form_title": form["title"] if form else application["content"]["form_type"],
        "waiver": waiver,
        "judged": judged,
        "changed": _changed(changes["changes"]),
        "is_mine": visit.who is not None and application["officer_id"] == visit.who.id,
        "states": STATES,
        "words": words,
        "goods_words": goods,
    }


async def or_nothing(asked: Awaitable[Any]) -> Any:
    """Return what the interface answers; None where it is not there, or not the caller's to see."""
    try:
        return await asked
    except Refused as refused:
        if refused.status in _NOTHING:
            return None
        raise


async def _determinations(visit: Visit, lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    cited = tuple(dict.fromkeys(one["determination_id"] for one in lines))
    wanted = tuple(one for one in cited if one)
    found = await asyncio.gather(
        *(or_nothing(visit.api.get(f"/determinations/{one}")) for one in wanted)
    )
    return {key: one for key, one in zip(wanted, found, strict=True) if one is not None}


def _reasons(procedure: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
    """Return the words of the reasons for a completion, and of those for a refusal."""
    return {
        kind: {one["code"]: one["title"] for one in procedure[f"{kind}_reasons"]}
        for kind in ("completion", "refusal")
    }


def _form_of(content: Mapping[str, Any], forms: Sequence[Mapping[str, Any]]) -> Any:
    wanted = content["agreement"], content["form_type"]
    return next((one for one in forms if (one["agreement"], one["form_type"]) == wanted), None)


def _changed(changes: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], ...]:
    """Name the field of each change in words."""
    items = changes["items"] if changes else ()
    return tuple(Document({**one, "field": named(one["pointer"])}) for one in items)
