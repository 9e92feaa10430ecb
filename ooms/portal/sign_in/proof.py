"""Prove again who one is: asked before what can hardly be taken back, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from ooms.portal.client import Refused
from ooms.portal.forms import Form, fresh_key
from ooms.portal.sign_in.door import Kept, kept_of, providers
from ooms.portal.visit import TheForm, TheVisit, Visit, inside

router = APIRouter(include_in_schema=False)

PATH = "/account/proof"
#: The interface's code where a proof is due.
CODE = "AUT-PROOF"
#: What the page is shown again for.
AGAIN = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS)


@router.get(PATH)
async def ask(visit: TheVisit, back: str = "/account") -> Response:
    """Ask for a proof before anything was sent."""
    return await proof_page(visit, Form.of(), back=inside(back, "/account"))


@router.post(PATH)
async def prove(form: TheForm, visit: TheVisit) -> Response:
    """Take the proof, and hand back what waited for it."""
    kept, back = kept_of(form), inside(form["back"], "/account")
    try:
        await visit.api.post(PATH, _shown(form), key=fresh_key())
    except Refused as refused:
        if refused.status not in AGAIN:
            raise
        return await proof_page(
            visit, form.refuse(refused), back=back, kept=kept, status=refused.status
        )
    return go_on(visit, back=back, kept=kept, proven=True)


def go_on(visit: Visit, *, back: str, kept: Kept, proven: bool) -> Response:
    """Go on to a page, or hand back the form that waits to be sent there."""
    if not kept:
        return visit.go(back)
    return visit.page("sign_in/go_on.html", back=back, kept=kept, proven=proven)


async def proof_page(  # noqa: PLR0913  # what the page shows, each by its name
    visit: Visit,
    form: Form,
    *,
    back: str,
    kept: Kept = (),
    lost_file: bool = False,
    status: int = HTTPStatus.OK,
) -> Response:
    """Show the page that asks for a proof, with what waits for it."""
    factor = await visit.api.get("/account/second-factor")
    by_passkey = await _challenge(visit)
    return visit.page(
        "sign_in/proof.html",
        status=status,
        form=form,
        back=back,
        kept=kept,
        lost_file=lost_file,
        has_app=factor["is_set_up"],
        # The password was shown already: beside it counts what he holds.
        takes_password=factor["is_shown"] or not factor["is_held"],
        has_codes=(await visit.api.get("/account/factors"))["recovery_codes_left"] > 0,
        providers=await providers(visit),
        **by_passkey,
    )


async def _challenge(visit: Visit) -> dict[str, Any]:
    """Draw a challenge for the visitor's passkeys; nothing where none can be used."""
    origin = (await visit.api.get("/passkeys"))["origin"]
    has_passkeys = origin and (await visit.api.get("/account/passkeys"))["items"]
    if not has_passkeys:
        return {"origin": "", "options": {}}
    begun = await visit.api.post("/account/proof/challenge", key=fresh_key())
    return {"origin": origin, "options": begun["options"]}


def _shown(form: Form) -> Mapping[str, str]:
    shown = {
        "password": form.fields.get("password", ""),
        "code": form["code"],
        "recovery_code": form["recovery_code"],
    }
    return {name: text for name, text in shown.items() if text}
