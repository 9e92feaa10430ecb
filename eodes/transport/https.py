"""Brings a document to a partner over HTTPS, both sides with certificates, and the answer back."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpx2

from eodes.errors import PartnerUnreachableError
from eodes.settings import Settings
from eodes.transport.answer import Answer
from eodes.transport.tls import client_context
from eodes.trust.registry import Partner

MIB = 1024 * 1024
MAX_ANSWER_BYTES = MIB  # an acknowledgement is some kilobytes; a diff of a day some hundred
MAX_RETRY_AFTER_SECONDS = 86_400
_CONNECTIONS = 32  # as many sends to one partner may be in flight
_KEEP_ALIVE_SECONDS = 30
_PLAIN = "http://"

#: What the client raises, most specific first, and what it means to whoever reads the attempt.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (httpx2.ConnectTimeout, "no connection in time"),
    (httpx2.ReadTimeout, "no answer in time"),
    (httpx2.WriteTimeout, "the document was not taken in time"),
    (httpx2.PoolTimeout, "all connections were in use"),
    (httpx2.TimeoutException, "too slow"),
    (httpx2.ConnectError, "no connection"),
    (httpx2.RemoteProtocolError, "the answer is no HTTP"),
    (httpx2.NetworkError, "the connection broke"),
    (httpx2.TransportError, "the exchange failed"),
    (httpx2.InvalidURL, "the endpoint is no address"),
    (httpx2.HTTPError, "the exchange failed"),
    (ssl.SSLError, "no trusted connection"),
    (OSError, "no connection"),
)
_FAILURES = tuple(kind for kind, _ in _REASONS)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a kept client was made for; another address, authority or clock needs another client."""

    endpoint: str
    authorities: tuple[bytes, ...]
    connect: int
    answer: int

    @classmethod
    def to(cls, partner: Partner) -> _Line:
        timers = partner.profile.timers
        return cls(partner.endpoint, partner.tls_authorities, timers.connect, timers.answer)


class HttpsTransport:
    """One kept client a partner; threads may share it."""

    def __init__(self, settings: Settings) -> None:
        """Use the node's TLS key; plain HTTP only where the settings turn TLS off."""
        self._keys = settings.keys
        self._allows_plain = not settings.server.tls
        self._clients: dict[str, tuple[_Line, httpx2.Client]] = {}
        self._retired: list[httpx2.Client] = []
        self._lock = threading.Lock()

    def post(self, partner: Partner, document: bytes, *, attempt: int) -> Answer:
        """Send a document and return the answer, whatever its status.

        Raises:
            PartnerUnreachableError: no answer came, or none that can be read.
            ConfigurationError: our own TLS key or certificate cannot be read.

        """
        if partner.endpoint.startswith(_PLAIN) and not self._allows_plain:
            raise PartnerUnreachableError(
                partner=partner.authority,
                reason="its card names an http:// endpoint and this node sends over TLS only",
            )
        with _mapped(partner):
            return _exchange(self._client(partner), partner, document, attempt=attempt)

    def reach(self, partner: Partner) -> None:
        """See that the partner's server answers our certificate; sends nothing.

        Raises:
            PartnerUnreachableError: it does not.

        """
        with _mapped(partner):
            self._client(partner).get(httpx2.URL(partner.endpoint).join("/livez"))

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for client in (*self._retired, *(client for _, client in self._clients.values())):
                client.close()
            self._retired.clear()
            self._clients.clear()

    def _client(self, partner: Partner) -> httpx2.Client:
        line = _Line.to(partner)
        with self._lock:
            kept = self._clients.get(partner.authority)
            if kept and kept[0] == line:
                return kept[1]
            if kept:
                self._retired.append(kept[1])  # not closed yet: others may be sending on it
            client = self._make_client(line)
            self._clients[partner.authority] = (line, client)
            return client

    def _make_client(self, line: _Line) -> httpx2.Client:
        if line.endpoint.startswith(_PLAIN):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, should it be used
        else:
            context = client_context(self._keys, authorities=line.authorities)
        return httpx2.Client(
            verify=context,
            http2=False,
            trust_env=False,  # no proxies and no authorities from the environment
            follow_redirects=False,
            timeout=httpx2.Timeout(line.answer, connect=line.connect),
            limits=httpx2.Limits(
                max_connections=_CONNECTIONS,
                max_keepalive_connections=_CONNECTIONS,
                keepalive_expiry=_KEEP_ALIVE_SECONDS,
            ),
            headers={
                "Accept": "application/xml",
                "Accept-Encoding": "identity",
                "Content-Type": "application/xml",
                "User-Agent": f"eodes/{version('eodes')}",
            },
        )


def _exchange(client: httpx2.Client, partner: Partner, document: bytes, *, attempt: int) -> Answer:
    deadline = time.monotonic() + partner.profile.timers.connect + partner.profile.timers.answer
    with client.stream(
        "POST", partner.endpoint, content=document, headers={"EODES-Attempt": str(attempt)}
    ) as response:
        return Answer(
            status=response.status_code,
            body=_body(response, partner, deadline),
            retry_after=_retry_after(response.headers),
        )


def _body(response: httpx2.Response, partner: Partner, deadline: float) -> bytes:
    """Read an answer, but not more of it and not longer than an answer may be."""
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        raise PartnerUnreachableError(
            partner=partner.authority, reason=f"the answer is encoded ({encoding}), unasked"
        )
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise PartnerUnreachableError(
                partner=partner.authority, reason=f"the answer exceeds {MAX_ANSWER_BYTES} bytes"
            )
        if time.monotonic() > deadline:
            raise PartnerUnreachableError(
                partner=partner.authority, reason="the answer came too slowly"
            )
    return bytes(body)


def _retry_after(headers: httpx2.Headers) -> int | None:
    """Read Retry-After (RFC 9110 10.2.3): seconds, or a date measured from the answer's own."""
    said = headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return min(int(said), MAX_RETRY_AFTER_SECONDS)
    try:
        pause = parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):  # TypeError: one date has a zone, the other none
        return None
    return min(max(0, int(pause.total_seconds())), MAX_RETRY_AFTER_SECONDS)


@contextmanager
def _mapped(partner: Partner) -> Iterator[None]:
    try:
        yield
    except _FAILURES as error:
        words = next(words for kind, words in _REASONS if isinstance(error, kind))
        raise PartnerUnreachableError(
            partner=partner.authority, reason=f"{words}: {error}" if str(error) else words
        ) from error
