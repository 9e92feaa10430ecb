"""Refuses forms that other sites send: by Fetch Metadata, else by Origin (OWASP, CSRF defense)."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

_OWN = frozenset({"same-origin", "none"})


def is_from_here(request: Request) -> bool:
    """Tell whether a form was sent by a page of this office.

    A browser says where a request comes from and no script can change that; what says neither is
    no browser, and has the interface.
    """
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told in _OWN
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("Host")
