"""Recovery codes on the own account, and what was lost: shown once, kept by their owner."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from ooms.portal.forms import Form
from ooms.portal.visit import TheForm, TheVisit, Visit

router = APIRouter(include_in_schema=False)

PATH = "/account/recovery-codes"


@router.get(PATH)
async def explain(visit: TheVisit) -> Response:
    """Tell what recovery codes are for, and how many are left."""
    return await _page(visit, Form.of())


@router.post(PATH)
async def make(form: TheForm, visit: TheVisit) -> Response:
    """Draw codes and show them this once; those before let nobody in any more."""
    drawn = await visit.api.post(PATH, key=form.key)
    return await _page(visit, Form.of(), codes=drawn["codes"])


@router.post("/account/second-factor/removal")
async def drop_app(form: TheForm, visit: TheVisit) -> Response:
    """Take the own authenticator app away, so that another can be set up."""
    await visit.api.post("/account/second-factor/removal", key=form.key)
    return visit.go("/account", done="factor-removed")


async def _page(visit: Visit, form: Form, *, codes: Sequence[str] = ()) -> Response:
    return visit.page(
        "sign_in/recovery_codes.html",
        form=form,
        factors=await visit.api.get("/account/factors"),
        is_shown=(await visit.api.get("/account/second-factor"))["is_shown"],
        codes=codes,
    )
