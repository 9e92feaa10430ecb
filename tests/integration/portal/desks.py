"""Somebody at the pages of an office without a browser, as far as HTTP goes."""

from __future__ import annotations

import re
from http import HTTPStatus

from tests.offices import PASSWORD, Offices

HERE = {"Sec-Fetch-Site": "same-origin"}


class Desk:
    """Somebody who opens pages and sends forms."""

    def __init__(self, person):
        self.client = person.client
        self.token = person.headers["Authorization"].removeprefix("Bearer ")
        self.clock = person.clock

    def open(self, path):
        answer = self.client.get(path, headers=self._headers())
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path, fields=None, files=None):
        self.clock.advance(seconds=1)
        key = {"form-key": f"key-{self.clock.now().isoformat()}"}
        return self.client.post(
            path,
            data=key | (fields or {}),
            files=files,
            headers=self._headers() | HERE,
            follow_redirects=False,
        )

    def do(self, path, fields=None, files=None):
        """Send a form that is not refused, and tell which page it leads to."""
        answer = self.send(path, fields, files)
        assert answer.status_code == HTTPStatus.SEE_OTHER, words_of(answer.text)
        return answer.headers["Location"].partition("?")[0]

    def _headers(self):
        return {"Cookie": f"session={self.token}"}


class SignedIn:
    """Somebody who signed in by the page for it, and sends forms as they stand on pages."""

    def __init__(self, offices: Offices, login: str) -> None:
        self.client = offices.clients["KR-KCS"]
        self.client.follow_redirects = False
        self.client.cookies.clear()
        given = {"login": login, "password": PASSWORD}
        self.client.post("/sign-in", data=given, headers=HERE)
        self.cookie = self.client.cookies["session"]

    def try_open(self, path: str):
        self.client.cookies.clear()
        self.client.cookies.set("session", self.cookie)
        return self.client.get(path)

    def open(self, path: str) -> str:
        answer = self.try_open(path)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def send(self, path: str, on: str, **fields: str):
        """Send a form as it stands on a page, with its key; `a__b` is the field `a.b`."""
        key = re.search(r'name="form-key" value="([^"]+)"', self.open(on))
        assert key is not None
        named = {name.replace("__", "."): value for name, value in fields.items()}
        return self.client.post(path, data={"form-key": key[1]} | named, headers=HERE)


def words_of(html):
    """The words of a page, without its marks, as somebody reads them."""
    bare = re.sub(r"<(head|script).*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())
