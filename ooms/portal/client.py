"""The interface as the pages see it: the same routes, rights and refusals as any program's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Self

import httpx2
from starlette.types import ASGIApp

_API = "/api/v1"
_INSIDE = "http://office"


class Document(dict[str, Any]):
    """An object of the interface: a page that asks it for what it does not have is wrong."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one field, and where the field is (a JSON pointer)."""

    pointer: str
    detail: str
    code: str
    box: str = ""


class Refused(Exception):  # noqa: N818  # a verdict of the interface, carried up to the page
    """The interface refused a request: its problem document (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = HTTPStatus(status)
        self.code: str = problem.get("code", "SYS-DEFECT")
        self.detail: str = problem.get("detail", "")
        self.trace_id: str = problem.get("trace_id", "")
        self.flaws = tuple(
            Flaw(one["pointer"], one["detail"], one["code"], one.get("box", ""))
            for one in problem.get("errors", ())
        )
        super().__init__(f"{status} {self.code}: {self.detail}")

    def moved(self, to: Callable[[str], str]) -> Self:
        """Let each flaw point to the field of a page that asks for what is wrong."""
        self.flaws = tuple(replace(one, pointer=to(one.pointer)) for one in self.flaws)
        return self


@dataclass(frozen=True, slots=True)
class Passed:
    """Something that is no JSON: a document, a sheet, a bundle."""

    content: bytes
    media_type: str
    disposition: str


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose behalf the pages ask."""

    token: str = ""
    #: Where the browser is, so that throttles count people and not the portal.
    address: str = ""
    #: What the browser calls itself, for the list of sessions.
    device: str = ""
    #: The company that a broker acts for.
    company: str = ""
    #: In which words verdicts and reasons are told.
    language: str = ""


class Interface:
    """Asks the office's own interface in this process, on behalf of one visitor."""

    def __init__(self, app: ASGIApp, caller: Caller) -> None:
        """Ask on behalf of a caller."""
        self._transport = httpx2.ASGITransport(
            app=app, raise_app_exceptions=False, client=(caller.address or "127.0.0.1", 0)
        )
        self._headers = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
        if caller.device:
            self._headers["User-Agent"] = caller.device
        if caller.company:
            self._headers["Acting-For"] = caller.company
        if caller.language:
            self._headers["Accept-Language"] = caller.language

    async def get(self, path: str, **query: Any) -> Any:
        """Read something; a parameter that is None or empty is left out.

        Raises:
            Refused: the interface refused.

        """
        return _read(await self._ask("GET", path, query=query))

    async def post(self, path: str, body: Any = None, *, key: str) -> Any:
        """Do something once: the same key brings the same answer.

        Raises:
            Refused: the interface refused.

        """
        headers = {"Idempotency-Key": key}
        return _read(await self._ask("POST", path, body=body, headers=headers))

    async def post_for(self, header: str, path: str, *, key: str) -> tuple[Any, str]:
        """Do something whose answer says something once, in a header; empty where it does not.

        Raises:
            Refused: the interface refused.

        """
        answer = await self._ask("POST", path, headers={"Idempotency-Key": key})
        return _read(answer), answer.headers.get(header, "")

    async def get_with_cookie(
        self, path: str, cookie: str, *, given: str = "", **query: Any
    ) -> tuple[Any, str]:
        """Read something that hands a cookie to browsers or takes it back, with its value.

        Raises:
            Refused: the interface refused.

        """
        headers = {"Cookie": f"{cookie}={given}"} if given else {}
        answer = await self._ask("GET", path, headers=headers, query=query)
        return _read(answer), answer.cookies.get(cookie) or ""

    async def upload(self, path: str, file: tuple[str, bytes], *, key: str) -> Any:
        """Hand in a file, by its name, as a form does.

        Raises:
            Refused: the interface refused.

        """
        answer = await self._ask(
            "POST", path, files={"file": file}, headers={"Idempotency-Key": key}
        )
        return _read(answer)

    async def send(
        self, path: str, content: bytes, *, media_type: str, key: str, **query: Any
    ) -> Any:
        """Send a file.

        Raises:
            Refused: the interface refused.

        """
        headers = {"Idempotency-Key": key, "Content-Type": media_type}
        answer = await self._ask("POST", path, content=content, headers=headers, query=query)
        return _read(answer)

    async def fetch(self, path: str, **query: Any) -> Passed:
        """Fetch a document as it is.

        Raises:
            Refused: the interface refused.

        """
        answer = await self._ask("GET", path, query=query)
        return Passed(
            content=answer.content,
            media_type=answer.headers.get("Content-Type", "application/octet-stream"),
            disposition=answer.headers.get("Content-Disposition", ""),
        )

    async def _ask(  # noqa: PLR0913  # the parts of a request, each by its name
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        content: bytes | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> httpx2.Response:
        async with httpx2.AsyncClient(
            transport=self._transport, base_url=_INSIDE, trust_env=False, timeout=None
        ) as client:
            answer = await client.request(
                method,
                f"{_API}{path}",
                params={name: one for name, one in (query or {}).items() if one not in (None, "")},
                json=body,
                content=content,
                files=files,
                headers=self._headers | dict(headers or {}),
            )
        if answer.is_success:
            return answer
        raise Refused(answer.status_code, _problem(answer))


def _read(answer: httpx2.Response) -> Any:
    return json.loads(answer.content, object_hook=Document)


def _problem(answer: httpx2.Response) -> Mapping[str, Any]:
    if "json" not in answer.headers.get("Content-Type", ""):
        return {"detail": answer.text[:200]}
    problem: Mapping[str, Any] = answer.json()
    return problem
