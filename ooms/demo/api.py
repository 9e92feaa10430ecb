"""Talks to one office as one person, over its real HTTP interface."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any

import httpx2

from ooms.demo.nodes import DemoError, RunningNode

_TIMEOUT_SECONDS = 30
_LOOK_AGAIN_SECONDS = 0.1

Json = dict[str, Any]


class Person:
    """Somebody who is logged in at an office."""

    def __init__(self, node: RunningNode, login: str) -> None:
        """Log in.

        Raises:
            DemoError: the office does not let the person in.

        """
        self.node = node
        self._client = httpx2.Client(base_url=f"{node.office}/api/v1", timeout=_TIMEOUT_SECONDS)
        opened = self.post("/sessions", {"login": login, "password": node.passwords[login]})
        self._client.headers["Authorization"] = f"Bearer {opened['token']}"

    def close(self) -> None:
        """Let go of the connection to the office."""
        self._client.close()

    def post(self, path: str, body: Json) -> Json:
        """Send something; a refusal ends the step with the office's own words.

        Raises:
            DemoError: the office refused.

        """
        answer = self.try_post(path, body)
        if answer.is_error:
            raise DemoError(f"{self.node.country.authority} POST {path}: {answer.text}")
        return _json(answer)

    def try_post(self, path: str, body: Json) -> httpx2.Response:
        """Send something and return the answer, whatever it is."""
        key = {"Idempotency-Key": secrets.token_hex(16)}
        return self._client.post(path, json=body, headers=key)

    def get(self, path: str) -> Json:
        """Look at something.

        Raises:
            DemoError: the office refused.

        """
        answer = self._client.get(path)
        if answer.is_error:
            raise DemoError(f"{self.node.country.authority} GET {path}: {answer.text}")
        return _json(answer)

    def await_(self, path: str, holds: Callable[[Json], bool], *, within: float = 30) -> Json:
        """Look again and again until something holds.

        Raises:
            DemoError: it did not in time; carries what was seen last.

        """
        deadline = time.monotonic() + within
        while True:
            seen = self.get(path)
            if holds(seen):
                return seen
            if time.monotonic() >= deadline:
                raise DemoError(f"{path} does not become what it should within {within} s: {seen}")
            time.sleep(_LOOK_AGAIN_SECONDS)


def _json(answer: httpx2.Response) -> Json:
    data: Json = answer.json()
    return data
