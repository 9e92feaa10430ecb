"""For which company a page is: one's own, or the one that a broker chose."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from ooms.portal.brokers import CHOOSE, must_choose
from ooms.portal.forms import Form
from ooms.portal.visit import COMPANY, TheForm, TheVisit, inside

router = APIRouter(include_in_schema=False)

HOME = "/company"


@router.get(HOME)
async def home(visit: TheVisit) -> Response:
    """Begin where the work is: at the first door that the visitor finds."""
    if must_choose(visit):
        return visit.go(CHOOSE)
    return visit.go(visit.doors()[0].path)


@router.get(CHOOSE)
async def choose(visit: TheVisit, back: str = "") -> HTMLResponse:
    """Ask for which company a broker acts now."""
    companies = (await visit.api.get("/account/companies"))["items"]
    chosen = {"company": visit.request.cookies.get(COMPANY, "")}
    form = Form.of(chosen)
    return visit.page("company/choose.html", companies=companies, form=form, back=back)


@router.post(CHOOSE)
async def chosen(form: TheForm, visit: TheVisit) -> Response:
    """Remember the company in this browser, if its delegation holds."""
    companies = (await visit.api.get("/account/companies"))["items"]
    if form["company"] not in {one["company_id"] for one in companies}:
        return visit.go(CHOOSE)
    answer = visit.go(inside(form["back"], HOME))
    secure = visit.request.url.scheme == "https"
    answer.set_cookie(COMPANY, form["company"], httponly=True, samesite="lax", secure=secure)
    return answer
