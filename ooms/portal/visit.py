"""One visit to a page: who comes, in which language, and what he is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ooms.languages.catalogues import preferred
from ooms.portal.client import Caller, Interface, Refused
from ooms.portal.forms import MOST_FIELDS, Form
from ooms.portal.languages import LANGUAGES, NAMES
from ooms.portal.navigation import Door, doors_of
from ooms.portal.origin_check import is_from_here
from ooms.portal.rendering import environment
from ooms.portal.words import DONE

SESSION = "session"
LANGUAGE = "language"
COMPANY = "company"
_BROKER = "BROKER"
_NO_STORE = {"Cache-Control": "no-store"}


class SignInNeeded(Exception):  # noqa: N818  # no failure: the way to a page leads past the door
    """Nobody is signed in, or no longer; what was sent with a form is kept for afterwards."""

    def __init__(self, kept: Form | None = None) -> None:
        self.kept = kept
        super().__init__("sign in first")


class ForeignFormError(Exception):
    """A form was sent from another site; open the page here and send it again."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in."""

    id: str
    login: str
    name: str
    role: str
    exporter_id: str | None
    #: The company that a broker chose and that lets him act for it; nothing for others.
    acts_for: str = ""
    #: What that company lets the broker do; None for whoever acts for nobody else.
    scopes: frozenset[str] | None = None

    def may(self, scope: str) -> bool:
        """Tell whether doors to what a scope lets one do are worth showing: no refusal behind."""
        return self.scopes is None or scope in self.scopes


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page, and the means to answer it."""

    request: Request
    api: Interface
    language: str
    who: Visitor | None = None

    @property
    def role(self) -> str:
        """The role of who is signed in; empty where nobody is."""
        return self.who.role if self.who else ""

    def page(self, template: str, *, status: int = HTTPStatus.OK, **facts: Any) -> HTMLResponse:
        """Show a page; nobody between here and the reader keeps it.

        With a refused form it is written twice: its fields say what they are called while they
        are written, and the summary above them names them so.
        """
        shown = self._written(template, facts)
        if any(isinstance(one, Form) and one.refused for one in facts.values()):
            shown = self._written(template, facts)
        return HTMLResponse(shown, status, headers=_NO_STORE)

    def _written(self, template: str, facts: Mapping[str, Any]) -> str:
        office = self.request.app.state.office.issuing
        return (
            environment(self.language)
            .get_template(template)
            .render(
                visit=self,
                who=self.who,
                office=office,
                zone=office.zone,
                languages=NAMES,
                doors=self.doors(),
                path=self.request.url.path,
                done=DONE.get(self.request.query_params.get("done", ""), ""),
                **facts,
            )
        )

    def doors(self) -> Sequence[Door]:
        """Return the doors at the head of the page: those behind which no refusal waits."""
        if self.who is None:
            return ()
        every = doors_of(self.who.role)
        return [one for one in every if not one.scope or self.who.may(one.scope)]

    def refuse(self, template: str, form: Form, refused: Refused, **facts: Any) -> HTMLResponse:
        """Show a form again as it was filled in, with what is wrong with it.

        Raises:
            Refused: it is not about the form: the visitor may not, or nothing is there.

        """
        if refused.status not in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise refused
        return self.page(template, status=refused.status, form=form.refuse(refused), **facts)

    def ask(
        self, template: str, form: Form, refused: Refused | None = None, **facts: Any
    ) -> HTMLResponse:
        """Show a form, or show it again with what was refused of it, as `refuse` does."""
        if refused is not None:
            return self.refuse(template, form, refused, **facts)
        return self.page(template, form=form, **facts)

    def go(self, path: str, *, done: str = "") -> RedirectResponse:
        """Send the browser on after something was done; `done` names what to tell (words.DONE)."""
        query = f"{'&' if '?' in path else '?'}{urlencode({'done': done})}" if done else ""
        return RedirectResponse(f"{path}{query}", HTTPStatus.SEE_OTHER)

    async def pass_on(self, path: str, **query: Any) -> Response:
        """Hand a document of the interface to the browser."""
        passed = await self.api.fetch(path, **query)
        headers = {"Content-Disposition": passed.disposition} if passed.disposition else {}
        return Response(passed.content, headers=headers | _NO_STORE, media_type=passed.media_type)


def caller_of(request: Request, *, token: str = "") -> Caller:
    """Return on whose behalf the interface is asked."""
    return Caller(
        token=token,
        address=request.client.host if request.client else "",
        device=request.headers.get("User-Agent", ""),
        company=request.cookies.get(COMPANY, ""),
        language=language_of(request),
    )


def session_cookie(request: Request) -> str:
    """Name the cookie of the session: bound to this host where the connection is safe."""
    return f"__Host-{SESSION}" if request.url.scheme == "https" else SESSION


def language_of(request: Request) -> str:
    """Return the language that the visitor chose, or the one his browser likes best of ours."""
    chosen = request.cookies.get(LANGUAGE, "")
    if chosen in LANGUAGES:
        return chosen
    return preferred(request.headers.get("Accept-Language", ""))


def way_back(request: Request) -> str:
    """Return where the visitor wanted to go: the page, or the page that held the form."""
    path = request.url.path
    return path + (f"?{request.url.query}" if request.url.query else "")


def inside(path: str, otherwise: str) -> str:
    """Return a path of this office as it is, and the other one for anything that leads away."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_ours and path.isprintable() else otherwise


async def guest(request: Request) -> Visit:
    """Return a visit by whoever comes, signed in or not."""
    token = request.cookies.get(session_cookie(request), "")
    api = Interface(request.app, caller_of(request, token=token))
    who = await _visitor(api) if token else None
    chosen = request.cookies.get(COMPANY, "")
    if who is not None and who.role == _BROKER and chosen:
        who = await _acting(api, who, company=chosen)
    return Visit(request, api, language_of(request), who)


async def _visit(request: Request, visit: Annotated[Visit, Depends(guest)]) -> Visit:
    if visit.who is None:
        raise SignInNeeded(await _read(request) if request.method == "POST" else None)
    return visit


async def _form(request: Request) -> AsyncIterator[Form]:
    try:
        # Noted, so that whoever is asked to prove who he is need not fill it in again.
        request.state.form = await _read(request)
        yield request.state.form
    finally:
        await request.close()  # the files that came with it


async def _read(request: Request) -> Form:
    if not is_from_here(request):
        raise ForeignFormError
    sent = await request.form(max_fields=MOST_FIELDS)
    return Form.read(sent.multi_items())


async def _visitor(api: Interface) -> Visitor | None:
    try:
        told: Mapping[str, Any] = await api.get("/account")
    except Refused as refused:
        if refused.status is HTTPStatus.UNAUTHORIZED:
            return None
        raise
    return Visitor(told["id"], told["login"], told["name"], told["role"], told["exporter_id"])


async def _acting(api: Interface, broker: Visitor, *, company: str) -> Visitor:
    """Tell what the company that was chosen lets a broker do, if it still lets him act at all."""
    companies = (await api.get("/account/companies"))["items"]
    letting = [one for one in companies if one["company_id"] == company]
    if not letting:
        return broker
    scopes = frozenset(scope for one in letting for scope in one["scopes"])
    return replace(broker, acts_for=letting[0]["name"], scopes=scopes)


#: A visit by anybody, and one that needs somebody signed in.
TheGuest = Annotated[Visit, Depends(guest)]
TheVisit = Annotated[Visit, Depends(_visit)]
TheForm = Annotated[Form, Depends(_form)]
