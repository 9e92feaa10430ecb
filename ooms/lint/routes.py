"""Lint over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.determinations.routes import TheWords
from ooms.lint.schemas import FormOut, FormsOut, LintOut
from ooms.lint.service import Lint

router = APIRouter(tags=["certificates"])
Desk = Annotated[Lint, from_office("lint")]


@router.get("/forms")
def forms(*, call: TheCall, desk: Desk) -> FormsOut:
    """List the forms on which certificates are asked for, with their boxes and countries."""
    found = call.read(Action.SEE_APPLICATION, lambda work, _by: desk.forms(work))
    return FormsOut(items=tuple(FormOut.of(one) for one in found))


@router.get("/applications/{application_id}/lint")
def lint(application_id: str, *, call: TheCall, desk: Desk, words: TheWords) -> LintOut:
    """Judge what would be issued, box by box, storing nothing; a draft too."""
    return call.read(
        Action.SEE_APPLICATION,
        lambda work, by: LintOut.of(desk.report(work, application_id, by=by), words),
    )
