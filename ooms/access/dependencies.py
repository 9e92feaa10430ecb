"""One call over HTTP: who calls, what is allowed, and the one transaction that answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, HTTPException, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from ooms.access.lane import Lane
from ooms.access.model import Action, User
from ooms.access.repository import AccessRows
from ooms.access.service import Access
from ooms.db import Window, Work, Works
from ooms.errors import Flaw, OfficeError, UnauthenticatedError, UnfitError

Out = TypeVar("Out")
Told = TypeVar("Told")

MAX_PAGE = 200
LONGEST_KEY = 100

_bearer = HTTPBearer(auto_error=False, description="The token of `POST /api/v1/sessions`.")


class ReusedKeyError(UnfitError):
    """An idempotency key came back with another request; use a fresh key for it."""

    code = "DUP-IDEMPOTENCY-KEY"


class MissingKeyError(OfficeError):
    """A POST came without an idempotency key."""

    code = "ENV-IDEMPOTENCY-KEY"

    def __init__(self) -> None:
        super().__init__("send a fresh Idempotency-Key with every POST")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its token, its idempotency key, and where its work is opened."""

    works: Works
    access: Access
    token: str
    key: str | None
    request: str
    #: Where short calls wait for their turn.
    lane: Lane
    #: The company that a broker acts for in this call.
    company: str | None = None

    def read(self, action: Action, step: Callable[[Work, User], Out]) -> Out:
        """Answer a call that changes nothing."""

        def in_work(work: Work) -> Out:
            return step(work, self._caller(work, action, changes=False))

        return self.works.read(in_work)

    async def look_up(self, action: Action, step: Callable[[Work, User], BaseModel]) -> Response:
        """Answer a call that changes nothing, waits for no lock, and comes in crowds."""

        def in_work(work: Work, by: User) -> str:
            return step(work, by).model_dump_json()

        answer = await self.lane.run(lambda: self.read(action, in_work))
        return Response(answer, media_type="application/json")

    def write(
        self,
        action: Action,
        body: BaseModel | None,
        step: Callable[[Work, User], BaseModel],
        *,
        status: int = 201,
    ) -> Response:
        """Answer a call that changes something, once for each idempotency key.

        1. Find who calls and whether he may.
        2. Take the key; when it was taken before, give the answer that was given then.
        3. Do the step, keep its answer, and commit both together.

        Raises:
            ReusedKeyError: the key came before with another request.
            MissingKeyError: there is no key.

        """
        key = self.key
        if not key:
            raise MissingKeyError
        content = body.model_dump_json() if body is not None else ""
        request = f"{self.request}\n{content}"
        fingerprint = self.access.fingerprint(request)

        def in_work(work: Work) -> Response:
            caller = self._caller(work, action)  # 1
            rows = AccessRows(work.transaction)
            if not rows.reserve(caller.id, key, fingerprint=fingerprint, now=work.now):  # 2
                return self._again(rows, caller, key=key, request=request)
            answer = step(work, caller).model_dump_json()  # 3
            rows.keep_answer(caller.id, key, status=status, body=answer)
            return Response(answer, status, media_type="application/json")

        return self.works.do(in_work)

    def write_around(  # noqa: PLR0913  # the parts of a call, each by its name
        self,
        action: Action,
        body: BaseModel | None,
        *,
        before: Callable[[Work, User], Out],
        outside: Callable[[Out], Told],
        after: Callable[[Work, User, Told], BaseModel],
        status: int = 201,
    ) -> Response:
        """Answer a call that asks somebody outside, with no transaction open meanwhile.

        1. Read what is to be asked; a key that was taken before asks nothing.
        2. Ask.
        3. Keep what was told, as `write` does.

        Raises:
            ReusedKeyError: the key came before with another request.
            MissingKeyError: there is no key.

        """
        key = self.key
        if not key:
            raise MissingKeyError

        def first(work: Work) -> tuple[Out, ...]:
            caller = self._caller(work, action)
            is_taken = AccessRows(work.transaction).has_answer(caller.id, key)
            return () if is_taken else (before(work, caller),)

        told = [outside(one) for one in self.works.read(first)]  # 1, 2
        return self.write(
            action,
            body,
            lambda work, by: after(work, by, told[0]),  # 3; not reached when the key was taken
            status=status,
        )

    def show_once(
        self, action: Action, step: Callable[[Work, User], BaseModel], *, status: int = 200
    ) -> Response:
        """Answer a call whose answer holds a secret: it is kept nowhere, so no key repeats it."""

        def in_work(work: Work) -> str:
            return step(work, self._caller(work, action)).model_dump_json()

        return Response(self.works.do(in_work), status, media_type="application/json")

    def _again(self, rows: AccessRows, caller: User, *, key: str, request: str) -> Response:
        kept = rows.answer(caller.id, key)
        if not self.access.is_same(request, kept.fingerprint):
            raise ReusedKeyError(Flaw("", "this Idempotency-Key came before with another request"))
        headers = {"Idempotency-Replayed": "true"}
        return Response(kept.body, kept.status, headers, media_type="application/json")

    def _caller(self, work: Work, action: Action, *, changes: bool = True) -> User:
        return self.access.caller(
            work, self.token, action=action, company=self.company, changes=changes
        )


# What stands before a call waits for nothing: a plain function would be sent to a thread and back.


async def _call(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    *,
    idempotency_key: Annotated[str | None, Header(max_length=LONGEST_KEY)] = None,
    acting_for: Annotated[str | None, Header(max_length=36)] = None,
) -> Call:
    # Asked before the body is judged: a stranger learns nothing of what a route takes.
    if bearer is None:
        raise UnauthenticatedError(reason="no bearer token was sent")
    office = request.app.state.office
    return Call(
        works=office.works,
        access=office.access,
        token=bearer.credentials,
        key=idempotency_key,
        request=f"{request.method} {request.scope['path']}",
        lane=request.app.state.lane,
        company=acting_for,
    )


async def _window(
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
    cursor: Annotated[str | None, Query(max_length=36)] = None,
) -> Window:
    return Window(limit, cursor)


def from_office(name: str) -> Any:
    """Depend on a part of the office by its name, such as a desk's service."""

    async def part(request: Request) -> Any:
        return getattr(request.app.state.office, name)

    return Depends(part)


TheCall = Annotated[Call, Depends(_call)]
TheWindow = Annotated[Window, Depends(_window)]
#: Whose things of a list alone are wanted, by the key of the company.
OfCompany = Annotated[str | None, Query(max_length=36)]


def address_of(request: Request) -> str:
    """Return where a request comes from."""
    return request.client.host if request.client else ""


def device_of(request: Request) -> str:
    """Return what the browser or program that asks calls itself."""
    return request.headers.get("User-Agent", "")


def is_hasty(request: Request, *, at: datetime) -> bool:
    """Count a look-up of the public, and tell whether its address makes too many a minute."""
    limit = request.app.state.rate_limit
    allowed: bool = limit.allows(address_of(request), second=int(at.timestamp()))
    return not allowed


def refuse_haste(request: Request, *, at: datetime) -> None:
    """Count a look-up of the public, and refuse it when its address makes too many.

    Raises:
        HTTPException: too many look-ups came from this address within a minute.

    """
    if is_hasty(request, at=at):
        raise HTTPException(
            HTTPStatus.TOO_MANY_REQUESTS, "too many look-ups; wait a minute", {"Retry-After": "60"}
        )
